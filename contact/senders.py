"""Who sends, as far as the limit of messages needs to know it.

No address of a sender is stored, only a keyed hash of it that changes every day. Behind reverse proxies the address of
the connection is that of the nearest proxy; `settings.TRUSTED_PROXIES` says how many of them stand in front, each of
which adds the address that called it to the end of `X-Forwarded-For`. What lies further left anyone can write there.
"""

import ipaddress
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from contact.models import Message

MESSAGES = 5
PERIOD = timedelta(hours=1)


def client_address(request):
    """The address of the one who asks; of IPv6 only the network, in which every household has countless addresses."""
    proxies = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    address = forwarded[-proxies] if 0 < proxies <= len(forwarded) else request.META.get("REMOTE_ADDR", "")
    try:
        length = 64 if ipaddress.ip_address(address).version == 6 else 32
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, length), strict=False).network_address)


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
