"""Small files that machines ask for by a fixed address."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.meta import SITE_NAME

PAPER, INK = "#fbfcfb", "#16202a"
SECURITY_DAYS = 180


@require_safe
def robots(request):
    """What crawlers may leave out: the admin, and addresses that combine filters without end."""
    lines = ["User-agent: *"]
    for code in settings.INTERFACE_LANGUAGES:
        with translation.override(code):
            lines += [
                f"Disallow: {reverse('admin:index')}",
                f"Disallow: {reverse('account')}",
                f"Disallow: {reverse('search')}",
                f"Disallow: {reverse('contact:contact')}?about=",
                f"Disallow: {reverse('practices:list')}?*&",
                f"Disallow: {reverse('events:list')}?*&",
            ]
    lines = [*dict.fromkeys(lines), "", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request):
    """How the site looks when somebody puts it on the home screen of a phone."""
    icons = [("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable-512.png", 512, "maskable")]
    facts = {
        "id": reverse("home"),
        "name": SITE_NAME,
        "short_name": SITE_NAME,
        "description": _("A knowledge base of good practices in cross innovation, shared by eleven European cities."),
        "lang": translation.get_language(),
        "dir": "ltr",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": INK,
        "icons": [
            {"src": static(f"img/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in icons
        ],
    }
    return JsonResponse(facts, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
def security(request):
    """Whom to tell about a weakness of the site (RFC 9116)."""
    form = request.build_absolute_uri(reverse("contact:contact"))
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else f"Contact: {form}",
        f"Expires: {today + timedelta(days=SECURITY_DAYS):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(settings.INTERFACE_LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri(reverse('security'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
