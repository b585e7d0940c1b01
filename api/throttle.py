"""How often a client may ask: so many requests a minute, counted in the database for all processes together."""

import time

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.throttling import BaseThrottle

from accounts.clients import client_address
from api.models import Client

MINUTE = 60
KEPT_MINUTES = 10


def client_key(request):
    """What stands for the client today; the address itself is stored nowhere."""
    address = f"{timezone.localdate()} {client_address(request)}"
    return salted_hmac("api.client", address, algorithm="sha256").hexdigest()


class PerMinute(BaseThrottle):
    """The limit of `API_REQUESTS_PER_MINUTE`; 0 is no limit."""

    def allow_request(self, request, view):
        limit = settings.API_REQUESTS_PER_MINUTE
        if not limit:
            return True
        minute = int(time.time() // MINUTE)
        requests = Client.objects.count_request(client_key(request), minute)
        if requests == 1:
            Client.objects.forget_before(minute - KEPT_MINUTES)
        return requests <= limit

    def wait(self):
        """Seconds until the next minute begins."""
        return MINUTE - time.time() % MINUTE
