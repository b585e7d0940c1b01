"""What readers see of the making of a practice."""

from django.urls import reverse

from editing.flow import do
from practices.models import Practice
from tests.editing.cases import approve, ready
from tests.editing.people import coordinator_of, webmaster
from tests.factories import PracticeFactory


def history(client, practice):
    return client.get(reverse("editing:history", args=[practice.slug]))


def changed(practice, writer, judge, summary, why):
    """The practice after a reviewed change of its summary."""
    copy = do("revise", practice, writer)
    copy.set_current_language("en")
    copy.summary = summary
    copy.save()
    do("submit", copy, writer)
    return approve(copy, judge, why)


def test_readers_see_what_changed_and_why_and_nobodys_name(client):
    practice = ready(state=Practice.State.PUBLISHED, title="Voucher", summary="The grant pays half of the fee.")
    writer, judge = coordinator_of(practice.city), webmaster()
    for person, name in ((writer, "Rasa Kazlauskienė"), (judge, "Jonas Jonaitis")):
        person.name = name
        person.save()
    changed(practice, writer, judge, "The grant pays a third of the fee.", "The council cut the budget.")

    page = history(client, practice).content.decode()

    assert "<del>half</del><ins>a third</ins>" in page
    assert "The council cut the budget." in page
    assert "First published." in page
    for secret in (writer.name, writer.email, judge.name, judge.email):
        assert secret not in page


def test_what_was_never_published_is_not_in_the_public_history(client):
    practice = ready(state=Practice.State.PUBLISHED, summary="The grant pays half.")
    writer = coordinator_of(practice.city)
    copy = do("revise", practice, writer)
    copy.set_current_language("en")
    copy.summary = "A rumour."
    copy.save()
    do("discard", copy, writer)

    assert "rumour" not in history(client, practice).content.decode()


def test_drafts_and_archived_practices_have_no_public_history(client):
    draft, archived = PracticeFactory(state="draft"), PracticeFactory(state="archived")

    assert [history(client, practice).status_code for practice in (draft, archived)] == [404, 404]


def test_practice_that_never_changed_says_so(client):
    practice = PracticeFactory()

    assert "not changed since" in history(client, practice).content.decode()


def test_history_takes_the_same_queries_for_one_and_for_three_versions(queries):
    practice = ready(state=Practice.State.PUBLISHED, summary="One.")
    writer, judge = coordinator_of(practice.city), webmaster()
    address = reverse("editing:history", args=[practice.slug])
    changed(practice, writer, judge, "Two.", "Why.")
    few = queries(address)
    for number in ("Three.", "Four."):
        changed(practice, writer, judge, number, "Why.")

    assert queries(address) == few


def test_archived_practice_tells_readers_why_and_where_to_go(client):
    practice = ready(state=Practice.State.PUBLISHED, title="Voucher")
    other = PracticeFactory(title="Voucher of today")
    do("archive", practice, webmaster(), "The grant ended in 2014.", replaced_by=other)

    answer = client.get(practice.get_absolute_url())

    page = answer.content.decode()
    assert answer.status_code == 410
    for text in ("Voucher", "The grant ended in 2014.", other.get_absolute_url()):
        assert text in page


def test_successor_that_readers_may_not_see_is_not_named(client):
    practice, other = ready(state=Practice.State.PUBLISHED), PracticeFactory(title="Secret plan", state="draft")
    do("archive", practice, webmaster(), "It ended.", replaced_by=other)

    assert "Secret plan" not in client.get(practice.get_absolute_url()).content.decode()
