"""The page behind the link of a mail: is this practice still true? It works without signing in."""

from django import forms
from django.core.signing import BadSignature
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cities.meta import Meta
from editing.freshness import answer, enquiry_of
from editing.models import Enquiry
from editing.rights import rights_of


class AnswerForm(forms.Form):
    """What somebody says of a practice."""

    answer = forms.ChoiceField(
        choices=Enquiry.Answer,
        error_messages={
            "required": _("Choose one of the two buttons."),
            "invalid_choice": _("Choose one of the two buttons."),
        },
    )
    message = forms.CharField(
        label=_("What has changed?"),
        required=False,
        max_length=2000,
        help_text=_("One sentence is enough. Your colleagues at the desk see it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_true(request, link):
    """Asks whether a practice is still true, and takes in the answer. To open the page changes nothing."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    with transaction.atomic():
        enquiry, closed, status = opened(link, lock=request.method == "POST")
        context = {"enquiry": enquiry, "practice": enquiry and enquiry.practice, "form": form, "meta": meta()}
        if closed:
            return render(request, "editing/freshness_closed.html", {**context, "closed": closed}, status=status)
        if form.is_valid():
            copy = answer(enquiry, form.cleaned_data["answer"], form.cleaned_data["message"])
            return render(request, "editing/freshness_thanks.html", {**context, "copy": copy})
    return render(request, "editing/freshness.html", context, status=400 if form.errors else 200)


def opened(link, lock):
    """The question behind a link, why it cannot be answered (nothing if it can), and the status that says so."""
    try:
        enquiry = enquiry_of(link, lock)
    except BadSignature:
        return None, "forged", 403
    except Enquiry.DoesNotExist:
        return None, "unknown", 404
    return enquiry, *closed_because(enquiry)


def closed_because(enquiry):
    """Why a question cannot be answered by its link any more, and the status that says so."""
    if not enquiry.practice.is_published:
        return "withdrawn", 410
    if not rights_of(enquiry.person).may("verify", enquiry.practice):
        return "left", 403
    if enquiry.used_at:
        return "used", 410
    if enquiry.is_settled:
        return "settled", 410
    if enquiry.is_expired:
        return "expired", 410
    return "", 200


def meta():
    """What the page says about itself: nothing that a search engine should keep."""
    title = gettext("Is it still true?")
    return Meta(title, gettext("Somebody was asked whether a practice is still true."), noindex=True)
