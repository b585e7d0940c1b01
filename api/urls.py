"""Addresses of the interface for machines. They keep working: what would break a client gets a new version."""

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from accounts.later import later


def view(name, module="api.views"):
    """A view of the interface; nobody signs in to it, so no form can be forged."""
    return csrf_exempt(later(module, name))


app_name = "api"
urlpatterns = [
    path("", view("start", "api.docs"), name="start"),
    path("schema/", view("schema", "api.docs"), name="schema"),
    path("practices/", view("practice_list"), name="practices"),
    path("practices/<slug:slug>/", view("practice_detail"), name="practice"),
    path("cities/", view("city_list"), name="cities"),
    path("cities/<slug:slug>/", view("city_detail"), name="city"),
    path("themes/", view("theme_list"), name="themes"),
    path("themes/<slug:slug>/", view("theme_detail"), name="theme"),
    path("sectors/", view("sector_list"), name="sectors"),
    path("events/", view("event_list"), name="events"),
    path("events/<slug:slug>/", view("event_detail"), name="event"),
    re_path(r"^(?P<path>.*)$", view("nothing_here", "api.problems")),
]
