import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError

from editing.flow import do, possible
from editing.models import Step, Version
from practices.models import Practice
from search.models import Document
from tests.editing.cases import approve, in_review, ready
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.factories import CityFactory, PracticeFactory, ThemeFactory, UserFactory


def titles():
    return sorted(Document.objects.filter(kind="practice").values_list("title", flat=True))


def test_draft_comes_to_the_readers_by_two_people():
    practice = ready(title="Design voucher")
    writer, judge = coordinator_of(practice.city), reviewer_of(practice.theme)

    do("submit", practice, writer)
    approve(practice, judge, "First publication.")

    practice = Practice.objects.get()
    assert (practice.state, practice.verified_by) == ("published", judge)
    assert titles() == ["Design voucher"]
    assert list(practice.steps.order_by("pk").values_list("act", "before", "after", "by")) == [
        ("submit", "draft", "in-review", writer.pk),
        ("judge", "in-review", "in-review", judge.pk),
        ("approve", "in-review", "published", judge.pk),
    ]
    newest, submitted = practice.versions.newest()
    assert (newest.note, newest.published_at is not None) == ("First publication.", True)
    assert (submitted.made_by, submitted.published_at) == (writer, None)


def test_nobody_approves_what_they_wrote_or_submitted():
    practice = ready()
    both = webmaster()
    practice = in_review(practice, both)

    with pytest.raises(PermissionDenied):
        do("approve", practice, both)

    assert Practice.objects.get().state == "in-review"
    assert [act.name for act in possible(both, practice)] == ["take-back"]


def test_a_working_copy_does_not_publish_again_what_was_withdrawn():
    case = ready(state="published", title="Old")
    writer, judge, master = coordinator_of(case.city), reviewer_of(case.theme), webmaster()
    copy = in_review(do("revise", case, writer), writer)
    do("archive", case, master, "Out of date.")

    with pytest.raises(ValidationError, match="is withdrawn"):
        approve(copy, judge)
    withdrawn = Practice.objects.get(pk=case.pk).state
    do("republish", case, master)
    approve(copy, judge)

    assert withdrawn == "archived"
    assert list(Practice.objects.values_list("state", flat=True)) == ["published"]


def test_a_superuser_does_not_skip_the_review_either():
    practice = ready()
    superuser = UserFactory(is_superuser=True, is_staff=True)

    with pytest.raises(ValidationError):
        do("approve", practice, superuser)

    assert Practice.objects.get().state == "draft"


def test_saving_a_practice_does_not_move_it():
    practice = Practice.objects.get(pk=ready().pk)
    practice.state = Practice.State.PUBLISHED

    with pytest.raises(ValueError, match="editorial flow"):
        practice.save()

    assert Practice.objects.get().state == "draft"


def test_incomplete_case_is_not_submitted_and_says_what_is_missing():
    practice = PracticeFactory(state=Practice.State.DRAFT, challenge="Small firms do not know designers.")
    writer = coordinator_of(practice.city)

    with pytest.raises(ValidationError) as refused:
        do("submit", practice, writer)

    assert refused.value.messages == [
        "“What was done” is empty.",
        "“Evidence of success” is empty.",
        "“Potential for transfer” is empty.",
        "There is no source: name at least one document or page that others can look at.",
    ]
    assert (Practice.objects.get().state, Step.objects.count()) == ("draft", 0)


@pytest.mark.parametrize("act", ["request-changes", "reject"])
def test_what_goes_back_to_the_writer_says_why(act):
    practice = ready()
    judge = reviewer_of(practice.theme)
    practice = in_review(practice, coordinator_of(practice.city))

    with pytest.raises(ValidationError):
        do(act, practice, judge, "  ")
    do(act, practice, judge, "The figures have no year.")

    step = Step.objects.first()
    assert (step.act, step.message) == (act, "The figures have no year.")


def test_readers_see_the_published_text_until_the_working_copy_is_approved():
    practice = ready(title="Design voucher", state=Practice.State.PUBLISHED, tags=["design"])
    writer, judge = coordinator_of(practice.city), webmaster()

    copy = do("revise", practice, writer)
    copy.set_current_language("en")
    copy.title = "Design voucher, second round"
    copy.save()
    copy.tags.add("vouchers")
    before = titles()
    do("submit", copy, writer)
    approve(copy, judge, "The second round began.")

    practice = Practice.objects.get()
    assert before == ["Design voucher"]
    assert titles() == ["Design voucher, second round"]
    assert (practice.slug, practice.state) == (practice.slug, "published")
    assert sorted(practice.tags.names()) == ["design", "vouchers"]
    assert practice.sources.count() == 1
    assert list(practice.versions.published().newest().values_list("content__texts__en__title", "note")) == [
        ("Design voucher, second round", "The second round began."),
        ("Design voucher", ""),
    ]


def test_facts_come_to_the_readers_with_the_working_copy_as_texts_do():
    facts = {
        "start_year": 2010,
        "outcome": "running",
        "website": "https://example.org/a",
        "analysis_fields": ["results"],
    }
    practice = ready(state=Practice.State.PUBLISHED, evidence="reported", lat=54.7, lon=25.3, **facts)
    writer = coordinator_of(practice.city)

    copy = do("revise", practice, writer)
    begun = Practice.objects.values(*facts, "evidence", "lat").get(pk=copy.pk)
    copy.start_year, copy.end_year, copy.outcome = 2011, 2014, "ended"
    copy.save()
    do("submit", copy, writer)
    approve(copy, webmaster())

    assert begun == {**facts, "evidence": "reported", "lat": 54.7}
    now = {**facts, "start_year": 2011, "end_year": 2014, "outcome": "ended", "evidence": "measured", "lat": 54.7}
    assert Practice.objects.values(*now).get() == now
    assert practice.versions.published().newest().first().content["end_year"] == 2014


def test_there_is_one_working_copy_at_most():
    practice = ready(state=Practice.State.PUBLISHED)
    writer = coordinator_of(practice.city)
    do("revise", practice, writer)

    with pytest.raises(ValidationError, match="working copy"):
        do("revise", practice, webmaster())

    assert Practice.objects.filter(copy_of=practice).count() == 1


def test_discarded_working_copy_stays_in_the_history():
    practice = ready(state=Practice.State.PUBLISHED, title="Design voucher")
    writer = coordinator_of(practice.city)
    copy = do("revise", practice, writer)
    copy.title = "Something else"
    copy.save()

    do("discard", copy, writer)

    assert Practice.objects.get() == practice
    assert Version.objects.newest().first().content["texts"]["en"]["title"] == "Something else"


def test_archived_practice_says_why_and_comes_back_as_it_was():
    practice = ready(state=Practice.State.PUBLISHED, title="Design voucher")
    other = PracticeFactory(title="Voucher of today")
    one = webmaster()

    do("archive", practice, one, "The grant ended.", replaced_by=other)
    gone = Practice.objects.get(pk=practice.pk)
    found = titles()
    do("republish", gone, one)

    assert (gone.state, gone.withdrawn_because, gone.replaced_by) == ("archived", "The grant ended.", other)
    assert found == ["Voucher of today"]
    assert titles() == ["Design voucher", "Voucher of today"]


def test_an_act_by_the_wrong_person_changes_nothing():
    practice = ready()
    strangers = [
        coordinator_of(CityFactory()),
        reviewer_of(ThemeFactory()),
        reviewer_of(practice.theme),
        UserFactory(is_staff=True),
        UserFactory(),
    ]

    for stranger in strangers:
        with pytest.raises((PermissionDenied, ValidationError)):
            do("submit", practice, stranger)

    assert (Practice.objects.get().state, Step.objects.count(), Version.objects.count()) == ("draft", 0, 0)


def test_somebody_who_has_left_may_nothing():
    practice = ready()
    writer = coordinator_of(practice.city)
    writer.is_active = False

    with pytest.raises(PermissionDenied):
        do("submit", practice, writer)


def test_roles_are_groups_that_a_fresh_database_has():
    assert set(Group.objects.values_list("name", flat=True)) >= {"Coordinators", "Reviewers", "Webmasters"}
