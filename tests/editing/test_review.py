"""Reviewers say what they think, field by field, and judge by the same criteria each time."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from editing.flow import do
from editing.models import Comment, Judgement
from practices.models import Practice
from tests.editing.cases import in_review, judged, ready
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.factories import CityFactory, ThemeFactory

MET = {f"is_{criterion}": "yes" for criterion in Judgement.Criterion.values}


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def page_of(practice):
    return f"/admin/practices/practice/{practice.pk}/review/"


@pytest.fixture
def writer_judge_case():
    practice = ready(title="Design voucher", summary="Half of the fee.")
    writer, judge = coordinator_of(practice.city), reviewer_of(practice.theme)
    return writer, judge, in_review(practice, writer)


def test_comments_are_made_per_field_and_resolved_one_by_one(writer_judge_case):
    writer, judge, practice = writer_judge_case
    for text in ("Which year?", "Who says so?"):
        signed_in(judge).post(page_of(practice), {"what": "comment", "field": "results", "text": text})
    first, second = Comment.objects.all()

    signed_in(writer).post(page_of(practice), {"what": "resolve", "comment": first.pk})

    page = signed_in(judge).get(page_of(practice))
    assert page.context["open"] == [second]
    assert page.context["resolved"] == [first]
    assert (Comment.objects.first().resolved_by, second.by, second.field) == (writer, judge, "results")
    assert "Evidence of success" in page.content.decode()


def test_nothing_is_published_before_all_criteria_are_judged_and_comments_resolved(writer_judge_case):
    _writer, judge, practice = writer_judge_case
    practice.comments.create(field="results", text="Which year?", by=judge)
    criteria = {**MET, "is_sources": "no", "sources_note": "The report is gone."}
    signed_in(judge).post(
        page_of(practice), {"what": "judge", **criteria, "is_rights": "", "evidence": "", "cost_band": ""}
    )

    with pytest.raises(ValidationError) as refused:
        do("approve", practice, judge)

    assert refused.value.messages == [
        "“Sources” is not met.",
        "“Rights” is not judged yet.",
        "Comments that nobody has resolved: 1.",
        "The strength of the evidence is not judged yet.",
    ]
    assert Practice.objects.get().state == "in-review"


def test_evidence_and_cost_are_set_by_the_reviewer_with_a_reason(writer_judge_case):
    _writer, judge, practice = writer_judge_case
    given = {"what": "judge", **MET, "evidence": "measured", "cost_band": "under-10k"}

    without = signed_in(judge).post(page_of(practice), given)
    kept = Practice.objects.get().evidence
    signed_in(judge).post(page_of(practice), {**given, "reason": "From the report of 2012."})

    assert (without.status_code, kept) == (400, "")
    assert "Please give the reason." in without.content.decode()
    practice = Practice.objects.get()
    assert (practice.evidence, practice.cost_band) == ("measured", "under-10k")
    step = practice.steps.first()
    assert (step.act, step.by, step.message) == ("judge", judge, "From the report of 2012.")
    do("approve", practice, judge)


def test_a_criterion_that_is_not_met_says_what_is_missing_and_keeps_what_was_typed(writer_judge_case):
    _writer, judge, practice = writer_judge_case

    answer = signed_in(judge).post(
        page_of(practice),
        {"what": "judge", **MET, "is_sources": "no", "evidence": "", "cost_band": "", "reason": "Typed."},
    )

    assert answer.status_code == 400
    assert answer.context["judge_form"].errors == {"sources_note": ["Say in the note what is missing."]}
    assert answer.context["judge_form"]["reason"].value() == "Typed."
    assert not Judgement.objects.exists()


def test_each_publication_is_judged_anew(writer_judge_case):
    writer, judge, practice = writer_judge_case
    do("approve", judged(practice, judge), judge)
    copy = do("revise", practice, writer)
    do("submit", copy, writer)

    with pytest.raises(ValidationError, match="not judged yet"):
        do("approve", copy, judge)


def test_working_copy_is_shown_as_the_words_that_change_for_readers():
    practice = ready(state=Practice.State.PUBLISHED, summary="The grant pays half of the fee.", evidence="measured")
    writer, judge = coordinator_of(practice.city), reviewer_of(practice.theme)
    copy = do("revise", practice, writer)
    copy.set_current_language("en")
    copy.summary = "The grant pays a third of the fee."
    copy.save()
    do("submit", copy, writer)

    page = signed_in(judge).get(page_of(copy)).content.decode()

    assert "<del>half</del><ins>a third</ins>" in page
    assert "What changes for readers" in page


@pytest.mark.parametrize("what", ["comment", "judge", "resolve"])
def test_those_whom_the_case_does_not_concern_say_nothing(writer_judge_case, what):
    _writer, judge, practice = writer_judge_case
    comment = practice.comments.create(field="results", text="Which year?", by=judge)
    posted = {"what": what, "field": "results", "text": "Mine.", "comment": comment.pk, **MET, "evidence": "measured"}
    strangers = [coordinator_of(CityFactory()), reviewer_of(ThemeFactory())]

    answers = [signed_in(person).post(page_of(practice), posted).status_code for person in strangers]

    assert answers == [404, 404]
    assert list(Comment.objects.values_list("text", "resolved_at")) == [("Which year?", None)]
    assert not Judgement.objects.exists()


def test_writers_do_not_judge_their_own_case(writer_judge_case):
    writer, _judge, practice = writer_judge_case
    master = webmaster()
    do("take-back", practice, writer)
    do("submit", practice, master)

    answers = [
        signed_in(person).post(page_of(practice), {"what": "judge", **MET, "evidence": "measured", "reason": "x"})
        for person in (writer, master)
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert Practice.objects.get().evidence == ""


@pytest.mark.parametrize(
    "posted",
    [
        {"what": "comment", "field": "password", "text": "x"},
        {"what": "comment", "field": "results", "text": ""},
        {"what": "comment", "field": "results", "text": "x" * 2001},
        {"what": "comment", "field": "results", "text": "a\x00b"},
        {"what": "nonsense"},
        {},
        {"what": "judge", "evidence": "excellent", "reason": "x"},
    ],
)
def test_nonsense_is_refused_and_the_page_stays(writer_judge_case, posted):
    _writer, judge, practice = writer_judge_case

    answer = signed_in(judge).post(page_of(practice), posted)

    assert answer.status_code in {200, 400}
    assert not Comment.objects.exists()
