"""The history of a case: every step and every version, compared and restored."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing import versions
from editing.admin.readdress import READDRESS
from editing.differences import changes
from editing.flow import ACTS
from editing.freshness import NOTED
from editing.rights import rights_of

#: What the log calls what is neither a step of the flow nor said of how true a case is.
NAMED = {READDRESS["name"]: READDRESS["label"], "judge": gettext_lazy("Evidence and cost judged")}


class HistoryViews:
    """What became of a case, and ways back."""

    def history(self, request, pk):
        """All steps and versions of a case, and the difference between any two versions."""
        practice = get_object_or_404(self.get_queryset(request), pk=pk)
        case = practice.case
        if not rights_of(request.user).may("see", practice) or not self.may_look_back(request, practice):
            raise PermissionDenied
        known = list(case.versions.newest().select_related("made_by"))
        numbers = {str(version.number): version for version in known}
        new = self.chosen(numbers, request.GET.get("new")) or (known[0] if known else None)
        old = self.chosen(numbers, request.GET.get("old")) or self.before(known, new)
        steps = list(case.steps.select_related("by"))
        for step in steps:
            step.label = ACTS[step.act].label if step.act in ACTS else {**NOTED, **NAMED}.get(step.act, step.act)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of “%s”") % case,
            "opts": self.opts,
            "original": practice,
            "versions": known,
            "steps": steps,
            "old": old,
            "new": new,
            "changes": changes(old.content if old else {}, new.content) if new else [],
            "restorable": rights_of(request.user).may("restore", practice),
        }
        return TemplateResponse(request, "admin/editing/history.html", context)

    @staticmethod
    def may_look_back(request, practice):
        """Whether this person may see what readers did not see: who writes the practice, or judges its theme."""
        rights = rights_of(request.user)
        return rights.writes(practice) or practice.theme_id in rights.themes

    @staticmethod
    def chosen(numbers, number):
        """The version with this number; an unknown one is an address that never was."""
        if number is None:
            return None
        if number not in numbers:
            raise Http404
        return numbers[number]

    @staticmethod
    def before(known, new):
        """The version before this one, if there is one."""
        older = [version for version in known if new and version.number < new.number]
        return older[0] if older else None

    def restore(self, request, pk, number):
        """Asks whether the practice shall say again what a version said, and makes it do so."""
        practice = get_object_or_404(self.get_queryset(request), pk=pk)
        if not rights_of(request.user).may("restore", practice):
            raise PermissionDenied
        version = get_object_or_404(practice.case.versions, number=number)
        if request.method == "POST":
            made = versions.restore(practice, version, request.user)
            said = _("It says again what version %(number)d said; that is version %(new)d now.")
            self.message_user(request, said % {"number": number, "new": made.number}, messages.SUCCESS)
            return redirect("admin:practices_practice_change", practice.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Restore version %d?") % number,
            "opts": self.opts,
            "original": practice,
            "version": version,
            "changes": changes(versions.read(practice), version.content),
        }
        return TemplateResponse(request, "admin/editing/restore.html", context)
