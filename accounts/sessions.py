"""How long somebody stays signed in, and how that ends."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

#: By which sign in what a browser says about itself it is known; the first that fits counts.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac": "Mac", "X11": "Linux"}


def end_in_two_weeks(request):
    """Ends the session a fixed time after signing in, however often it is used until then."""
    request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))


def end_sessions(person, but=None):
    """Signs the person out everywhere, apart from the session with the key `but`."""
    keys = [
        session.session_key
        for session in Session.objects.exclude(session_key=but).iterator()
        if session.get_decoded().get(SESSION_KEY) == str(person.pk)
    ]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=person).exclude(session_key=but).delete()


def device(user_agent):
    """What a browser says about itself, in a word or two, so that one knows one's own devices again."""
    found = (next((name for sign, name in names.items() if sign in user_agent), "") for names in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found)) or user_agent[:60]
