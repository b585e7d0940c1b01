"""Who sends, as far as the limit of messages needs to know it.

No address of a sender is stored, only a keyed hash of it that changes every day.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.clients import client_address
from contact.models import Message

MESSAGES = 5
PERIOD = timedelta(hours=1)


def sender_key(request, moment):
    """What stands for the sender on the day of that moment."""
    day = moment.astimezone(timezone.get_default_timezone()).date()
    return salted_hmac("contact.sender", f"{day} {client_address(request)}", algorithm="sha256").hexdigest()


def seconds_to_wait(request):
    """How long the sender has to wait until the next message; 0: not at all."""
    now = timezone.now()
    keys = {sender_key(request, now), sender_key(request, now - PERIOD)}
    recent = Message.objects.filter(sender_key__in=keys, sent_at__gt=now - PERIOD).order_by("-sent_at")
    times = list(recent.values_list("sent_at", flat=True)[:MESSAGES])
    if len(times) < MESSAGES:
        return 0
    return max(1, round((times[-1] + PERIOD - now).total_seconds()))
