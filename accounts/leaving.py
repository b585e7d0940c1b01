"""How people leave: their account is closed, or everything personal is erased. What they wrote stays."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation

from accounts import personal_data
from accounts.models import User
from accounts.sessions import end_sessions


class LastSuperuser(Exception):
    """Without this account nobody could manage the site."""


def close(person):
    """Closes the account at once, on every device. Cases stay, and stay credited."""
    with transaction.atomic():
        person.is_active = False
        person.save(update_fields=["is_active"])
        end_sessions(person)


def reopen(person):
    """Lets somebody who left come back."""
    person.is_active = True
    person.save(update_fields=["is_active"])


def erase(person):
    """Erases everything personal. Only a number is left, to which the cases belong; it reads “former editor”."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    if person.is_superuser and not others.exists():
        raise LastSuperuser
    with transaction.atomic():
        end_sessions(person)
        for holding in personal_data.holdings():
            holding.erase(person)
        personal_data.leave_lists(person)
        person.email, person.name, person.language = f"erased-{person.pk}@invalid", "", ""
        person.is_active = person.is_staff = person.is_superuser = False
        person.invited_at = person.invited_by = person.last_login = None
        person.erased_at = timezone.now()
        person.set_unusable_password()
        person.save()
        with translation.override("en"):
            kind = ContentType.objects.get_for_model(User)
            LogEntry.objects.filter(content_type=kind, object_id=person.pk).update(object_repr=str(person))
