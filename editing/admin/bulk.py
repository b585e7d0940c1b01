"""Acts on many practices at once, for webmasters: asked first, done one by one, told, and undone by a button."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from cities.admin.fields import LongText
from editing import bulk
from editing.rights import rights_of
from practices.models import Practice

MOST, SHOWN = 500, 20
KEPT = "bulk_outcome"
LABELS = {
    "archive": _("Withdraw from publication"),
    "republish": _("Publish again"),
    "ask": _("Ask whether they are still true"),
}
EXPLAINED = {
    "archive": _("Readers who come to their addresses are told that they were withdrawn, and why."),
    "republish": _("Readers see them again, as they were when they were withdrawn."),
    "ask": _("The coordinators of their cities get one mail each, with a link for each practice."),
}


class ReasonForm(forms.Form):
    """Why practices are withdrawn."""

    message = forms.CharField(
        label=_("Why"), max_length=2000, widget=LongText(attrs={"rows": 4, "class": "vLargeTextField"})
    )


class BulkViews:
    """Adds acts on many practices to their list."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("bulk/", view(self.bulk_done), name="editing_bulk"),
            path("bulk/undo/", view(self.bulk_undo), name="editing_bulk_undo"),
            *super().get_urls(),
        ]

    def has_bulk_permission(self, request):
        """Whether this person may act on many practices at once."""
        return rights_of(request.user).is_webmaster

    @admin.action(description=_("Withdraw from publication"), permissions=["bulk"])
    def bulk_archive(self, request, practices):
        return self.bulk_act(request, practices, "archive")

    @admin.action(description=_("Publish again"), permissions=["bulk"])
    def bulk_republish(self, request, practices):
        return self.bulk_act(request, practices, "republish")

    @admin.action(description=_("Ask whether they are still true"), permissions=["bulk"])
    def bulk_ask(self, request, practices):
        return self.bulk_act(request, practices, "ask")

    def bulk_act(self, request, practices, act):
        """Asks whether it is meant, and then does it with each."""
        number = practices.count()
        confirmed = "confirmed" in request.POST and number <= MOST
        form = ReasonForm(request.POST if confirmed else None) if act == "archive" else None
        if not confirmed or (form and not form.is_valid()):
            return self.bulk_ask_first(request, practices, act, number, form, 400 if confirmed else 200)
        chosen = Practice.objects.filter(pk__in=practices.order_by().values("pk")).prefetch_related("translations")
        chosen = list(chosen.order_by("pk"))
        kept = {str(one.pk): [one.withdrawn_because, one.replaced_by_id] for one in chosen}
        if act == "archive":
            outcome = bulk.archive(chosen, request.user, form.cleaned_data["message"])
        else:
            outcome = bulk.ask(chosen) if act == "ask" else bulk.republish(chosen, request.user)
        self.keep_outcome(request, act, outcome, kept)
        return redirect("admin:editing_bulk")

    def bulk_ask_first(self, request, practices, act, number, form, status):
        """The page that asks whether it is meant, with how many and which."""
        context = {
            **self.admin_site.each_context(request),
            "title": LABELS[act],
            "explained": EXPLAINED[act],
            "opts": self.opts,
            "action": f"bulk_{act}",
            "number": number,
            "most": MOST,
            "too_many": number > MOST,
            "shown": practices[:SHOWN],
            "more": max(number - SHOWN, 0),
            "form": form,
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/editing/bulk.html", context, status=status)

    @staticmethod
    def keep_outcome(request, act, outcome, kept, undone=False):
        """Remembers what was done, for the page that tells it and for undoing it."""
        before = {str(key): kept.get(str(key)) for key, _title in outcome.done}
        found = {"act": act, "done": outcome.done, "refused": outcome.refused, "before": before, "undone": undone}
        request.session[KEPT] = found

    def bulk_done(self, request):
        """What was done, what was not and why."""
        if not rights_of(request.user).is_webmaster:
            raise PermissionDenied
        outcome = request.session.get(KEPT)
        if outcome is None:
            return redirect("admin:practices_practice_changelist")
        undoable = outcome["done"] and outcome["act"] != "ask" and not outcome["undone"]
        context = {
            **self.admin_site.each_context(request),
            "title": LABELS[outcome["act"]],
            "opts": self.opts,
            "outcome": outcome,
            "undoable": undoable,
        }
        return TemplateResponse(request, "admin/editing/bulk_done.html", context)

    def bulk_undo(self, request):
        """Does the opposite with each practice with which it was done."""
        if not rights_of(request.user).is_webmaster:
            raise PermissionDenied
        found = request.session.get(KEPT)
        if request.method == "POST" and found and not found["undone"]:
            keys = [key for key, _title in found["done"]]
            practices = list(Practice.objects.filter(pk__in=keys).prefetch_related("translations").order_by("pk"))
            if found["act"] == "archive":
                self.keep_outcome(request, "republish", bulk.republish(practices, request.user), {}, undone=True)
            elif found["act"] == "republish":
                outcome = bulk.withdraw_again(practices, request.user, found["before"])
                self.keep_outcome(request, "archive", outcome, {}, undone=True)
        return redirect("admin:editing_bulk")
