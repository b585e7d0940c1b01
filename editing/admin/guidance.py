"""Guides whoever fills in the form of a case: words wanted, completeness, examples, titles that look the same."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from editing.alike import alike
from editing.guidance import guide
from editing.readiness import completeness, lacks, nothing_yet, with_completeness
from editing.rights import rights_of
from practices.models import Practice


class GuidanceViews:
    """Shows beside the form of a case what is there, what is wanted and what must be there first."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add or rights_of(request.user).may("edit", obj):
            guide(context["adminform"].form)
            known = obj and with_completeness(Practice.objects.filter(pk=obj.pk)).get()
            context["completeness"] = completeness(known) if obj else nothing_yet()
            context["lacking"] = lacks(known) if obj else []
            context["counts_now"] = obj is None or request.GET["language"] == obj.original_language
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, *args, **kwargs):
        """Says after a new case was saved that there is one of nearly the same name in the city already."""
        if other := alike(obj, rights_of(request.user).visible()):
            address = reverse("admin:practices_practice_change", args=[other.pk])
            said = _("There is a case of nearly the same name in this city: {}. Is it the same one?")
            self.message_user(request, format_html(said, link_to(address, other)), messages.WARNING)
        return super().response_add(request, obj, *args, **kwargs)


def link_to(address, practice):
    """The title of a practice as a link."""
    return format_html('<a href="{}">{}</a>', address, practice)
