"""Looking at a case exactly as readers will see it, at a secret address that expires."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cities.meta import Meta, written_in
from editing.models import Preview
from editing.rights import rights_of
from practices.catalogue import catalogue
from practices.detail import detail_context, values_of
from practices.files import attachment_response, picture_response
from practices.models import Practice

LASTS = timedelta(days=14)
signer = Signer(sep=".", salt="editing.preview")


def share(practice, person):
    """A new secret address of a practice that is not published; PermissionDenied unless this person may show it."""
    if not rights_of(person).may("preview", practice) or practice.is_published:
        raise PermissionDenied
    return Preview.objects.create(practice=practice, made_by=person, expires_at=timezone.now() + LASTS)


def end(preview, person):
    """Lets an address work no longer."""
    if not rights_of(person).may("preview", preview.practice):
        raise PermissionDenied
    preview.ended_at = timezone.now()
    preview.save(update_fields=["ended_at"])


def address_of(preview):
    """The secret address, without the site."""
    return reverse("editing:preview", args=[signer.sign(preview.pk)])


@never_cache
@require_safe
def preview(request, link):
    """A practice as readers will see it, with a note that they do not see it yet."""
    shown = _opened(link)
    practice = shown.practice
    if practice.is_published:
        return redirect(practice)
    if not shown.is_open or practice.state == Practice.State.ARCHIVED:
        return _private(render(request, "editing/preview_over.html", {"meta": _meta(_("Preview"))}, status=410))
    known = catalogue()
    if practice.city_id not in known.cities or practice.theme_id not in known.themes:
        raise Http404
    known.placed(practice)
    context = detail_context(practice, known, values_of(practice))
    context["images"] = list(context["images"])
    for image in context["images"]:
        image.folder = reverse("editing:preview-picture", args=[link, "x"]).removesuffix("x")
    context["attachments"] = list(context["attachments"])
    for attachment in context["attachments"]:
        attachment.address = reverse("editing:preview-attachment", args=[link, attachment.pk])
    practice.slug = practice.case.slug
    meta = _meta(f"{practice.title}, {practice.city_term}", written_in(practice))
    return _private(render(request, "practices/detail.html", {**context, "preview": shown, "meta": meta}))


@never_cache
@require_safe
def preview_picture(request, link, name):
    """A picture of a practice that readers do not see yet."""
    shown = _opened(link, must_work=True)
    return picture_response(get_object_or_404(shown.practice.images.with_file(name)), name)


@never_cache
@require_safe
def preview_attachment(request, link, pk):
    """An attachment of a practice that readers do not see yet."""
    shown = _opened(link, must_work=True)
    return attachment_response(get_object_or_404(shown.practice.attachments, pk=pk))


def _opened(link, must_work=False):
    """What a secret address leads to; 404 if it is not one of ours, or if it must work and does not any more."""
    try:
        key = signer.unsign(link)
    except BadSignature as error:
        raise Http404 from error
    shown = get_object_or_404(Preview.objects.select_related("practice__copy_of"), pk=key)
    if must_work and not shown.is_open:
        raise Http404
    return shown


def _meta(title, languages=None):
    return Meta(title, _("A preview: readers do not see it yet."), languages=languages, noindex=True)


def _private(response):
    """Tells machines to keep nothing of it, and browsers not to pass its address on."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
