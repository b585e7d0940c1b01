from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from contact.models import Message
from editing.flow import do
from editing.models import Link
from mail.models import Job
from practices.models import Practice
from search.models import Asked
from tests.desk import queries
from tests.editing.cases import in_review, ready
from tests.editing.people import coordinator_of
from tests.factories import PracticeFactory

DESK = "/admin/"


def submitted(days=0, **facts):
    """A case that its coordinator submitted so many days ago."""
    practice = ready(**facts)
    practice = in_review(practice, coordinator_of(practice.city))
    practice.case.steps.update(at=timezone.now() - timedelta(days=days))
    return practice


def shown(client):
    """What the webmaster's part of the first page is made of."""
    return client.get(DESK).context["webmaster"]


def listed(client, address):
    """The rows of the list that a number leads to."""
    return list(client.get(address).context["cl"].result_list)


def number(client, name):
    """One of the numbers, by a word of the address that it leads to."""
    return next(found for found in shown(client)["numbers"] if name in found.address)


def test_the_queue_shows_who_waits_longest_first_with_city_theme_and_person(client, master):
    recent = submitted(days=1, title="New case")
    old = submitted(days=12, title="Old case")

    page = client.get(DESK)

    queue = page.context["webmaster"]["queue"]
    assert [(practice.pk, days) for practice, _person, days in queue] == [(old.pk, 12), (recent.pk, 1)]
    text = page.content.decode()
    assert f'href="/admin/practices/practice/{old.pk}/review/"' in text
    assert f"{old.city} · {old.theme}" in text
    assert "submitted by Ona Petraitė on" in text


def test_a_working_copy_waits_since_it_was_submitted_itself(client, master):
    case = PracticeFactory(title="Seen by readers", challenge="x", description="x", results="x", transferability="x")
    case.sources.create(title="Report", url="https://example.org/report")
    person = coordinator_of(case.city)
    copy = do("revise", case, person)
    in_review(copy, person)
    case.steps.filter(act="submit").update(at=timezone.now() - timedelta(days=3))

    queue = shown(client)["queue"]

    assert [(practice.pk, by, days) for practice, by, days in queue] == [(copy.pk, person, 3)]


def test_the_number_of_the_queue_leads_to_the_list_of_exactly_these(client, master):
    waiting = {submitted().pk for _number in range(12)}
    PracticeFactory()
    ready()

    part = shown(client)

    assert (part["waiting"], len(part["queue"])) == (12, 10)
    assert {practice.pk for practice in listed(client, part["waiting_address"])} == waiting


def test_what_was_not_verified_for_a_year_is_counted_and_listed(client, master, settings):
    long_ago = timezone.localdate() - timedelta(days=settings.VERIFY_AFTER_DAYS)
    stale = PracticeFactory(verified_at=long_ago)
    never = PracticeFactory(verified_at=None)
    Practice.objects.filter(pk=never.pk).update(published_at=timezone.now() - timedelta(days=800))
    PracticeFactory(verified_at=long_ago + timedelta(days=1))
    PracticeFactory(verified_at=date(2020, 1, 1), state="draft")

    found = number(client, "verified=due")

    assert found.count == 2
    assert {practice.pk for practice in listed(client, found.address)} == {stale.pk, never.pk}


def test_broken_links_are_counted_and_listed(client, master):
    gone = Link.objects.create(url="https://a.example", host="a", status="broken", first_seen_broken=date(2026, 1, 1))
    Link.objects.create(url="https://b.example", host="b", status="ok")

    found = number(client, "/link/")

    assert (found.count, listed(client, found.address)) == (1, [gone])


def test_messages_without_an_answer_are_counted_and_listed(client, master):
    facts = {"email": "reader@example.org", "text": "Thanks."}
    still_open = Message.objects.create(subject="A question", **facts)
    Message.objects.create(subject="Answered", answered=True, **facts)

    found = number(client, "/message/")

    assert (found.count, listed(client, found.address)) == (1, [still_open])


def test_invitations_that_nobody_took_up_are_counted_and_listed(client, master):
    invited = User.objects.create_user("invited@example.org", invited_at=timezone.now())
    coordinator_of()

    found = number(client, "/user/")

    assert (found.count, listed(client, found.address)) == (1, [invited])


def test_searches_that_found_nothing_are_shown_the_most_frequent_first(client, master):
    for times in range(1, 8):
        Asked.objects.create(text=f"word {times}", language="en", hits=0, times=times)
    Asked.objects.create(text="found", language="en", hits=3, times=99)

    part = shown(client)

    assert [asked.times for asked in part["searches"]] == [7, 6, 5, 4, 3]
    assert part["searches_in_all"] == 7
    assert len(listed(client, part["searches_address"])) == 7


def test_failed_work_is_counted_and_listed(client, master):
    found = number(client, "/job/")

    assert (found.count, listed(client, found.address)) == (0, [])
    assert f"state={Job.State.FAILED}" in found.address


def test_when_all_is_in_order_the_desk_says_so_in_words(client, master):
    page = client.get(DESK).content.decode()

    for sentence in (
        "Nothing waits for review.",
        "Everything published was verified within a year.",
        "No link is known to be broken.",
        "Every message is answered.",
        "Everybody who was invited has come.",
        "All mails went out, all jobs are done.",
        "Readers found something for every search.",
    ):
        assert sentence in page


def test_coordinators_do_not_see_the_desk_of_webmasters(client):
    submitted(title="Of another city")
    client.force_login(coordinator_of(PracticeFactory().city))

    response = client.get(DESK)

    assert response.context["webmaster"] is None
    assert "Of another city" not in response.content.decode()


def test_the_desk_takes_the_same_queries_for_three_cases_and_for_thirty(client, master):
    for _number in range(3):
        submitted()
    few = queries(client, DESK)
    for count in range(27):
        submitted(days=count)

    assert queries(client, DESK) == few
