"""The sources in the form of a case: what is known of each address is said beside it, while somebody types too."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path
from django.utils.functional import SimpleLazyObject

from editing.rights import rights_of
from editing.sources import have_asked, known_of, may_go_on
from practices.models import PracticeSource

SAID = "admin/editing/source_said.html"
LONGEST_ASKED = 2000


class SourceAddress(forms.URLInput):
    """The address of a source, and what is known of it."""

    known, practice = {}, None

    class Media:
        js = ["js/admin-sources.js"]

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        known = self.known.get(value) if value else None
        return render_to_string(
            "admin/editing/source.html", {"field": field, "known": known, "practice": self.practice}
        )


class SourceViews:
    """Says what is known of the addresses of sources."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.source)
        return [path("source/", view, name="editing_source"), *super().get_urls()]

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if inline.model is PracticeSource and "url" in formset.form.base_fields:
                field = formset.form.base_fields["url"]
                field.widget = SourceAddress(field.widget.attrs)
                field.widget.practice = obj
                field.widget.known = SimpleLazyObject(lambda: known_of(request.user, obj, addresses_of(obj)))
            yield formset, inline

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not hasattr(request, "is_trial"):
            have_asked(request, addresses_of(form.instance))

    def source(self, request):
        """What is known of an address that somebody is typing; what nobody has asked for yet is asked for soon."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        practice = self.written(request)
        if not may_go_on(request, "sources"):
            return HttpResponse(render_to_string(SAID, {"too_often": True}), status=429)
        text = request.POST.get("url", "").replace("\x00", "").strip()[:LONGEST_ASKED]
        known = known_of(request.user, practice, [text]).get(text)
        goes_on = have_asked(request, [text]) if known and known.is_open else True
        shown = render_to_string(SAID, {"known": known, "again": goes_on and known and known.is_open})
        return HttpResponse(shown, status=200 if goes_on else 429)

    def written(self, request):
        """The practice whose form it is, None for a new one; refuses who may not write it now."""
        rights, key = rights_of(request.user), request.POST.get("practice", "")
        if not key:
            practice, may = None, rights.may_write()
        else:
            key = int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else 0
            practice = get_object_or_404(self.get_queryset(request), pk=key)
            may = rights.may("edit", practice)
        if not may:
            raise PermissionDenied
        return practice


def addresses_of(practice):
    """The addresses of the sources of a practice."""
    return list(practice.sources.exclude(url="").values_list("url", flat=True)) if practice else []
