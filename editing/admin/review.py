"""The page on which a case is reviewed: what it says or what changed, comments, the checklist, the judgement."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cities.admin.fields import LongText
from editing import review
from editing.differences import changes, label_of
from editing.flow import possible
from editing.models import Judgement
from editing.rights import rights_of
from editing.versions import read
from practices.models import Practice

VERDICTS = [("", _("Not judged yet")), ("yes", _("Met")), ("no", _("Not met"))]
#: What can be commented on: all texts, and what is entered below them.
FIELDS = ["title", "summary", *Practice.Section.values, "city", "theme", "tags", "start_year", "outcome"]
FIELDS += ["sources", "participants", "images"]


class CommentForm(forms.Form):
    """A remark on one field."""

    field = forms.ChoiceField(label=_("About"))
    text = forms.CharField(label=_("Comment"), max_length=2000, widget=LongText(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [(name, label_of(name)) for name in FIELDS]


class JudgeForm(forms.Form):
    """The checklist, and how strong the evidence is and what it costs."""

    evidence = forms.ChoiceField(
        label=_("Strength of evidence"), choices=[("", "—"), *Practice.Evidence.choices], required=False
    )
    cost_band = forms.ChoiceField(label=_("Cost"), choices=[("", "—"), *Practice.CostBand.choices], required=False)
    reason = forms.CharField(
        label=_("Why this evidence and cost"),
        required=False,
        max_length=1000,
        widget=LongText(attrs={"rows": 2}),
        help_text=_("From which source it follows. The coordinators see it in the log."),
    )

    def __init__(self, practice, *args, **kwargs):
        self.practice = practice
        known = {judgement.criterion: judgement for judgement in practice.case.judgements.all()}
        initial = {"evidence": practice.evidence, "cost_band": practice.cost_band}
        for criterion, judgement in known.items():
            initial |= {f"is_{criterion}": "yes" if judgement.is_met else "no", f"{criterion}_note": judgement.note}
        super().__init__(*args, initial=initial, **kwargs)
        for criterion, label in Judgement.Criterion.choices:
            self.fields[f"is_{criterion}"] = forms.ChoiceField(
                label=label, choices=VERDICTS, required=False, widget=forms.RadioSelect
            )
            self.fields[f"{criterion}_note"] = forms.CharField(label=_("Note"), required=False, max_length=500)

    def criteria(self):
        """The criteria with their notes: pairs of bound fields."""
        return [(self[f"is_{criterion}"], self[f"{criterion}_note"]) for criterion in Judgement.Criterion.values]

    def clean(self):
        given = super().clean()
        for criterion in Judgement.Criterion.values:
            if given.get(f"is_{criterion}") == "no" and not given.get(f"{criterion}_note"):
                self.add_error(f"{criterion}_note", _("Say in the note what is missing."))
        moved = (given.get("evidence"), given.get("cost_band")) != (self.practice.evidence, self.practice.cost_band)
        if moved and not given.get("reason") and not self.errors:
            self.add_error("reason", _("Please give the reason."))
        return given

    def judgements(self):
        """What was judged: {criterion: (is met, note)}."""
        given = self.cleaned_data
        return {
            criterion: (given[f"is_{criterion}"] == "yes", given[f"{criterion}_note"])
            for criterion in Judgement.Criterion.values
            if given[f"is_{criterion}"]
        }


class ReviewViews:
    """Lets those who write and those who judge a case talk about it, field by field."""

    def review(self, request, pk):
        """What a case says, or what changed in it; comments, checklist and judgement."""
        practice = get_object_or_404(self.get_queryset(request), pk=pk)
        if not review.may_comment(request.user, practice):
            raise PermissionDenied
        what = request.POST.get("what") if request.method == "POST" else None
        if what == "judge" and not rights_of(request.user).may("judge", practice):
            raise PermissionDenied
        comment = CommentForm(request.POST if what == "comment" else None)
        judge = JudgeForm(practice, request.POST if what == "judge" else None)
        if what == "resolve":
            found = get_object_or_404(practice.case.comments, pk=request.POST.get("comment") or 0)
            review.resolve(found, practice, request.user)
            return self.done(request, pk, _("The comment is resolved."))
        if what == "comment" and comment.is_valid():
            review.comment(practice, request.user, **comment.cleaned_data)
            return self.done(request, pk, _("The comment is there for all who work on this case."))
        if what == "judge" and judge.is_valid():
            given = judge.cleaned_data
            review.judge(
                practice, request.user, judge.judgements(), given["evidence"], given["cost_band"], given["reason"]
            )
            return self.done(request, pk, _("Your judgement is noted."))
        context = self.review_context(request, practice) | {"comment_form": comment, "judge_form": judge}
        return TemplateResponse(request, "admin/editing/review.html", context, status=400 if what else 200)

    def done(self, request, pk, said):
        """Goes back to the page, which says what was done."""
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:editing_review", pk)

    def review_context(self, request, practice):
        """What the page shows besides its forms."""
        seen = practice.case.versions.published().newest().first() if practice.copy_of_id else None
        comments = list(practice.case.comments.select_related("by", "resolved_by"))
        for comment in comments:
            comment.label = label_of(comment.field)
        return {
            **self.admin_site.each_context(request),
            "title": gettext("Review of “%s”") % practice,
            "opts": self.opts,
            "original": practice,
            "seen": seen,
            "changes": changes(seen.content if seen else {}, read(practice)),
            "open": [comment for comment in comments if comment.resolved_at is None],
            "resolved": [comment for comment in comments if comment.resolved_at],
            "judges": rights_of(request.user).may("judge", practice),
            "unjudged": review.unjudged(practice) if practice.state == Practice.State.IN_REVIEW else [],
            "acts": possible(request.user, practice),
        }
