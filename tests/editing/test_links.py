from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editing import links
from editing.flow import do
from editing.models import Link, LinkUse
from editing.strangers import Stranger
from editing.tasks import SLICE, check_again, check_links, look_after_links
from editing.visits import Finding, Visitor, host_of
from practices.models import Practice
from tests.editing.people import webmaster
from tests.editing.web import calls, ok, serving, to, unused_port
from tests.factories import CityFactory, EventFactory, ParticipantFactory, PracticeFactory, PracticeSourceFactory
from tests.queue import run_due_jobs

__all__ = ["calls"]
pytestmark = pytest.mark.usefixtures("calls")
OK, GONE = Finding("ok", 200), Finding("broken", 404, "gone")
MONDAY = datetime(2026, 3, 2, 4, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def on_day(monkeypatch):
    """Makes it another day."""

    def set_day(number):
        monkeypatch.setattr(timezone, "now", lambda: MONDAY + timedelta(days=number))

    set_day(0)
    return set_day


def visitor():
    return Visitor(Stranger("Tester/1.0", 2, 0.5, 1.5), pause=0)


def link_to(url="https://example.org/", **facts):
    return Link.objects.create(**{"url": url, "host": host_of(url), "next_check": timezone.now(), **facts})


def kept(url="https://example.org/"):
    return Link.objects.get(url=url)


# Gathering


def test_every_address_of_a_published_page_is_gathered_once():
    practice = PracticeFactory(
        website="https://example.org/one", results='<p>See <a href="https://example.org/two">two</a></p>'
    )
    PracticeSourceFactory(practice=practice, url="https://example.org/three#page=2")
    ParticipantFactory(practice=practice, url="HTTPS://Example.org/one")
    event = EventFactory()
    event.documents.create(title="Programme", url="https://example.org/four")
    event.sources.create(title="Report", url="https://example.org/one")

    links.gather()

    uses = LinkUse.objects.values_list("link__url", "field", "practice", "event")
    assert sorted(uses, key=repr) == sorted(
        [
            ("https://example.org/one", "website", practice.pk, None),
            ("https://example.org/one", "participant", practice.pk, None),
            ("https://example.org/one", "source", None, event.pk),
            ("https://example.org/two", "text", practice.pk, None),
            ("https://example.org/three", "source", practice.pk, None),
            ("https://example.org/four", "document", None, event.pk),
        ],
        key=repr,
    )
    assert set(Link.objects.values_list("status", "host")) == {("unchecked", "example.org")}


def test_what_readers_do_not_see_is_not_gathered():
    for state in set(Practice.State.values) - {"published"}:
        practice = PracticeFactory(
            state=state, website="https://example.org/a", results='<a href="https://example.org/b">b</a>'
        )
        PracticeSourceFactory(practice=practice)
        ParticipantFactory(practice=practice, url="https://example.org/c")
    EventFactory(is_published=False).documents.create(title="Programme", url="https://example.org/d")

    links.gather()

    assert Link.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mailto:ona@example.org",
        "ftp://example.org/",
        "/practices/",
        "#top",
        "tel:+370",
        "https://x.org/" + "a" * 2000,
    ],
)
def test_what_is_no_address_of_the_web_is_not_gathered(address):
    PracticeFactory(results=f'<a href="{address}">here</a>')

    links.gather()

    assert Link.objects.count() == 0


def test_an_address_that_makes_no_sense_is_gathered_and_found_broken(on_day):
    PracticeFactory(results='<a href="http://[example.org/">here</a>')
    links.gather()

    for day in range(2):
        on_day(day)
        links.check(Link.objects.all(), visitor())

    assert list(Link.objects.values_list("url", "status", "reason")) == [("http://[example.org/", "broken", "address")]


def test_gathering_again_keeps_what_is_known_and_forgets_what_is_gone():
    practice = PracticeFactory(website="https://example.org/one")
    other = PracticeFactory(website="https://example.org/two")
    links.gather()
    Link.objects.filter(url="https://example.org/one").update(checks=3)
    before = LinkUse.objects.get(practice=practice).pk
    do("archive", other, webmaster(), "The grant ended.")

    links.gather()

    assert list(Link.objects.values_list("url", "checks")) == [("https://example.org/one", 3)]
    assert list(LinkUse.objects.values_list("pk", flat=True)) == [before]


def test_gathering_takes_the_same_queries_for_few_pages_and_for_many():
    def queries():
        with CaptureQueriesContext(connection) as taken:
            links.gather()
        return len(taken)

    PracticeFactory(website="https://example.org/")
    few = queries()
    for number in range(5):
        PracticeSourceFactory(url=f"https://example.org/{number}")

    assert queries() == few


# What came of asking


def test_an_address_is_broken_only_after_it_failed_on_two_days(on_day):
    link = link_to(status="ok")

    link.note(GONE)
    first = (kept().status, kept().first_seen_broken, timezone.localdate(kept().next_check))
    link.note(GONE)
    same_day = kept().status
    on_day(1)
    kept().note(GONE)

    assert first == ("ok", date(2026, 3, 2), date(2026, 3, 3))
    assert same_day == "ok"
    known = kept()
    assert (known.status, known.code, known.reason) == ("broken", 404, "gone")
    assert (known.first_seen_broken, known.checks, timezone.localdate(known.next_check)) == (
        date(2026, 3, 2),
        3,
        date(2026, 3, 10),
    )


@pytest.mark.parametrize(
    "finding", [OK, Finding("moved", 200, moved_to="https://x.org/"), Finding("refused", 403, "not-for-robots")]
)
def test_an_address_that_answers_again_is_broken_no_more(on_day, finding):
    link = link_to(status="broken", first_seen_broken=date(2026, 1, 1), code=404, reason="gone")

    link.note(finding)

    known = kept()
    assert (known.status, known.code, known.reason, known.moved_to) == (
        finding.status,
        finding.code,
        finding.reason,
        finding.moved_to,
    )
    assert (known.first_seen_broken, timezone.localdate(known.next_check)) == (None, date(2026, 4, 1))


def test_what_was_forgotten_while_it_was_asked_for_does_not_come_back(on_day):
    link = link_to()
    Link.objects.all().delete()

    link.note(OK)

    assert Link.objects.count() == 0


def test_several_servers_are_asked_in_turn():
    urls = ["http://a.org/1", "http://a.org/2", "http://a.org/3", "http://b.org/1", "http://c.org/1"]

    turns = links.taking_turns([Link(url=url, host=host_of(url)) for url in urls])

    assert [link.url[7:] for link in turns] == ["a.org/1", "b.org/1", "c.org/1", "a.org/2", "a.org/3"]


def test_checking_asks_and_keeps_the_answers(settings, on_day):
    with serving(settings, {"/a": ok(), "/b": to("/a"), "/c": (500, {}, b"")}) as server:
        for page in "abcd":
            link_to(f"{server.url}/{page}")

        number = links.check(Link.objects.all(), visitor())

    found = [(link.url[-1], link.status, link.code, link.reason) for link in Link.objects.order_by("url")]
    assert number == 4
    assert found == [
        ("a", "ok", 200, ""),
        ("b", "moved", 200, ""),
        ("c", "unchecked", 500, "server"),
        ("d", "unchecked", 404, "gone"),
    ]
    assert kept(f"{server.url}/b").moved_to == f"{server.url}/a"


def silent_link(settings, name="127.0.0.1", **facts):
    """An address at which nobody listens."""
    port = unused_port()
    settings.LINK_CHECK_PRIVATE = [*settings.LINK_CHECK_PRIVATE, f"{name}:{port}"]
    return link_to(f"http://{name}:{port}/", **facts)


def test_when_nobody_answers_at_all_the_fault_is_taken_to_be_ours(settings, on_day):
    later = timezone.now() + timedelta(days=9)
    silent_link(settings, "localhost", status="ok", code=200, next_check=later)
    link = silent_link(settings, status="ok")

    number = links.check(Link.objects.waiting(), visitor())

    link.refresh_from_db()
    assert (number, link.status, link.checks, link.first_seen_broken) == (0, "ok", 0, None)
    assert timezone.localdate(link.next_check) == date(2026, 3, 3)


def test_without_a_connection_only_some_are_asked_for(settings, on_day, calls):
    for number in range(14):
        silent_link(settings, f"127.0.0.{number + 1}" if number else "127.0.0.1")

    number = links.check(Link.objects.waiting(), visitor())

    assert (number, Link.objects.waiting().count()) == (0, 0)


def test_a_server_that_once_answered_bears_witness_that_the_fault_is_not_ours(settings, on_day):
    with serving(settings, {"/": ok()}) as server:
        link_to(
            server.url.replace("127.0.0.1", "localhost") + "/", code=200, next_check=timezone.now() + timedelta(days=9)
        )
        link = silent_link(settings)

        number = links.check(Link.objects.waiting(), visitor())

    link.refresh_from_db()
    assert (number, link.first_seen_broken, link.reason) == (1, date(2026, 3, 2), "no-answer")


def test_one_silent_server_among_others_is_to_blame_itself(settings, on_day):
    silent = f"http://127.0.0.1:{(port := unused_port())}/"
    settings.LINK_CHECK_PRIVATE = [f"127.0.0.1:{port}"]
    with serving(settings, {"/": ok()}) as server:
        link_to(silent)
        link_to(f"{server.url}/")

        links.check(Link.objects.all(), visitor())

    assert (kept(silent).reason, kept(silent).first_seen_broken) == ("no-answer", date(2026, 3, 2))


def test_a_round_ends_when_its_time_is_up(settings, on_day):
    with serving(settings, {"/": ok()}) as server:
        for number in range(3):
            link_to(f"{server.url}/?{number}")

        number = links.check(Link.objects.all(), visitor(), seconds=-1)

    assert (number, server.asked) == (0, [])


# Whom it concerns


def test_broken_addresses_are_those_of_published_practices_of_the_cities():
    ours, others = CityFactory(), CityFactory()
    broken = link_to("https://example.org/gone", status="broken", first_seen_broken=date(2026, 1, 2))
    older = link_to("https://example.org/older", status="broken", first_seen_broken=date(2026, 1, 1))
    fine = link_to("https://example.org/fine", status="ok")
    practice = PracticeFactory(city=ours)
    for link, target in [
        (broken, practice),
        (older, practice),
        (fine, practice),
        (broken, PracticeFactory(city=others)),
        (broken, PracticeFactory(city=ours, state="archived")),
    ]:
        target.link_uses.create(link=link, field="website")

    found = links.broken_of([ours])

    assert [(use.link, use.practice) for use in found] == [(older, practice), (broken, practice)]


@pytest.mark.parametrize("rows", [1, 4])
def test_broken_addresses_take_two_queries_however_many_they_are(django_assert_num_queries, rows):
    city = CityFactory()
    link = link_to(status="broken", first_seen_broken=date(2026, 1, 1))
    for _row in range(rows):
        PracticeFactory(city=city).link_uses.create(link=link, field="website")

    with django_assert_num_queries(2):
        assert len([(str(use.practice), use.link.url) for use in links.broken_of([city])]) == rows


# In the background


def test_the_daily_work_gathers_and_checks(settings):
    with serving(settings, {"/": ok()}) as server:
        PracticeFactory(website=f"{server.url}/")
        PracticeFactory(website="http://169.254.169.254/latest/")

        look_after_links()
        look_after_links()
        run_due_jobs()

    assert sorted(Link.objects.values_list("status", "reason")) == [("ok", ""), ("refused", "private")]
    assert server.paths() == [("HEAD", "/")]


def test_work_for_many_addresses_is_done_in_slices(settings, monkeypatch):
    monkeypatch.setattr("editing.tasks.SLICE", 2)
    monkeypatch.setattr("editing.visits.PAUSE", 0)
    with serving(settings, {"/robots.txt": ok()}) as server:
        for number in range(3):
            link_to(f"{server.url}/{number}")

        check_links()
        after_one_slice = Link.objects.filter(checks=1).count()
        run_due_jobs()

    assert (SLICE, after_one_slice, Link.objects.filter(checks=1).count()) == (200, 2, 3)


def test_some_can_be_checked_again_before_they_are_due(settings):
    with serving(settings, {"/": ok()}) as server:
        link = link_to(f"{server.url}/", next_check=timezone.now() + timedelta(days=9))
        link_to("https://example.org/other", next_check=timezone.now() + timedelta(days=9))

        check_again.defer(keys=[link.pk])
        run_due_jobs()

    assert sorted(Link.objects.values_list("status", flat=True)) == ["ok", "unchecked"]


def test_the_command_says_that_there_is_no_way_out(settings):
    PracticeFactory(website=silent_link(settings).url)
    said, complained = StringIO(), StringIO()

    call_command("check_links", stdout=said, stderr=complained)

    assert complained.getvalue().startswith("No server answers")
    assert "1 not checked yet" in said.getvalue()


@pytest.mark.parametrize(("options", "asked"), [([], 0), (["--all"], 1)])
def test_the_command_says_how_far_it_is_and_what_it_found(settings, options, asked):
    with serving(settings, {"/": ok()}) as server:
        PracticeFactory(website=f"{server.url}/")
        links.gather()
        Link.objects.update(next_check=timezone.now() + timedelta(days=1))
        said = StringIO()

        call_command("check_links", *options, stdout=said)

    lines = said.getvalue().splitlines()
    assert lines[:asked] == [f"1/1 ok: {server.url}/ (200)"][:asked]
    assert lines[asked:][1] == f"{asked} leads somewhere"
    assert len(server.paths()) == asked
