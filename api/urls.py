"""Addresses of the interface for machines. They keep working: what would break a client gets a new version."""

from django.urls import path, re_path

from api import views
from api.answers import for_everyone
from api.docs import schema, start
from api.problems import nothing_here

app_name = "api"
urlpatterns = [
    path("", start, name="start"),
    path("schema/", schema, name="schema"),
    path("practices/", views.practice_list, name="practices"),
    path("practices/<slug:slug>/", views.practice_detail, name="practice"),
    path("cities/", views.city_list, name="cities"),
    path("cities/<slug:slug>/", views.city_detail, name="city"),
    path("themes/", views.theme_list, name="themes"),
    path("themes/<slug:slug>/", views.theme_detail, name="theme"),
    path("sectors/", views.sector_list, name="sectors"),
    path("events/", views.event_list, name="events"),
    path("events/<slug:slug>/", views.event_detail, name="event"),
    re_path(r"^(?P<path>.*)$", for_everyone(nothing_here)),
]
