"""The coverage matrix, and letters to the coordinators of cities that have too little."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import COORDINATORS
from cities.admin.fields import LongText
from cities.models import City
from editing import coverage
from editing.models import Appeal
from editing.rights import rights_of
from practices.models import Theme


class LetterForm(forms.Form):
    """What is written to the coordinators."""

    text = forms.CharField(
        label=_("Letter"), max_length=4000, widget=LongText(attrs={"rows": 12, "class": "vLargeTextField"})
    )


@admin.register(Appeal)
class AppealAdmin(admin.ModelAdmin):
    """Which cities were asked for what; the matrix leads there."""

    list_display = ["city", "theme", "at", "by", "number"]
    list_select_related = ["by"]
    fields = ["city", "theme", "text", "number", "by", "at"]
    list_per_page = 50

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("coverage/", view(self.coverage), name="editing_coverage"),
            path("ask/<int:city>/<int:theme>/", view(self.ask), name="editing_ask"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("city__translations", "theme__translations")

    def coverage(self, request):
        """The coverage matrix of all cities and themes."""
        if not rights_of(request.user).is_webmaster:
            raise PermissionDenied
        themes, rows = coverage.matrix()
        cells = [cell for _city, found in rows for cell in found]
        empty = sum(not cell.number for cell in cells)
        numbers = {"cells": len(cells), "empty": empty, "target": settings.COVERAGE_TARGET}
        return self.page(request, "matrix", _("Coverage matrix"), themes=themes, rows=rows, **numbers)

    def ask(self, request, city, theme):
        """A letter to the coordinators of a city, to be changed before it goes out."""
        if not rights_of(request.user).is_webmaster:
            raise PermissionDenied
        city = get_object_or_404(City.objects.prefetch_related("translations"), pk=city)
        theme = get_object_or_404(Theme.objects.prefetch_related("translations"), pk=theme)
        wanted, without_mail = coverage.coordinators_of(city)
        form = LetterForm(request.POST if request.method == "POST" else None, initial={"text": prefilled(city, theme)})
        if wanted and form.is_valid():
            number = coverage.appeal(city, theme, form.cleaned_data["text"], request.user)
            said = ngettext("The letter went to %d person.", "The letter went to %d people.", number) % number
            self.message_user(request, said, messages.SUCCESS)
            return redirect("admin:editing_coverage")
        found = {"city": city, "theme": theme, "wanted": wanted, "without_mail": without_mail, "form": form}
        found["earlier"] = Appeal.objects.filter(city=city, theme=theme).select_related("by")
        found["group"] = Group.objects.filter(name=COORDINATORS).first()
        status = 400 if request.method == "POST" else 200
        return self.page(request, "ask", _("Ask the coordinators of %s") % city, status, **found)

    def page(self, request, name, title, status=200, **found):
        """A page of the desk."""
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **found}
        return TemplateResponse(request, f"admin/editing/{name}.html", context, status=status)

    def has_module_permission(self, request):
        return rights_of(request.user).is_webmaster

    def has_view_permission(self, request, obj=None):
        return rights_of(request.user).is_webmaster

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False


def prefilled(city, theme):
    """A letter to begin with."""
    return gettext(
        "Dear colleagues,\n\nreaders of Crossinno look for practices about “%(theme)s”, and %(city)s shows few or none"
        " that were verified lately. Do you know one that is worth sharing? A case takes about an hour to enter, and"
        " you can stop at any time: nothing is lost.\n\nIf there is none, or if the practices that are there are not"
        " true any more, please tell me; that helps too."
    ) % {"theme": theme, "city": city}
