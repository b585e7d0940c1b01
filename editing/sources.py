"""What is known of the address of a source, for somebody who writes it: is it one, does it answer, who else uses it."""

from collections import defaultdict
from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from editing.links import asked_as
from editing.models import Link
from editing.rights import rights_of
from editing.tasks import check_again
from editing.visits import host_of
from mail.queue import defer_once
from practices.models import PracticeSource

LONGEST = PracticeSource._meta.get_field("url").max_length
SHOWN = 3  # of the cases that use the same source
LIMITS = {"sources": "60/m/user", "strangers": "40/h/user"}
WELL_FORMED = URLValidator(schemes=["http", "https"])
Status = Link.Status


@dataclass(frozen=True)
class Known:
    """What is known of one address: what is wrong with it, what the link check found, which other cases use it."""

    fault: str = ""
    link: Link | None = None
    cases: tuple = ()

    @property
    def is_open(self):
        """Whether nobody has asked for it yet."""
        return not self.fault and (self.link is None or self.link.last_checked is None)

    @property
    def is_bad(self):
        """Whether whoever writes should look at it again."""
        return bool(self.fault) or bool(self.link and self.link.first_seen_broken)

    @property
    def shown(self):
        """The first of the cases that use it."""
        return self.cases[:SHOWN]

    @property
    def others(self):
        """How many more cases use it."""
        return len(self.cases) - SHOWN

    @property
    def said(self):
        """What came of it, in words; never more than whether it answers, so that nobody looks into servers by it."""
        if self.fault:
            return self.fault
        if self.is_open:
            return _("Nobody has asked yet whether it answers.")
        day = date_format(localtime(self.link.last_checked), "DATE_FORMAT")
        if self.link.status == Status.REFUSED:
            return _("Our check may not ask for it: please look yourself whether it leads there.")
        if self.link.first_seen_broken is None:
            return _("It answered on %s.") % day
        since = date_format(self.link.first_seen_broken, "DATE_FORMAT")
        return _("It has not answered since %(since)s; last asked on %(day)s.") % {"day": day, "since": since}


def fault_of(text):
    """What is wrong with an address, as far as one sees that without asking for it."""
    if not text.lower().startswith(("http://", "https://")):
        return _("An address of the web begins with https:// or http://.")
    if len(text) > LONGEST:
        return _("This address is too long: at most %d characters are possible.") % LONGEST
    try:
        WELL_FORMED(text)
    except ValidationError:
        return _("This is no well-formed address of the web.")
    return "" if asked_as(text) else _("This is no well-formed address of the web.")


def spellings(text):
    """How else somebody may have written the same address."""
    rest = asked_as(text).partition("://")[2].rstrip("/")
    return {text} | {f"{scheme}://{rest}{end}" for scheme in ("http", "https") for end in ("", "/")}


def known_of(person, practice, texts):
    """What is known of each of these addresses to somebody who writes this practice, or a new one."""
    known = {text: Known(fault_of(text.strip())) for text in texts if text.strip()}
    sound = {text: asked_as(text) for text, found in known.items() if not found.fault}
    links = {link.url: link for link in Link.objects.filter(url__in=sound.values())}
    cases = others_with(person, practice, sound)
    return known | {text: Known("", links.get(url), tuple(cases[text])) for text, url in sound.items()}


def others_with(person, practice, texts):
    """The other cases that name one of these sources, as far as this person may see them."""
    written, cases = defaultdict(set), defaultdict(list)
    for text in texts:
        for spelling in spellings(text):
            written[spelling].add(text)
    own = practice and practice.case.pk
    rows = PracticeSource.objects.filter(url__in=written, practice__in=rights_of(person).visible().order_by())
    rows = rows.select_related("practice").prefetch_related("practice__translations").order_by("practice", "pk")
    told = defaultdict(set)
    for row in rows:
        case = row.practice.copy_of_id or row.practice_id
        for text in written[row.url]:
            if case != own and case not in told[text]:
                told[text].add(case)
                cases[text].append(row.practice)
    return cases


def may_go_on(request, action):
    """Whether this person has not asked too often."""
    return bool(ratelimit.consume(request, app="editing", action=action, config=LIMITS))


def have_asked(request, texts):
    """Has those asked for in the background for which nobody has asked yet; False if this person must wait.

    Only addresses that nobody has named before count: a form asks again for the same one until there is an answer.
    """
    for url in filter(None, (asked_as(text) for text in texts if not fault_of(text.strip()))):
        link = Link.objects.filter(url=url).first()
        if link and link.last_checked:
            continue
        if link is None:
            if not may_go_on(request, "strangers"):
                return False
            link, _made = Link.objects.get_or_create(url=url, defaults={"host": host_of(url)})
        defer_once(check_again, f"link-{link.pk}", keys=[link.pk])
    return True
