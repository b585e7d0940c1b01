"""What is said of the address of a source beside it: whether it is one, whether it answers, who else uses it."""

import json

import pytest
from django.test import Client

from editing import links
from editing.models import Link
from editing.sources import LIMITS
from editing.tasks import check_again
from mail.models import Job
from tests.desk import change_page, queries, save
from tests.editing.people import coordinator_of, reviewer_of
from tests.editing.web import calls, ok, serving, to
from tests.factories import CityFactory, PracticeFactory, PracticeSourceFactory
from tests.queue import run_due_jobs

__all__ = ["calls"]
pytestmark = pytest.mark.usefixtures("calls")
SOURCE = "/admin/practices/practice/source/"


@pytest.fixture
def draft():
    return PracticeFactory(state="draft")


@pytest.fixture
def desk(client, draft):
    """The client of somebody who writes the draft."""
    client.force_login(coordinator_of(draft.city))
    return client


def ask(client, url, practice=None):
    """What is said while somebody types this address."""
    return client.post(SOURCE, {"url": url, "practice": practice.pk if practice else ""})


def said(client, url, practice=None):
    return ask(client, url, practice).content.decode()


def waiting():
    """The keys of the addresses that wait to be asked for."""
    jobs = Job.objects.filter(task_name=check_again.name, status="todo")
    return sorted(key for job in jobs for key in job.args["keys"])


def checked(url="https://example.org/", **facts):
    """An address for which the link check has asked."""
    return Link.objects.create(**{"url": url, "host": "example.org", "last_checked": "2026-03-02T09:00Z", **facts})


# Whether it is one


@pytest.mark.parametrize("url", ["example.org/report", "ftp://example.org/", "javascript:alert(1)", "mailto:a@b.org"])
def test_what_is_none_of_the_web_is_said_at_once(desk, draft, url):
    assert "begins with https:// or http://" in said(desk, url, draft)
    assert not Link.objects.exists()


@pytest.mark.parametrize(
    "url", ["http://", "https://exa mple.org", "http://[example.org/", "https://example", "http://-"]
)
def test_what_is_badly_formed_is_said_at_once(desk, draft, url):
    assert "no well-formed address" in said(desk, url, draft)
    assert not Link.objects.exists()


def test_what_is_too_long_to_be_saved_is_said(desk, draft):
    assert "at most 500 characters" in said(desk, "https://example.org/" + "a" * 3000, draft)


def test_nothing_is_said_of_nothing(desk, draft):
    assert said(desk, "  ", draft).strip() == ""


# Whether it answers


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"status": "ok", "code": 200}, "It answered on 2 March 2026."),
        ({"status": "moved", "code": 200, "moved_to": "https://inner.example/"}, "It answered on 2 March 2026."),
        ({"status": "refused", "reason": "private"}, "may not ask for it"),
        ({"status": "refused", "reason": "robots"}, "may not ask for it"),
        (
            {"status": "broken", "code": 404, "reason": "gone", "first_seen_broken": "2026-02-20"},
            "has not answered since 20 February 2026; last asked on 2 March 2026",
        ),
        ({"status": "unchecked", "reason": "no-host", "first_seen_broken": "2026-03-02"}, "has not answered"),
    ],
)
def test_what_the_link_check_knows_is_said_and_no_more(desk, draft, facts, expected):
    checked("https://example.org/", **facts)

    page = said(desk, "HTTPS://Example.org", draft)

    assert expected in page
    assert not any(secret in page for secret in ("404", "200", "inner", "private", "host", "data-again"))
    assert waiting() == []


def test_unknown_address_is_asked_for_in_the_background_and_the_answer_is_said(desk, draft, settings):
    with serving(settings, {"/report": ok(), "/robots.txt": ok(b"")}) as server:
        before = said(desk, f"{server.url}/report", draft)
        asked = list(server.asked)
        run_due_jobs()
        after = said(desk, f"{server.url}/report", draft)

    assert "data-again" in before
    assert asked == []
    assert "It answered on" in after


def test_asking_again_and_again_puts_one_job_into_the_queue(desk, draft):
    for _time in range(5):
        assert "data-again" in said(desk, "https://example.org/", draft)

    assert waiting() == [Link.objects.get().pk]


def test_addresses_of_our_own_network_are_never_called(desk, draft, calls, settings):
    settings.LINK_CHECK_PRIVATE = []
    inside = ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://10.0.0.1:6379/", "http://[::1]/"]
    for url in inside:
        assert "data-again" in said(desk, url, draft)

    run_due_jobs()

    assert calls == []
    assert [said(desk, url, draft).count("may not ask for it") for url in inside] == [1] * 4


def test_redirection_into_our_own_network_is_not_followed(desk, draft, settings):
    with serving(settings, {"/": to("http://127.0.0.1/secret")}) as server:
        ask(desk, f"{server.url}/", draft)
        run_due_jobs()

    assert "may not ask for it" in said(desk, f"{server.url}/", draft)


def test_address_that_no_page_links_to_is_forgotten_with_the_next_gathering(desk, draft):
    ask(desk, "https://example.org/", draft)

    links.gather()

    assert not Link.objects.exists()


# Who else uses it


def test_other_cases_with_the_same_source_are_named_with_links(desk, draft):
    other = PracticeFactory(title="Voucher")
    PracticeSourceFactory(practice=other, url="http://example.org/report/")
    PracticeSourceFactory(practice=draft, url="https://example.org/report")

    page = said(desk, "https://example.org/report", draft)

    assert f'<a href="{change_page(other)}">Voucher</a>' in page
    assert change_page(draft) not in page


def test_case_and_its_working_copy_are_one(desk, draft):
    own = PracticeFactory(title="Own", city=draft.city)
    copy = PracticeFactory(title="Copy", city=draft.city, state="draft", copy_of=own)
    for practice in (own, copy):
        PracticeSourceFactory(practice=practice, url="https://example.org/a")

    assert "Also a source" not in said(desk, "https://example.org/a", copy)
    assert said(desk, "https://example.org/a", draft).count("<a ") == 1


def test_many_cases_are_counted(desk, draft):
    for _number in range(5):
        PracticeSourceFactory(url="https://example.org/a")

    page = said(desk, "https://example.org/a")

    assert (page.count("<a "), "and 2 more" in page) == (3, True)


@pytest.mark.parametrize("state", ["draft", "in-review", "changes-requested", "rejected", "archived"])
def test_unpublished_cases_of_other_cities_are_not_given_away(desk, draft, state):
    PracticeSourceFactory(practice=PracticeFactory(title="Secret", state=state), url="https://example.org/a")

    page = said(desk, "https://example.org/a", draft)

    assert not any(word in page for word in ("Secret", "Also a source", "more"))


# Who may ask, and how often


@pytest.mark.parametrize("state", ["in-review", "published", "archived"])
def test_asking_is_for_those_who_may_write_the_case_now(client, desk, draft, state):
    closed = PracticeFactory(city=draft.city, state=state)
    foreign = PracticeFactory(state="draft")
    reviewer = Client()
    reviewer.force_login(reviewer_of(draft.theme))

    answers = [
        ask(desk, "https://example.org/", closed).status_code,
        ask(desk, "https://example.org/", foreign).status_code,
        desk.post(SOURCE, {"url": "https://example.org/", "practice": "²"}).status_code,
        ask(reviewer, "https://example.org/").status_code,
        ask(Client(), "https://example.org/", draft).status_code,
        desk.get(SOURCE).status_code,
    ]

    assert answers == [403, 404, 404, 403, 302, 405]
    assert not Link.objects.exists()


def test_who_asks_for_very_many_addresses_has_to_wait(desk, draft):
    most = int(LIMITS["strangers"].partition("/")[0])
    answers = [ask(desk, f"https://example.org/{number}", draft) for number in range(most + 1)]

    assert [answer.status_code for answer in answers] == [200] * most + [429]
    assert "Nobody has asked yet" in answers[-1].content.decode()
    assert Link.objects.count() == most


def test_who_asks_very_often_has_to_wait_and_others_do_not(desk, draft):
    checked()
    most = int(LIMITS["sources"].partition("/")[0])
    other = Client()
    other.force_login(coordinator_of(draft.city))

    statuses = [ask(desk, "https://example.org/", draft).status_code for _number in range(most + 1)]

    assert statuses == [200] * most + [429]
    assert "go on in a minute" in said(desk, "https://example.org/", draft)
    assert ask(other, "https://example.org/", draft).status_code == 200


# Without a script


def test_form_says_of_saved_sources_what_is_known(desk, draft):
    checked(status="ok", code=200)
    other = PracticeFactory(title="Voucher")
    for practice in (draft, other):
        PracticeSourceFactory(practice=practice, url="https://example.org/")

    page = desk.get(change_page(draft)).content.decode()

    assert "It answered on 2 March 2026." in page
    assert f'<a href="{change_page(other)}">Voucher</a>' in page


def test_saving_has_new_sources_asked_for(desk, draft):
    rows = {"sources-TOTAL_FORMS": "1", "sources-0-title": "Report", "sources-0-url": "https://example.org/new"}

    save(desk, change_page(draft), **rows)

    link = Link.objects.get(url="https://example.org/new")
    assert waiting() == [link.pk]
    assert "Nobody has asked yet whether it answers." in desk.get(change_page(draft)).content.decode()


def test_who_may_not_change_the_case_sees_its_sources_as_before(client, draft):
    PracticeSourceFactory(practice=draft)
    type(draft).objects.filter(pk=draft.pk).update(state="in-review")
    client.force_login(reviewer_of(draft.theme))

    page = client.get(change_page(draft)).content.decode()

    assert "https://example.org/report" in page
    assert "source-said" not in page


def test_form_takes_the_same_queries_for_one_source_and_for_many(desk, draft):
    def used():
        PracticeSourceFactory(practice=draft, url=f"https://example.org/{draft.sources.count()}")
        PracticeSourceFactory(practice=PracticeFactory(city=CityFactory()), url=draft.sources.last().url)

    used()
    few = queries(desk, change_page(draft))
    for _number in range(4):
        used()

    assert queries(desk, change_page(draft)) == few


def test_arguments_of_the_job_are_numbers(desk, draft):
    ask(desk, "https://example.org/?token=secret", draft)

    assert "secret" not in json.dumps([job.args for job in Job.objects.all()])
