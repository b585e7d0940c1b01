import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editing import freshness
from editing.flow import do
from editing.models import Enquiry, Step
from practices.models import Practice
from tests.editing.people import coordinator_of, webmaster
from tests.factories import CityFactory, PracticeFactory
from tests.queue import run_due_jobs


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """It is one and the same moment all the time."""
    noon = datetime(2026, 6, 1, 12, tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def practice():
    """A practice that is due."""
    today = timezone.localdate()
    return PracticeFactory(title="Design voucher", verified_at=today - timedelta(days=400))


@pytest.fixture
def person(practice):
    """Its coordinator."""
    return coordinator_of(practice.city)


@pytest.fixture
def address(practice, person):
    """Where the link of the mail leads."""
    freshness.ask()
    run_due_jobs()
    [letter] = mail.outbox
    mail.outbox.clear()
    return re.search(r"http://localhost:8000(/still-true/\S+)", letter.body)[1]


def changed(practice):
    """What of the practice an answer could have changed."""
    return list(
        Practice.objects.filter(pk=practice.pk).values_list("verified_at", "verified_by", "state", "updated_at")
    )


def said(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode().partition("<main")[2]).split())


def test_the_page_shows_the_case_and_asks_and_to_open_it_changes_nothing(client, practice, person, address):
    before = changed(practice)

    responses = [client.get(address), client.head(address), client.get(address)]

    assert [response.status_code for response in responses] == [200, 200, 200]
    page = responses[0].content.decode()
    assert "Design voucher" in page
    assert practice.summary in page
    assert f'href="{practice.get_absolute_url()}"' in page
    assert f"You answer as {person}" in page
    assert changed(practice) == before
    assert (Enquiry.objects.get().used_at, Step.objects.count()) == (None, 0)


def test_nobody_keeps_or_indexes_the_page(client, address):
    response = client.get(address)

    assert {"private", "no-store"} <= set(re.split(r",\s*", response["Cache-Control"]))
    assert '<meta name="robots" content="noindex' in response.content.decode()


def test_still_true_is_noted_without_signing_in(client, practice, person, address):
    response = client.post(address, {"answer": "still-true"})

    practice.refresh_from_db()
    enquiry = Enquiry.objects.get()
    assert (response.status_code, "Thank you" in said(response)) == (200, True)
    assert (practice.verified_at, practice.verified_by) == (timezone.localdate(), person)
    assert (enquiry.answer, enquiry.used_at is not None) == ("still-true", True)
    assert list(Step.objects.values_list("act", "by")) == [("verify", person.pk)]
    run_due_jobs()
    assert mail.outbox == []


def test_needs_a_change_begins_a_working_copy_and_leads_to_it(client, practice, person, address):
    before = changed(practice)

    response = client.post(address, {"answer": "needs-change", "message": "The office moved."})

    copy = Practice.objects.get(copy_of=practice)
    assert f'href="/admin/practices/practice/{copy.pk}/change/"' in response.content.decode()
    assert list(Step.objects.values_list("act", "by", "message")) == [("revise", person.pk, "The office moved.")]
    assert (Enquiry.objects.get().answer, changed(practice)) == ("needs-change", before)


def test_needs_a_change_is_noted_in_the_log_if_somebody_works_on_it_already(client, practice, person, address):
    copy = do("revise", practice, webmaster())

    response = client.post(address, {"answer": "needs-change", "message": " The office moved. "})

    assert f'href="/admin/practices/practice/{copy.pk}/change/"' in response.content.decode()
    step = Step.objects.first()
    assert (step.practice, step.act, step.by, step.message) == (practice, "needs-change", person, "The office moved.")
    assert Practice.objects.filter(copy_of=practice).count() == 1


@pytest.mark.parametrize("answer", ["still-true", "needs-change"])
def test_a_link_works_once(client, practice, address, answer):
    client.post(address, {"answer": answer})
    steps = Step.objects.count()

    again = [
        client.get(address),
        client.post(address, {"answer": "still-true"}),
        client.post(address, {"answer": "needs-change"}),
    ]

    assert [response.status_code for response in again] == [410, 410, 410]
    assert "This question is answered" in said(again[0])
    assert (Step.objects.count(), Practice.objects.filter(copy_of=practice).count()) == (
        steps,
        answer == "needs-change",
    )


def closed(client, address):
    """What a link that is closed says and answers; nothing may have come of it."""
    before = list(Step.objects.values_list("pk")), list(Practice.objects.values_list("pk", "verified_at"))
    shown, posted = client.get(address), client.post(address, {"answer": "still-true", "message": "The office moved."})
    assert (list(Step.objects.values_list("pk")), list(Practice.objects.values_list("pk", "verified_at"))) == before
    assert "The office moved." in said(posted)
    assert shown.status_code == posted.status_code
    assert 'href="/contact/"' in shown.content.decode()
    return shown.status_code, re.search(r"<h1>(.*?)</h1>", shown.content.decode())[1]


def test_a_link_expires_after_sixty_days(client, address):
    Enquiry.objects.update(expires_at=timezone.now())

    assert closed(client, address) == (410, "This link is too old")


@pytest.mark.parametrize(
    "forge", [lambda link: link[:-2] + "x/", lambda link: "/still-true/abc/", lambda link: link.replace(".", "x.")]
)
def test_a_forged_link_is_refused(client, address, forge):
    assert closed(client, forge(address)) == (403, "This link is not whole")


def test_a_link_whose_question_is_forgotten_is_not_found(client, address):
    Enquiry.objects.all().delete()

    assert closed(client, address) == (404, "We do not know this link")


def test_a_link_to_an_archived_practice_is_gone(client, practice, address):
    do("archive", practice, webmaster(), "The grant ended.")

    assert closed(client, address) == (410, "This practice is not published any more")


@pytest.mark.parametrize("leave", ["inactive", "no staff", "no role", "other city"])
def test_a_link_of_somebody_who_does_not_look_after_the_city_any_more_is_refused(client, person, address, leave):
    if leave == "no role":
        person.groups.clear()
    elif leave == "other city":
        person.cities.set([CityFactory()])
    else:
        field = "is_active" if leave == "inactive" else "is_staff"
        type(person).objects.filter(pk=person.pk).update(**{field: False})

    assert closed(client, address) == (403, "This link is no longer yours")


def test_a_link_is_settled_when_somebody_else_was_faster(client, practice, address):
    freshness.verify(practice, webmaster())

    assert closed(client, address) == (410, "Somebody was faster")


@pytest.mark.parametrize("data", [{}, {"answer": "perhaps"}, {"answer": "needs-change", "message": "x" * 2001}])
def test_an_answer_that_makes_no_sense_is_refused_and_kept(client, practice, address, data):
    before = changed(practice)

    response = client.post(address, {"message": "The office moved.", **data})

    assert response.status_code == 400
    assert data.get("message", "The office moved.") in response.content.decode()
    assert (changed(practice), Enquiry.objects.get().used_at) == (before, None)


def test_an_answer_without_the_token_of_our_form_is_refused(practice, address):
    before = changed(practice)

    response = Client(enforce_csrf_checks=True).post(address, {"answer": "still-true"})

    assert (response.status_code, changed(practice)) == (403, before)


def test_who_is_signed_in_as_somebody_else_answers_as_the_one_who_was_asked(client, practice, person, address):
    client.force_login(webmaster())

    client.post(address, {"answer": "still-true"})

    assert Practice.objects.get().verified_by == person


def test_other_methods_are_refused(client, address):
    assert client.put(address).status_code == 405


# What readers see


@pytest.mark.parametrize(
    ("verified", "published", "text"),
    [
        (365, 900, "Last verified on"),
        (366, 900, "Not verified since"),
        (None, 365, "Published on"),
        (None, 366, "not verified since"),
    ],
)
def test_readers_see_how_fresh_a_practice_is(client, verified, published, text):
    now = timezone.now()
    day = None if verified is None else timezone.localdate() - timedelta(days=verified)
    PracticeFactory(slug="own", published_at=now - timedelta(days=published), verified_at=day)

    page = said(client.get("/practices/own/"))

    shown = re.search(r"Still true\? (.*? \d{4}(, not verified since)?)", page)[1]
    assert text in shown
    assert ("not verified since" in shown.lower()) == ("not verified" in text.lower())


def test_how_fresh_a_practice_is_costs_no_query():
    PracticeFactory()
    practice = Practice.objects.get()

    with CaptureQueriesContext(connection) as taken:
        assert practice.freshness.is_stale is False

    assert len(taken) == 0


def test_what_readers_have_never_seen_is_neither_fresh_nor_stale():
    assert PracticeFactory(state="draft").freshness is None
