"""The position of a case in its form: chosen on our map, by numbers, or taken from the city; nobody else is asked."""

from dataclasses import replace

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from cities.models import City
from editing import typing
from editing.position import ZOOMS, Sight
from practices.admin.forms import PracticeForm

MAP = "admin/editing/position_map.html"
PLAIN = 272  # pixels, the width of the map where no script makes it wider
LEVEL = "map_level"


class PositionMap(forms.Widget):
    """The map on which the position is chosen; its own value is how closely we look."""

    use_fieldset = True
    sight = Sight("", "")

    class Media:
        js = ["js/admin-position.js"]

    def render(self, name, value, attrs=None, renderer=None):
        address = reverse("admin:editing_position")
        return render_to_string("admin/editing/position.html", {"sight": self.sight, "name": name, "address": address})


class LevelField(forms.CharField):
    """How closely somebody looks at the map: part of the form, but nothing that is saved."""

    def has_changed(self, initial, data):
        return False


class PositionForm(PracticeForm):
    """The form of a case, with the map."""

    map_level = LevelField(label=_("Map"), widget=PositionMap, required=False)


class PositionViews:
    """Shows the map in the form of a case, and moves the mark on it."""

    form = PositionForm

    def get_urls(self):
        view = self.keeping(self.admin_site.admin_view(self.position))
        return [path("position/", view, name="editing_position"), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        numbers = ("lat", "lon")
        return [
            (name, {**options, "fields": [*options["fields"], LEVEL]} if numbers in options["fields"] else options)
            for name, options in super().get_fieldsets(request, obj)
        ]

    @admin.display(description=_("map"))
    def map_level(self, practice):
        """The map as somebody sees it who may not change the case."""
        return render_to_string(MAP, {"sight": sight_of(practice)})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if "lat" in form.fields:
            values = {name: form[name].value() for name in ("lat", "lon", "city", LEVEL)}
            form.fields[LEVEL].widget.sight = sight(**values, further_cities=form["further_cities"].value())
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        seen = sight_of(form.instance)
        if seen.is_far:
            self.message_user(request, _("Position: %s") % seen.said, messages.WARNING)

    def position(self, request):
        """Moves the mark, or looks closer: for the script what is shown then, without it the form as it was typed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.position_typed(request)
        if LEVEL not in request.GET:
            return redirect("admin:practices_practice_changelist")
        seen = moved(request.GET)
        shown = render_to_string(MAP, {"sight": seen}, request)
        answer = {"lat": seen.lat, "lon": seen.lon, "level": seen.level}
        return JsonResponse({**answer, "map": shown, "said": seen.said, "far": seen.is_far})

    @staticmethod
    def position_typed(request):
        """Keeps the whole form with the position that was chosen, and opens it again."""
        try:
            typed = typing.keep(request.POST)
        except ValueError:
            return HttpResponse(_("This is too long to be kept."), status=413)
        if typed is None or typed.person_id != request.user.pk:
            raise PermissionDenied
        seen = moved(request.POST)
        typed.fields |= {"lat": [str(seen.lat)], "lon": [str(seen.lon)], LEVEL: [str(seen.level)]}
        typed.save()
        name, keys = ("change", [typed.row.pk]) if typed.practice else ("add", [])
        form = reverse(f"admin:practices_practice_{name}", args=keys)
        return redirect(f"{form}?language={typed.language}&typed={typed.form}#position")


def sight(lat, lon, city, further_cities, map_level):
    """What is seen of the map with these values of a form."""
    keys = [int(key) for key in [city, *(further_cities or [])] if str(key).isascii() and str(key).isdecimal()]
    found = City.objects.with_names().in_bulk([key for key in keys if key < 2**31])
    cities = tuple(found[key] for key in dict.fromkeys(keys) if key in found)
    return Sight(*("" if value is None else str(value) for value in (lat, lon)), cities, str(map_level))


def sight_of(practice):
    """What is seen of the map where the practice lies."""
    further = practice.further_cities.values_list("pk", flat=True)
    return sight(practice.lat, practice.lon, practice.city_id, further, "")


def moved(asked):
    """What is seen of the map after somebody has done something to it."""
    seen = sight(
        *(asked.get(name) for name in ("lat", "lon", "city")), asked.getlist("further_cities"), asked.get(LEVEL)
    )
    act = asked.get("_position")
    if act in {"closer", "farther"}:
        level = seen.level + (1 if act == "closer" else -1)
        return replace(seen, asked_level=str(min(max(level, 0), len(ZOOMS) - 1)))
    place = place_asked(seen, act, asked)
    return replace(seen, lat=str(place[0]), lon=str(place[1])) if place else seen


def place_asked(seen, act, asked):
    """The place that somebody wants: that of the city, of a click, or some steps away; None if they want none."""
    if act == "city":
        return seen.home and (seen.home.lat, seen.home.lon)
    x, y, east, north = (number(asked, name) for name in ("_map.x", "_map.y", "_east", "_north"))
    if east or north:
        return seen.stepped(east, north)
    return seen.clicked(x, y, number(asked, "_width") or PLAIN) if x or y else None  # the keyboard clicks at 0, 0


def number(asked, name):
    """A whole number that a browser sends."""
    try:
        return min(max(int(asked.get(name) or 0), -10_000), 10_000)
    except ValueError as error:
        raise BadRequest(name) from error
