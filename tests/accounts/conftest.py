"""Signing in as a browser would."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group

from tests.factories import UserFactory

PASSWORD = "a-long-password-1"


@pytest.fixture
def webmaster():
    """A member of the webmasters with a second factor, who is no superuser."""
    return in_group("Webmasters", UserFactory(email="webmaster@example.org", name="Web Master", is_staff=True))


def in_group(name, person):
    """The person as a member of that group."""
    person.groups.add(Group.objects.get(name=name))
    return person


def sign_in(client, email, password=PASSWORD, **more):
    """Posts the form for signing in."""
    return client.post("/account/sign-in/", {"login": email, "password": password, **more})


def code_of(secret, moment=None):
    """The six digits of an authenticator app; if they are about to change, the next ones, as anybody would take."""
    left = 30 - time.time() % 30
    if moment is None and left < 5:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int((moment or time.time()) // 30)))


def link_in(mail):
    """The path and query of the link in a mail, which is a line of its own."""
    return re.search(r"^https?://[^/]+(/\S*account/\S+)$", mail.body, re.MULTILINE)[1]
