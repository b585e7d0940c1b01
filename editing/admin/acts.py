"""The pages on which somebody does an act of the editorial flow."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.admin.fields import LongText
from editing.flow import ACTS, do, possible
from editing.readiness import lacks
from editing.rights import rights_of
from practices.models import Practice


class ActForm(forms.Form):
    """What somebody says when they move a case on."""

    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=2000,
        widget=LongText(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    def __init__(self, act, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["message"].required = act.needs_message
        if act.name == "archive":
            published = Practice.objects.published().prefetch_related("translations")
            self.fields["replaced_by"] = forms.ModelChoiceField(
                label=_("Replaced by"),
                queryset=published,
                required=False,
                help_text=_("The practice that readers should look at instead, if there is one."),
            )


class ActViews:
    """Lets people do what they may do with a case, each act on a page of its own that says what it brings about."""

    def act(self, request, pk, name):
        """Asks for the message and confirmation of an act, and does it."""
        act = ACTS.get(name)
        practice = get_object_or_404(self.get_queryset(request), pk=pk)
        if act is None:
            raise Http404
        form = ActForm(act, request.POST or None)
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                reached = do(name, practice, request.user, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
                status = 400
            else:
                self.message_user(request, act.done % practice, messages.SUCCESS)
                return redirect(self.address_after(request, reached))
        elif request.method == "POST":
            status = 400
        elif act not in possible(request.user, practice):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "act": act,
            "form": form,
            "opts": self.opts,
            "original": practice,
            "lacking": lacks(practice) if name == "submit" and request.method != "POST" else [],
        }
        return TemplateResponse(request, "admin/editing/act.html", context, status=status)

    @staticmethod
    def address_after(request, practice):
        """The case that one goes on with, or the list if it does not concern this person any more."""
        if rights_of(request.user).may("see", practice):
            return reverse("admin:practices_practice_change", args=[practice.pk])
        return reverse("admin:practices_practice_changelist")
