"""What is held on a person, to be handed out to them and to be erased.

Every app that holds something says so in a module `personal_data`:

    from accounts import personal_data

    @personal_data.held("drafts", erase=forget_drafts)
    def drafts(person):
        return [{"title": draft.title} for draft in person.drafts.all()]
"""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.db.models import Q
from django.utils.module_loading import autodiscover_modules

from accounts.models import User
from mail.models import Mail


class Holding(NamedTuple):
    """One kind of thing held on people: how it is handed out, and how it is erased."""

    name: str
    export: Callable
    erase: Callable


_HOLDINGS = {}


def held(name, erase=lambda person: None):
    """Makes known what the decorated function hands out, as lists and dictionaries of plain values."""

    def decorate(export):
        _HOLDINGS[name] = Holding(name, export, erase)
        return export

    return decorate


def holdings():
    """Everything that any app holds on people."""
    autodiscover_modules("personal_data")
    return list(_HOLDINGS.values())


def everything_on(person):
    """All personal data of this person, by kind."""
    return {holding.name: holding.export(person) for holding in holdings()}


def lists(person):
    """Every relation in which the person stands in a list of people, such as the editors of a city."""
    return [relation for relation in User._meta.related_objects if relation.many_to_many]


def leave_lists(person):
    """Takes the person, and all rights, out of every list of people."""
    for relation in lists(person):
        getattr(person, relation.get_accessor_name()).clear()
    person.groups.clear()
    person.user_permissions.clear()


@held("account")
def account(person):
    """The account itself."""
    names = ["email", "name", "language", "mails", "is_active", "joined_at", "invited_at", "last_login"]
    return {name: getattr(person, name) for name in names} | {"number": person.pk}


@held("roles")
def roles(person):
    """What the person may do, and where."""
    where = {
        relation.get_accessor_name(): [str(row) for row in getattr(person, relation.get_accessor_name()).all()]
        for relation in lists(person)
    }
    return {"groups": [group.name for group in person.groups.all()], **where}


def mails_to(person):
    """Mails that went to the person's address, or to one that was to become it."""
    addresses = {person.email, *person.emailaddress_set.values_list("email", flat=True)}
    to_these = (Q(to__iexact=address) | Q(to__icontains=f"<{address}>") for address in addresses)
    return Mail.objects.filter(reduce(or_, to_these))


@held("mails", erase=lambda person: mails_to(person).delete())
def mails(person):
    """What was mailed to the person. It goes before the addresses by which it is found."""
    return list(mails_to(person).values("created_at", "subject", "state"))


@held("addresses", erase=lambda person: person.emailaddress_set.all().delete())
def addresses(person):
    """Addresses, one that is being changed to among them."""
    return list(person.emailaddress_set.values("email", "verified", "primary"))


@held("second factors", erase=lambda person: person.authenticator_set.all().delete())
def second_factors(person):
    """By what else than a password the person signs in; the secrets themselves stay where they are."""
    return list(person.authenticator_set.values("type", "created_at", "last_used_at"))


@held("sessions")
def sessions(person):
    """Where the person is signed in. Erasing an account ends them anyway."""
    return list(UserSession.objects.filter(user=person).values("created_at", "ip", "user_agent"))


@held("acts in the admin")
def acts(person):
    """What the person did at the desk. The acts stay, for they belong to the cases."""
    return list(LogEntry.objects.filter(user=person).values("action_time", "object_repr", "change_message"))
