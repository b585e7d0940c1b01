"""Invitations: an account without a password, and a link that opens it once."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.utils import timezone, translation

from accounts.letters import address_of, write
from accounts.models import User

SALT = "accounts.invitation"
DAY = 24 * 3600


class InvitationOver(Exception):
    """The link was good once: it is used, too old, or replaced by a newer one."""


class NoInvitation(Exception):
    """The link was never made by us."""


def invite(person, by):
    """Mails a link to choose a name and a password; a link that was mailed before is good no longer."""
    person.invited_at, person.invited_by = timezone.now(), by
    person.save(update_fields=["invited_at", "invited_by"])
    with translation.override(person.language or translation.get_language()):
        link = address_of("invitation", key=key_for(person))
        write("accounts/email/invitation", person.email, link=link, days=settings.INVITATION_DAYS, by=by)


def key_for(person):
    """What the link of the person's newest invitation carries."""
    return signing.dumps([person.pk, person.invited_at.isoformat()], salt=SALT)


def invited_by_key(key):
    """The person whom this key invites."""
    try:
        number, moment = signing.loads(key, salt=SALT, max_age=settings.INVITATION_DAYS * DAY)
    except signing.SignatureExpired as error:
        raise InvitationOver from error
    except signing.BadSignature as error:
        raise NoInvitation from error
    invited = User.objects.filter(pk=number, is_active=True, invited_at=datetime.fromisoformat(moment))
    person = invited.select_for_update().first()
    if person is None or person.has_usable_password():
        raise InvitationOver
    return person
