import pytest

from editing.flow import do
from editing.sheets.standing import not_yours
from practices.models import Practice
from tests.editing.cases import in_review, ready
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.editing.sheet_plans import NEW, draft, outcome, plan_of, problems
from tests.factories import (
    CityFactory,
    PracticeFactory,
    ThemeFactory,
)


@pytest.fixture
def lyon():
    ThemeFactory(slug="brokerage")
    return CityFactory(slug="lyon")


@pytest.fixture
def writer(lyon):
    return coordinator_of(lyon)


def test_a_published_practice_and_an_open_draft_may_be_changed_and_others_not(writer, lyon):
    PracticeFactory(city=lyon, slug="seen")
    draft(lyon, slug="open")
    draft(lyon, slug="asked", state=Practice.State.CHANGES_REQUESTED)
    in_review(ready(city=lyon, slug="read"), writer)
    draft(lyon, slug="gone", state=Practice.State.ARCHIVED)
    draft(lyon, slug="refused", state=Practice.State.REJECTED)
    slugs = ["seen", "open", "asked", "read", "gone", "refused"]

    rows = plan_of(writer, *({"slug": slug, "title": "Other"} for slug in slugs)).rows

    assert [(row.status, *dict(row.problems).values()) for row in rows] == [
        ("changed",),
        ("changed",),
        ("changed",),
        ("refused", "Nothing in this practice can be changed now. Its state: In review."),
        ("refused", "Nothing in this practice can be changed now. Its state: Archived."),
        ("refused", "Nothing in this practice can be changed now. Its state: Rejected."),
    ]
    titles = {practice.slug: practice.title for practice in Practice.objects.all()}
    assert {row[0] for row in outcome(writer, *({"slug": s, "title": titles[s]} for s in slugs))} == {"unchanged"}


def test_of_a_practice_with_a_working_copy_the_copy_is_meant(writer, lyon):
    case = PracticeFactory(city=lyon, slug="a", title="Seen")
    copy = do("revise", case, writer)
    copy.title = "In the copy"
    copy.save()

    assert outcome(writer, {"slug": "a", "title": "In the copy"}) == [("unchanged", [], [])]
    assert outcome(writer, {"slug": "a", "title": "New"}) == [("changed", [["title", "In the copy", "New"]], [])]

    Practice.objects.filter(pk=copy.pk).update(state=Practice.State.IN_REVIEW)
    assert problems(writer, {"slug": "a", "title": "New"}) == [
        [["slug", "Nothing in the working copy of this practice can be changed now. Its state: In review."]]
    ]
    assert problems(writer, {"slug": copy.slug, "title": "New"}) == [[["slug", not_yours()]]]


def test_a_former_slug_leads_to_its_practice(writer, lyon):
    practice = Practice.objects.get(pk=draft(lyon, slug="old", title="One").pk)
    practice.slug = "new"
    practice.save()

    assert outcome(writer, {"slug": "old", "title": "Two"}) == [("changed", [["title", "One", "Two"]], [])]


def test_nothing_tells_a_coordinator_what_other_cities_have_not_published(writer):
    other = CityFactory(slug="elsewhere")
    theirs = [
        draft(other, slug="draft", title="Secret voucher"),
        draft(other, slug="asked", title="Secret", state=Practice.State.CHANGES_REQUESTED),
        draft(other, slug="archived", state=Practice.State.ARCHIVED),
        draft(other, slug="rejected", state=Practice.State.REJECTED),
        in_review(ready(city=other, slug="read"), coordinator_of(other)),
    ]
    seen = PracticeFactory(city=other, slug="seen")
    do("revise", seen, coordinator_of(other))
    answers = {
        practice.slug: outcome(writer, {"slug": practice.slug, "title": "Secret voucher"})
        for practice in [*theirs, seen, Practice.objects.get(copy_of=seen)]
    }

    refused = [("refused", [], [["slug", not_yours()]])]
    changed = [("refused", [["title", seen.title, "Secret voucher"]], [["slug", not_yours()]])]
    assert answers.pop("seen") == changed
    assert list(answers.values()) == [refused] * 6
    assert outcome(writer, {"slug": "seen", "title": seen.title}) == [("unchanged", [], [])]


def test_a_coordinator_puts_no_practice_into_another_city(writer, lyon):
    CityFactory(slug="elsewhere")
    draft(lyon, slug="mine")

    refused = [[["city", "You do not write for this city."]]]
    assert problems(writer, NEW | {"city": "elsewhere"}) == refused
    assert problems(writer, {"slug": "mine", "city": "elsewhere"}) == refused


def test_a_reviewer_who_may_look_may_not_change(lyon):
    read = in_review(ready(city=lyon, slug="read", title="Read"), coordinator_of(lyon))

    assert problems(reviewer_of(read.theme), {"slug": "read", "title": "Other"}) == [[["slug", not_yours()]]]


def test_a_webmaster_changes_every_city(lyon):
    draft(lyon, slug="a")

    assert [row.status for row in plan_of(webmaster(), {"slug": "a", "title": "B"}).rows] == ["changed"]


def test_what_reviewers_decide_is_left_aside_and_said_to_be(writer, lyon):
    draft(lyon, slug="a", title="A", evidence="reported")
    draft(lyon, slug="b", title="B", evidence="reported", cost_band="over-1m")
    cells = {"evidence": "evaluated", "cost_band": "over-1m", "state": "published"}

    plan = plan_of(writer, {"slug": "a", **cells}, {"slug": "b", **cells}, {"slug": "b"})

    assert [row.changes for row in plan.rows[:2]] == [[], []]
    assert plan.notes == [
        "The column “evidence” is for reading only: set by reviewers. What rows 2, 3 say there is left aside.",
        "The column “cost_band” is for reading only: set by reviewers. What row 2 says there is left aside.",
        "The column “state” is for reading only: moved by the acts of the editorial flow. "
        "What rows 2, 3 say there is left aside.",
    ]


def test_titles_that_the_city_has_already_are_pointed_out(writer, lyon):
    draft(lyon, title="Design vouchers")
    draft(CityFactory(slug="elsewhere"), title="House of makers")

    rows = plan_of(
        writer,
        NEW,
        NEW | {"title": "House of makers"},
        NEW | {"title": "The house of makers"},
        NEW | {"title": "Market"},
    ).rows

    assert [[sentence for _column, sentence in row.notes] for row in rows] == [
        ["The city has a practice of nearly the same title: “Design vouchers”. Is it the same?"],
        [],
        ["The city has a practice of nearly the same title: “House of makers”. Is it the same?"],
        [],
    ]
