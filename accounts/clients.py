"""Who asks, as far as the limits of requests need to know it.

Behind reverse proxies the address of the connection is that of the nearest proxy; `settings.TRUSTED_PROXIES` says how
many of them stand in front, each of which adds the address that called it to the end of `X-Forwarded-For`. What lies
further left anyone can write there.
"""

import ipaddress

from django.conf import settings


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
