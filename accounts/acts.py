"""What a webmaster does with an account beyond changing what stands in it: each act is confirmed and logged."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import leaving
from accounts.invitations import invite
from accounts.letters import write
from accounts.sessions import end_sessions


def reset_second_factor(person):
    """Removes app, passkeys and recovery codes of somebody who lost them, and tells them."""
    with transaction.atomic():
        person.authenticator_set.all().delete()
        end_sessions(person)
        write("accounts/email/second_factor_reset", person.email)


class Act(NamedTuple):
    """One act: what it is called, what it means, what is said and logged afterwards, and for whom it is there."""

    name: str
    meaning: str
    done: str
    is_open: Callable
    do: Callable


ACTS = {
    "invite": Act(
        _("Invite again"),
        _("A new mail with a link goes to this person. The link of an older mail is then good no longer."),
        _("Invited again."),
        lambda person: person.is_active and not person.has_usable_password(),
        lambda person, by: invite(person, by),
    ),
    "reset-second-factor": Act(
        _("Reset the second factor"),
        _(
            "For somebody whose phone is lost. Make sure that it is this person who asks: call them. App, passkeys and"
            " recovery codes are removed, all devices are signed out, and the person is told by mail."
        ),
        _("Second factor reset."),
        lambda person: person.is_active and person.has_second_factor,
        lambda person, by: reset_second_factor(person),
    ),
    "close": Act(
        _("Close the account"),
        _("For somebody who leaves. The person is signed out at once, on all devices. Cases stay, and stay credited."),
        _("Account closed."),
        lambda person: person.is_active,
        lambda person, by: leaving.close(person),
    ),
    "reopen": Act(
        _("Open the account again"),
        _("The person can sign in again, with the rights shown here."),
        _("Account opened again."),
        lambda person: not person.is_active and not person.erased_at,
        lambda person, by: leaving.reopen(person),
    ),
    "erase": Act(
        _("Erase personal data"),
        _(
            "This cannot be undone. Name, address, password, second factor, devices and rights go for good. Cases stay,"
            " as written by a former editor."
        ),
        _("Personal data erased."),
        lambda person: not person.erased_at,
        lambda person, by: leaving.erase(person),
    ),
}
