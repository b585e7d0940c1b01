import re
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import MailLevel
from editing import freshness
from editing.flow import do
from editing.models import Enquiry, Step, Version
from practices.models import Practice
from search.versions import content_version
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.factories import CityFactory, PracticeFactory, UserFactory
from tests.queue import run_due_jobs

TODAY = date(2026, 6, 1)
YEAR_AGO = TODAY - timedelta(days=365)


@pytest.fixture(autouse=True)
def on_day(monkeypatch):
    """Makes it another day, the first of June to begin with."""

    def set_day(number):
        noon = datetime(2026, 6, 1, 12, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "now", lambda: noon + timedelta(days=number))

    set_day(0)
    return set_day


def at(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_default_timezone())


def due(**facts):
    """A published practice that is to be verified today."""
    return PracticeFactory(**{"published_at": at(date(2024, 1, 1)), "verified_at": YEAR_AGO, **facts})


def ask():
    """Has the due questions asked; returns what was mailed: (to, text)."""
    del mail.outbox[:]
    freshness.ask()
    run_due_jobs()
    return [(*letter.to, letter.subject, letter.body) for letter in mail.outbox]


def asked():
    """Whom it was asked by mail: (to, subject)."""
    return sorted((to, subject) for to, subject, _body in ask())


# What is due


@pytest.mark.parametrize(
    ("verified_at", "published_at", "is_due"),
    [
        (YEAR_AGO, at(date(2020, 1, 1)), True),
        (YEAR_AGO + timedelta(days=1), at(date(2020, 1, 1)), False),
        (None, at(YEAR_AGO), True),
        (None, at(YEAR_AGO + timedelta(days=1)), False),
    ],
)
def test_a_practice_is_due_a_year_after_it_was_verified_or_else_published(verified_at, published_at, is_due):
    practice = PracticeFactory(verified_at=verified_at, published_at=published_at)

    found = [(row, row.due_at) for row in freshness.due(Practice.objects.all())]

    assert found == ([(practice, TODAY)] if is_due else [])
    assert practice.freshness.due_at == (TODAY if is_due else TODAY + timedelta(days=1))


def test_only_what_readers_see_is_due_and_the_longest_overdue_comes_first():
    late, later = due(), due(verified_at=date(2024, 5, 1))
    for state in set(Practice.State.values) - {"published"}:
        due(state=state)

    assert list(freshness.due(Practice.objects.all())) == [later, late]


def test_what_will_be_due_can_be_seen_before():
    soon = due(verified_at=YEAR_AGO + timedelta(days=10))

    found = freshness.due(Practice.objects.all(), by=TODAY + timedelta(days=10))

    assert [(practice, practice.due_at) for practice in found] == [(soon, TODAY + timedelta(days=10))]


def test_how_long_a_verification_counts_is_a_setting(settings):
    settings.VERIFY_AFTER_DAYS = 10
    practice = due(verified_at=TODAY - timedelta(days=10))

    assert list(freshness.due(Practice.objects.all())) == [practice]
    assert practice.freshness.due_at == TODAY


def test_numbers_of_a_desk_take_one_query(django_assert_num_queries):
    due()
    due(verified_at=YEAR_AGO + timedelta(days=30))
    due(verified_at=TODAY)
    due(verified_at=None)
    due(state="draft")

    with django_assert_num_queries(1):
        numbers = freshness.numbers(Practice.objects.all())

    assert numbers == {"published": 4, "due": 2, "soon": 1, "never": 1}


# Verifying


def test_to_verify_notes_the_day_and_the_person_and_nothing_else():
    practice = due(title="Design voucher")
    person = coordinator_of(practice.city)
    before, version = Practice.objects.filter(pk=practice.pk).values().get(), content_version()

    freshness.verify(practice, person)

    after = Practice.objects.filter(pk=practice.pk).values().get()
    changed = {name: value for name, value in after.items() if before[name] != value}
    assert changed == {"verified_at": TODAY, "verified_by_id": person.pk}
    assert list(Step.objects.values_list("practice", "act", "before", "after", "by", "message")) == [
        (practice.pk, "verify", "published", "published", person.pk, "")
    ]
    assert (Version.objects.count(), content_version() > version) == (0, True)
    run_due_jobs()
    assert mail.outbox == []


def test_webmasters_verify_everything_coordinators_what_is_of_their_cities():
    practice = due()

    freshness.verify(practice, webmaster())
    for stranger in (
        coordinator_of(CityFactory()),
        reviewer_of(practice.theme),
        UserFactory(is_staff=True),
        UserFactory(),
    ):
        with pytest.raises(PermissionDenied):
            freshness.verify(practice, stranger)

    assert Step.objects.count() == 1


def test_somebody_who_has_left_verifies_nothing():
    practice = due()
    person = coordinator_of(practice.city)
    person.is_active = False

    with pytest.raises(PermissionDenied):
        freshness.verify(practice, person)

    assert Practice.objects.get().verified_at == YEAR_AGO


@pytest.mark.parametrize("state", sorted(set(Practice.State.values) - {"published"}))
def test_what_readers_do_not_see_is_not_verified(state):
    practice = due(state=state)

    with pytest.raises(ValidationError):
        freshness.verify(practice, webmaster())

    assert (Practice.objects.get().verified_at, Step.objects.count()) == (YEAR_AGO, 0)


# Asking


def test_each_coordinator_gets_one_mail_with_all_that_is_due_of_their_cities():
    tallinn, lisbon = CityFactory(), CityFactory()
    due(city=tallinn, title="Design voucher"), due(city=tallinn, title="Open studio"), due(city=lisbon, title="Fab lab")
    due(city=tallinn, title="Fresh", verified_at=TODAY)
    both, one = coordinator_of(tallinn, lisbon), coordinator_of(tallinn)
    webmaster()

    letters = sorted(ask())

    assert [(to, subject) for to, subject, _body in letters] == sorted(
        [(both.email, "Are they still true? 3 practices"), (one.email, "Are they still true? 2 practices")]
    )
    body = next(body for to, _subject, body in letters if to == one.email)
    assert "Design voucher\nNot verified since" in body or "Design voucher\nLast verified on" in body
    assert len(re.findall(r"^http://localhost:8000/still-true/\S+/$", body, re.MULTILINE)) == 2
    assert "Fresh" not in body
    assert Enquiry.objects.count() == 5


def test_a_mail_about_one_practice_names_it():
    practice = due(title="Design voucher")
    person = coordinator_of(practice.city)

    assert asked() == [(person.email, "Is it still true? Design voucher")]


def test_a_mail_speaks_the_language_of_the_person_and_leads_to_pages_in_it():
    practice = due()
    person = coordinator_of(practice.city)
    person.language = "de"
    person.save()

    [(_to, _subject, body)] = ask()

    assert "http://localhost:8000/de/still-true/" in body


def test_a_city_without_coordinators_is_the_webmasters_business():
    due(title="Design voucher")
    keeper, chief = webmaster(), UserFactory(is_staff=True, is_superuser=True)

    assert asked() == sorted((person.email, "Is it still true? Design voucher") for person in (keeper, chief))


@pytest.mark.parametrize("facts", [{"is_active": False}, {"is_staff": False}, {"mails": MailLevel.NONE}])
def test_nobody_is_written_to_who_has_left_or_wants_no_mail(facts):
    practice = due()
    person = coordinator_of(practice.city)
    type(person).objects.filter(pk=person.pk).update(**facts)

    assert asked() == []


def test_somebody_who_edits_a_city_without_being_a_coordinator_is_not_asked():
    practice = due()
    practice.city.editors.add(reviewer_of(practice.theme))

    assert asked() == []


def test_who_is_not_reached_by_the_coordinators_mails_is_asked_through_the_webmaster():
    practice = due(title="Design voucher")
    silent, keeper = coordinator_of(practice.city), webmaster()
    silent.mails = MailLevel.NONE
    silent.save()

    assert asked() == [(keeper.email, "Is it still true? Design voucher")]


def test_a_question_is_asked_again_after_thirty_days_three_times_at_most(on_day):
    practice = due()
    coordinator_of(practice.city)

    days = []
    for day in range(0, 200, 5):
        on_day(day)
        if asked():
            days.append(day)

    assert days == [0, 30, 60, 90]
    assert sorted(Enquiry.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert list(freshness.due(Practice.objects.all())) == [practice]


def test_after_it_was_verified_the_questions_begin_anew_a_year_later(on_day):
    practice = due()
    person = coordinator_of(practice.city)
    ask()
    on_day(10)
    freshness.verify(practice, person)

    days = []
    for day in (30, 60, 374, 375, 376, 405):
        on_day(day)
        if asked():
            days.append(day)

    assert days == [375, 405]
    assert sorted(Enquiry.objects.values_list("number", flat=True)) == [1, 1, 2]


def test_what_the_reviewers_have_before_them_is_not_asked_about():
    practice = due()
    person = coordinator_of(practice.city)
    copy = do("revise", practice, person)
    Practice.objects.filter(pk=copy.pk).update(state="in-review")

    assert asked() == []


def test_asking_takes_the_same_queries_for_few_practices_and_for_many():
    def queries():
        with CaptureQueriesContext(connection) as taken:
            freshness.people_to_ask(list(freshness.to_ask()))
        return len(taken)

    coordinator_of(due().city)
    few = queries()
    for _number in range(4):
        coordinator_of(due().city)

    assert queries() == few


def test_only_the_fingerprint_of_a_link_is_kept():
    practice = due()
    coordinator_of(practice.city)

    [(_to, _subject, body)] = ask()

    token = re.search(r"/still-true/([\w-]+)\.", body)[1]
    enquiry = Enquiry.objects.get()
    assert (enquiry.token_hash, enquiry.expires_at) == (freshness.hash_of(token), timezone.now() + timedelta(days=60))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM mail_mail WHERE text LIKE %s", [f"%{token}%"])
        assert cursor.fetchone() == (0,)
