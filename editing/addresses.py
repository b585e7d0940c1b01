"""Giving a published practice another address; the former one keeps leading to it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from editing.rights import rights_of
from practices.models import FormerSlug, Practice


@transaction.atomic
def readdress(practice, slug, person):
    """Gives the practice this address and notes it in the log.

    Raises PermissionDenied if the person may not, ValidationError if it has no readers, or the address is not free.
    """
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    if not rights_of(person).may("readdress", practice):
        raise PermissionDenied
    if not practice.is_published:
        raise ValidationError(_("“%(practice)s” is not published."), code="state", params={"practice": practice})
    check_free(practice, slug)
    former, practice.slug = practice.slug, slug
    practice.save()
    said = _("From “%(former)s” to “%(slug)s”.") % {"former": former, "slug": slug}
    practice.steps.create(act="readdress", before=practice.state, after=practice.state, by=person, message=said)
    return practice


def check_free(practice, slug):
    """Refuses an address that the practice has already, that another one has or had, or that is no practice's."""
    if slug == practice.slug:
        raise ValidationError(_("This is its address already."), code="same")
    if Practice.objects.filter(slug=slug).exists():
        raise ValidationError(_("Another practice has this address."), code="taken")
    former = FormerSlug.objects.filter(slug=slug).exclude(practice=practice).select_related("practice").first()
    if former:
        said = _("This was the address of “%(practice)s”, and still leads there.")
        raise ValidationError(said, code="former", params={"practice": former.practice})
    if resolve(reverse("practices:detail", args=[slug])).view_name != "practices:detail":
        raise ValidationError(_("Another page of the site has this address."), code="page")
