import pytest

from editing.flow import do
from practices.models import Practice
from tests.editing.cases import approve, ready
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.factories import CityFactory, ThemeFactory


@pytest.fixture
def letters(run_queue, mailoutbox):
    """What was written since the last time: (to whom, subject)."""

    def since():
        run_queue()
        found = sorted((mail.to[0], mail.subject) for mail in mailoutbox)
        mailoutbox.clear()
        return found

    return since


def test_each_hand_over_is_told_to_those_who_must_act_next(letters):
    practice = ready(title="Design voucher")
    writer, colleague = coordinator_of(practice.city), coordinator_of(practice.city)
    judge, master = reviewer_of(practice.theme), webmaster()
    coordinator_of(CityFactory()), reviewer_of(ThemeFactory())

    do("submit", practice, writer)
    submitted = letters()
    do("request-changes", practice, judge, "The figures have no year.")
    requested = letters()
    do("submit", practice, colleague)
    letters()
    approve(practice, judge)
    approved = letters()

    assert submitted == sorted((person.email, "Submit for review: Design voucher") for person in (judge, master))
    assert requested == sorted((person.email, "Request changes: Design voucher") for person in (writer, colleague))
    assert approved == []


def test_people_choose_how_much_they_are_written_to(letters):
    practice = ready(title="Design voucher")
    writer, judge = coordinator_of(practice.city), reviewer_of(practice.theme)
    everything, nothing = coordinator_of(practice.city), reviewer_of(practice.theme)
    for person, level in ((everything, "all"), (nothing, "none")):
        person.mails = level
        person.save()

    do("submit", practice, writer)

    assert letters() == sorted((person.email, "Submit for review: Design voucher") for person in (everything, judge))


def test_letter_says_who_why_and_where_to_go_on(run_queue, mailoutbox, settings):
    practice = ready(title="Design voucher")
    writer, judge = coordinator_of(practice.city), reviewer_of(practice.theme)
    do("submit", practice, writer)
    run_queue()
    mailoutbox.clear()

    do("reject", practice, judge, "It is the same as last year's.")

    run_queue()
    text = mailoutbox[0].body
    for part in ("This case waits for you.", judge.name, "It is the same as last year's."):
        assert part in text
    assert f"{settings.SITE_URL}/admin/practices/practice/{practice.pk}/change/" in text


def test_people_who_have_left_are_not_written_to(letters):
    practice = ready()
    gone = reviewer_of(practice.theme)
    gone.is_active = False
    gone.save()

    do("submit", practice, coordinator_of(practice.city))

    assert letters() == []


def test_an_act_that_fails_is_told_to_nobody(letters):
    practice = ready(state=Practice.State.PUBLISHED)
    judge, writer = webmaster(), coordinator_of(practice.city)
    copy = do("revise", practice, writer)
    letters()
    copy.sources.all().delete()

    with pytest.raises(Exception, match="source"):
        do("submit", copy, writer)

    assert (letters(), judge.mails) == ([], "mine")
