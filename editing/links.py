"""The addresses of the web that published pages link to: gathered every day, checked bit by bit."""

import time
from collections import defaultdict
from html.parser import HTMLParser
from itertools import chain

from django.db import transaction
from django.db.models import Count, Q

from editing.models import Link, LinkUse
from editing.models.links import LONGEST_ADDRESS, day_after
from editing.visits import Visitor, host_of, plain_address
from events.models import EventDocument, EventSource
from practices.models import Participant, Practice, PracticeSource

CHUNK = 1000
MANY, WITNESSES = 10, 3
#: Nobody answered: the fault may be ours.
SILENT = {Link.Reason.NO_HOST, Link.Reason.NO_ANSWER}


class Anchors(HTMLParser):
    """The addresses that a rich text links to."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if (tag, name) == ("a", "href") and value]


def in_texts():
    """(practice, address) of each link in a text of a published practice."""
    texts = Practice._parler_meta.root_model.objects.filter(master__state=Practice.State.PUBLISHED)
    fields = [name for name in Practice._parler_meta.get_translated_fields() if name != "title"]
    linked = Q(*((f"{name}__contains", "href=") for name in fields), _connector=Q.OR)
    for practice, *said in texts.filter(linked).values_list("master", *fields).iterator():
        for text in filter(None, said):
            yield from ((practice, address) for address in Anchors(text).found)


def on_pages():
    """(practice, event, field, address) of every place of a published page at which an address stands."""
    published = {"practice__state": Practice.State.PUBLISHED}
    websites = Practice.objects.published().values_list("pk", "website").order_by()
    sources = PracticeSource.objects.filter(**published).values_list("practice", "url").order_by()
    participants = Participant.objects.filter(**published).values_list("practice", "url").order_by()
    of_practices = {"website": websites, "source": sources, "participant": participants, "text": in_texts()}
    for field, pairs in of_practices.items():
        yield from ((practice, None, field, address) for practice, address in pairs)
    for field, model in {"source": EventSource, "document": EventDocument}.items():
        pairs = model.objects.filter(event__is_published=True).values_list("event", "url").order_by()
        yield from ((None, event, field, address) for event, address in pairs)


def asked_as(text):
    """The address under which we keep and ask for what somebody entered; None if it is none of the web."""
    if not text.strip().lower().startswith(("http://", "https://")):
        return None
    try:
        address = plain_address(text)
    except ValueError:
        address = text.strip()
    return address if len(address) <= LONGEST_ADDRESS else None


@transaction.atomic
def gather():
    """Finds every address that published pages link to now; forgets those that none does any more."""
    places = {(practice, event, field, asked_as(text)) for practice, event, field, text in on_pages()}
    places = {place for place in places if place[3]}
    found = [Link(url=url, host=host_of(url)) for url in sorted({place[3] for place in places})]
    Link.objects.bulk_create(found, batch_size=CHUNK, ignore_conflicts=True)
    keys = dict(Link.objects.values_list("url", "pk"))
    kept = set(LinkUse.objects.values_list("practice", "event", "field", "link", "pk"))
    wanted = {(practice, event, field, keys[url]) for practice, event, field, url in places}
    stale = [use[4] for use in kept if use[:4] not in wanted]
    LinkUse.objects.filter(pk__in=stale).delete()
    new = sorted(wanted - {use[:4] for use in kept}, key=repr)
    LinkUse.objects.bulk_create(
        [LinkUse(practice_id=p, event_id=e, field=field, link_id=link) for p, e, field, link in new], batch_size=CHUNK
    )
    Link.objects.filter(uses__isnull=True).delete()


def taking_turns(links):
    """The links in an order in which the same server is asked as seldom in a row as possible."""
    by_host = defaultdict(list)
    for link in links:
        by_host[link.host].append(link)
    longest = max(map(len, by_host.values()), default=0)
    rounds = ([queue[turn] for queue in by_host.values() if turn < len(queue)] for turn in range(longest))
    return list(chain.from_iterable(rounds))


def check(links, visitor=None, seconds=None, progress=lambda link, finding: None):
    """Asks for these addresses, one after the other, until the time is up; returns how many it asked for.

    If no server answers, not even one that once did, the fault is ours: nothing is held against any address, they are
    asked for again tomorrow, and this returns 0.
    """
    visitor, begun, answered, silent, number = visitor or Visitor(), time.monotonic(), False, [], 0
    for link in taking_turns(links):
        if seconds is not None and time.monotonic() - begun > seconds:
            break
        finding = visitor.visit(link.url)
        number += 1
        if finding.reason in SILENT:
            silent.append((link, finding))
        else:
            answered = answered or finding.code is not None
            link.note(finding)
        progress(link, finding)
        if len(silent) == MANY and not answered:
            answered = not is_cut_off(visitor, {link.host for link, _finding in silent})
            if not answered:
                break
    if silent and not answered and is_cut_off(visitor, {link.host for link, _finding in silent}):
        put_off()
        return 0
    for link, finding in silent:
        link.note(finding)
    return number


def is_cut_off(visitor, hosts):
    """Whether it is we who have no connection: the last servers that answered do not answer either."""
    witnesses = Link.objects.filter(code__isnull=False).exclude(host__in=hosts).order_by("-last_checked")
    return not any(visitor.visit(link.url).code for link in witnesses[:WITNESSES])


def put_off():
    """Leaves all that is to be asked for now until tomorrow."""
    Link.objects.waiting().order_by().update(next_check=day_after(1))


def broken_of(cities):
    """Where published practices of these cities link to something broken, the longest broken first."""
    uses = LinkUse.objects.filter(
        link__status=Link.Status.BROKEN, practice__city__in=cities, practice__state=Practice.State.PUBLISHED
    )
    uses = uses.select_related("link", "practice").prefetch_related("practice__translations")
    return uses.order_by("link__first_seen_broken", "link", "pk")


def numbers():
    """How many addresses there are in each state."""
    return dict(Link.objects.order_by().values_list("status").annotate(Count("pk")))
