import re
from datetime import date

import pytest

from editing.models import Link
from tests.desk import queries
from tests.editing.people import coordinator_of, with_role
from tests.editing.web import calls, ok, serving
from tests.factories import EventFactory, PracticeFactory
from tests.queue import run_due_jobs

__all__ = ["calls"]
pytestmark = pytest.mark.usefixtures("calls")
LIST = "/admin/editing/link/"


@pytest.fixture
def webmaster(client):
    """A webmaster who is signed in."""
    person = with_role("Webmasters")
    client.force_login(person)
    return person


def broken(url="https://example.org/gone", **facts):
    """An address that led nowhere."""
    known = {"status": "broken", "first_seen_broken": date(2026, 1, 2), "code": 404, "reason": "gone"}
    return Link.objects.create(**{"url": url, "host": "example.org", **known, **facts})


def words(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_webmasters_see_what_is_broken_since_when_why_and_where(client, webmaster):
    practice, event = PracticeFactory(title="Design voucher"), EventFactory(title="Open day")
    link = broken()
    practice.link_uses.create(link=link, field="source")
    event.link_uses.create(link=link, field="document")
    broken("https://example.org/fine", status="ok", first_seen_broken=None, code=200, reason="")

    response = client.get(LIST)

    page, text = response.content.decode(), words(response)
    assert list(response.context["cl"].result_list) == [link]
    assert f'href="/admin/practices/practice/{practice.pk}/change/">Design voucher</a>' in page
    assert f'href="/admin/events/event/{event.pk}/change/">Open day</a>' in page
    assert "broken 404 · The page is not there 2 January 2026" in text
    assert "Design voucher source" in text


@pytest.mark.parametrize(
    ("query", "urls"),
    [
        ("", ["broken"]),
        ("?status=all", ["broken", "doubtful", "moved", "ok"]),
        ("?status=moved", ["moved"]),
        ("?status=doubtful", ["doubtful"]),
        ("?status=all&q=ove", ["moved"]),
        ("?status=nonsense", []),
    ],
)
def test_the_list_can_be_narrowed(client, webmaster, query, urls):
    broken("https://example.org/broken")
    broken("https://example.org/doubtful", status="ok")
    broken("https://example.org/ok", status="ok", first_seen_broken=None, reason="")
    broken("https://example.org/moved", status="moved", first_seen_broken=None, moved_to="https://example.org/new")

    found = client.get(LIST + query).context["cl"].result_list

    assert sorted(link.url.rpartition("/")[2] for link in found) == urls


def test_an_address_that_moved_says_where_it_is_now(client, webmaster):
    broken(status="moved", first_seen_broken=None, code=200, reason="", moved_to="https://example.org/new")

    assert "moved for good 200 · now at https://example.org/new" in words(client.get(f"{LIST}?status=moved"))


def test_an_address_with_markup_in_it_stays_text(client, webmaster):
    broken('https://example.org/"><script>alert(1)</script>', moved_to="<script>")

    assert "<script>alert" not in client.get(LIST).content.decode()


def test_check_again_now_asks_in_the_background(client, webmaster, settings):
    with serving(settings, {"/": ok()}) as server:
        link = broken(f"{server.url}/")
        other = broken()

        response = client.post(LIST, {"action": "check_now", "_selected_action": [link.pk]}, follow=True)
        asked_at_once = server.asked[:]
        run_due_jobs()

    assert "1 address is being checked." in response.content.decode()
    assert asked_at_once == []
    link.refresh_from_db()
    other.refresh_from_db()
    assert (link.status, link.first_seen_broken, other.checks) == ("ok", None, 0)


def test_nobody_else_sees_or_checks_links_and_nobody_changes_them(client):
    link = broken()
    client.force_login(coordinator_of(PracticeFactory().city))
    refused = [
        client.get(LIST).status_code,
        client.get(f"{LIST}{link.pk}/change/").status_code,
        client.post(LIST, {"action": "check_now", "_selected_action": [link.pk]}).status_code,
    ]

    client.force_login(with_role("Webmasters"))
    kept = [client.get(f"{LIST}add/").status_code, client.post(f"{LIST}{link.pk}/change/", {"url": "x"}).status_code]

    assert (refused, kept) == ([403, 403, 403], [403, 403])
    assert "delete_selected" not in client.get(LIST).content.decode()


def test_the_list_takes_the_same_queries_for_few_places_and_for_many(client, webmaster):
    def place(link):
        PracticeFactory().link_uses.create(link=link, field="website")
        EventFactory().link_uses.create(link=link, field="source")

    place(broken())
    few = queries(client, LIST)
    for number in range(3):
        link = broken(f"https://example.org/{number}")
        for _use in range(3):
            place(link)

    assert queries(client, LIST) == few
    assert "and 3 more" in client.get(LIST).content.decode()
