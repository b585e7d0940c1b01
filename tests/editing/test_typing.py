"""Nothing that somebody types into a case is lost."""

import pytest
from django.test import Client

from editing.flow import do
from editing.models import Typed
from practices.models import Practice
from tests.desk import change_page, errors_of, filled, save
from tests.editing.cases import approve, ready
from tests.editing.people import coordinator_of, webmaster
from tests.factories import CityFactory, PracticeFactory, PracticeSourceFactory

ADD = "/admin/practices/practice/add/"
TYPED = "/admin/practices/practice/typed/"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def taking_up():
    """What the link adds to the address of the form by which the text that was kept last is taken up."""
    return f"?language=en&typed={Typed.objects.first().form}"


@pytest.fixture
def draft():
    return PracticeFactory(state="draft", title="Voucher", summary="Half of the fee.", tags=["design"])


@pytest.fixture
def writer(draft):
    return coordinator_of(draft.city)


def test_text_typed_in_a_tab_that_was_closed_is_offered_and_taken_up(draft, writer):
    client = signed_in(writer)
    form = filled(client.get(change_page(draft)), summary="A third of the fee.", **{"sources-0-title": "Report"})

    said = client.post(TYPED, form).json()["said"]
    offer = client.get(change_page(draft)).content.decode()
    taken = client.get(change_page(draft) + taking_up())

    assert said.startswith("Kept at")
    assert "that you have not saved" in offer
    assert "Please correct" not in taken.content.decode()
    assert {name: filled(taken)[name] for name in ("summary", "sources-0-title", "title")} == {
        "summary": "A third of the fee.",
        "sources-0-title": "Report",
        "title": "Voucher",
    }
    assert Practice.objects.get().summary == "Half of the fee."


def test_what_was_taken_up_can_be_saved_and_is_then_not_offered_any_more(draft, writer):
    client = signed_in(writer)
    client.post(TYPED, filled(client.get(change_page(draft)), summary="A third of the fee."))

    saved = client.post(change_page(draft), filled(client.get(change_page(draft) + taking_up())))

    assert saved.status_code == 302
    assert Practice.objects.get().summary == "A third of the fee."
    assert "that you have not saved" not in client.get(change_page(draft)).content.decode()


def test_text_is_kept_after_the_session_has_ended(draft, writer):
    client = signed_in(writer)
    form = filled(client.get(change_page(draft)), summary="A third of the fee.")
    client.logout()

    while_typing = client.post(TYPED, form)
    refused = client.post(change_page(draft), {**form, "summary": "A quarter of the fee."})

    assert while_typing.status_code == 200
    assert refused.status_code == 302
    again = signed_in(writer).get(change_page(draft) + taking_up())
    assert filled(again)["summary"] == "A quarter of the fee."


def test_text_is_kept_when_the_form_is_refused_after_signing_in_anew(draft, writer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    form = filled(client.get(change_page(draft)), summary="A third of the fee.")

    refused = client.post(change_page(draft), {**form, "csrfmiddlewaretoken": "x" * 64})

    assert refused.status_code == 403
    assert "is kept" in refused.content.decode()
    assert Typed.objects.get().fields["summary"] == ["A third of the fee."]


def test_new_case_is_kept_before_it_is_saved_for_the_first_time(writer):
    client = signed_in(writer)
    client.post(TYPED, filled(client.get(ADD), title="Half a case"))

    assert filled(client.get(ADD + taking_up()))["title"] == "Half a case"


@pytest.mark.parametrize("end", ["approve", "discard"])
def test_text_typed_into_a_working_copy_outlives_it(draft, writer, end):
    case = ready(state="published", city=draft.city)
    copy = do("revise", case, writer)
    PracticeSourceFactory(practice=copy, title="Second source")
    client, colleague = signed_in(writer), coordinator_of(draft.city)
    form = filled(client.get(change_page(copy)), summary="A third of the fee.")
    client.post(TYPED, form)
    if end == "approve":
        do("submit", copy, colleague)
        approve(copy, webmaster())
    else:
        do("discard", copy, colleague)

    later = client.post(TYPED, {**form, "summary": "A quarter of the fee."})
    again = do("revise", Practice.objects.get(pk=case.pk), colleague)
    taken = client.get(change_page(again) + taking_up())

    assert later.status_code == 200
    assert "that you have not saved" in client.get(change_page(again)).content.decode()
    assert filled(taken)["summary"] == "A quarter of the fee."
    saved = client.post(change_page(again), filled(taken))
    assert saved.status_code in {302, 409}, errors_of(saved)
    if saved.status_code == 302:
        assert Practice.objects.get(pk=again.pk).summary == "A quarter of the fee."
    else:
        assert "A quarter of the fee." in saved.content.decode()


def test_what_is_kept_can_be_thrown_away(draft, writer):
    client = signed_in(writer)
    form = filled(client.get(change_page(draft)), summary="Nonsense.")
    client.post(TYPED, form)

    client.post(f"/admin/practices/practice/{draft.pk}/throw-away/?language=en", form)

    assert not Typed.objects.exists()


def test_nobody_keeps_text_for_others_or_with_a_made_up_token(draft, writer):
    form = filled(signed_in(writer).get(change_page(draft)), summary="Not mine.")
    left = coordinator_of(draft.city)
    token_of_somebody_who_left = filled(signed_in(left).get(change_page(draft)))
    left.cities.clear()

    answers = [
        Client().post(TYPED, posted).status_code
        for posted in (
            {**form, "typing": "made-up"},
            {**form, "typing": ""},
            {**form, "typing": form["typing"] + "x"},
            token_of_somebody_who_left,
        )
    ]

    assert answers == [403] * 4
    assert not Typed.objects.exists()
    assert Client().get(TYPED).status_code == 403


def test_text_that_is_too_long_to_be_kept_says_so(draft, writer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
    form = filled(signed_in(writer).get(change_page(draft)), description="x" * 2_000_001)

    assert Client().post(TYPED, form).status_code == 413


def test_text_that_nobody_took_up_yet_outlives_what_is_typed_beside_it(draft, writer):
    client = signed_in(writer)
    client.post(TYPED, filled(client.get(change_page(draft)), summary="Typed yesterday."))
    offer = client.get(change_page(draft))
    client.post(TYPED, filled(offer, summary="Typed today."))

    saved = client.post(change_page(draft), filled(offer, summary="Typed today, and saved."))

    assert saved.status_code == 302
    assert Practice.objects.get().summary == "Typed today, and saved."
    assert filled(client.get(change_page(draft) + taking_up()))["summary"] == "Typed yesterday."


def test_two_tabs_of_one_person_do_not_write_over_each_other(draft, writer):
    client = signed_in(writer)
    one, other = filled(client.get(change_page(draft))), filled(client.get(change_page(draft)))
    client.post(TYPED, {**one, "summary": "In one tab."})
    client.post(TYPED, {**other, "summary": "In the other tab."})
    client.post(TYPED, {**one, "summary": "In one tab, and more."})

    kept = {typed.fields["summary"][0] for typed in Typed.objects.all()}

    assert kept == {"In one tab, and more.", "In the other tab."}


def test_only_what_was_offered_is_thrown_away(draft, writer):
    client = signed_in(writer)
    client.post(TYPED, filled(client.get(change_page(draft)), summary="Typed yesterday."))
    offered = Typed.objects.get().form
    fresh = filled(client.get(change_page(draft)), summary="Typed today.")
    client.post(TYPED, fresh)

    client.post(f"/admin/practices/practice/{draft.pk}/throw-away/?language=en&form={offered}", fresh)

    assert [typed.fields["summary"] for typed in Typed.objects.all()] == [["Typed today."]]


def test_others_do_not_see_what_somebody_types(draft, writer):
    client = signed_in(writer)
    client.post(TYPED, filled(client.get(change_page(draft)), summary="Secret."))

    other = signed_in(coordinator_of(draft.city)).get(change_page(draft) + taking_up())

    assert filled(other)["summary"] == "Half of the fee."
    assert f"{writer} is writing in this case too" in other.content.decode().replace("\n", " ")


def two_forms(draft, writer):
    """The same form, opened by two people."""
    one, other = signed_in(writer), signed_in(coordinator_of(draft.city))
    return one, filled(one.get(change_page(draft))), other, filled(other.get(change_page(draft)))


def test_two_people_at_once_lose_nothing_when_they_change_different_things(draft, writer):
    source = PracticeSourceFactory(practice=draft, title="Report")
    one, his, other, hers = two_forms(draft, writer)

    one.post(change_page(draft), {**his, "title": "Grant", "tags": "design, loom"})
    response = other.post(
        change_page(draft),
        {**hers, "summary": "A third of the fee.", "tags": "craft, design", "sources-1-title": "Book"},
    )

    practice = Practice.objects.get()
    assert response.status_code == 302
    assert (practice.title, practice.summary) == ("Grant", "A third of the fee.")
    assert sorted(practice.tags.names()) == ["craft", "design", "loom"]
    assert [row.title for row in practice.sources.all()] == [source.title, "Book"]
    assert practice.versions.count() == 3


def test_a_field_that_both_changed_is_decided_on_a_page_of_its_own(draft, writer):
    one, his, other, hers = two_forms(draft, writer)
    one.post(change_page(draft), {**his, "summary": "A third of the fee."})

    asked = other.post(change_page(draft), {**hers, "summary": "Two thirds of the fee.", "title": "Grant"})

    page = asked.content.decode()
    assert asked.status_code == 409
    for text in ("A third of the fee.", "Two thirds of the fee.", "Summary (English)", str(writer)):
        assert text in page
    assert Practice.objects.get().summary == "A third of the fee."
    kept = asked.context["kept"]
    merged = other.post(
        f"/admin/practices/practice/{draft.pk}/merge/",
        {"kept": kept, "choice.summary.en": "both", "text.summary.en": "A third, later two thirds."},
    )
    practice = Practice.objects.get()
    assert merged.status_code == 302
    assert (practice.title, practice.summary) == ("Grant", "A third, later two thirds.")
    texts = practice.versions.values_list("content__texts__en__summary", flat=True)
    assert set(texts) == {"Half of the fee.", "A third of the fee.", "A third, later two thirds."}


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"choice.summary.en": "nonsense"},
        {"choice.summary.en": "both", "text.summary.en": ""},
        {"choice.summary.en": "both", "text.summary.en": "x" * 601},
        {"choice.summary.en": "both", "text.summary.en": "a\x00b"},
    ],
)
def test_undecided_fields_are_asked_about_again_and_nothing_typed_is_lost(draft, writer, choice):
    one, his, other, hers = two_forms(draft, writer)
    one.post(change_page(draft), {**his, "summary": "A third of the fee."})
    asked = other.post(change_page(draft), {**hers, "summary": "Two thirds of the fee."})

    again = other.post(f"/admin/practices/practice/{draft.pk}/merge/", {"kept": asked.context["kept"], **choice})

    assert again.status_code in {400, 409}
    assert "Two thirds of the fee." in again.content.decode()
    assert Practice.objects.get().summary == "A third of the fee."


def test_a_decision_that_comes_too_late_is_asked_for_again(draft, writer):
    one, his, other, hers = two_forms(draft, writer)
    one.post(change_page(draft), {**his, "summary": "A third of the fee."})
    asked = other.post(change_page(draft), {**hers, "summary": "Two thirds of the fee."})
    save(one, change_page(draft), summary="A quarter of the fee.")

    late = other.post(
        f"/admin/practices/practice/{draft.pk}/merge/", {"kept": asked.context["kept"], "choice.summary.en": "mine"}
    )

    assert late.status_code == 409
    assert "A quarter of the fee." in late.content.decode()
    assert Practice.objects.get().summary == "A quarter of the fee."


def test_row_that_another_has_deleted_does_not_stand_in_the_way(draft, writer):
    PracticeSourceFactory(practice=draft, title="First", position=0)
    PracticeSourceFactory(practice=draft, title="Second", position=1)
    one, his, other, hers = two_forms(draft, writer)
    one.post(change_page(draft), {**his, "sources-0-DELETE": "on"})

    response = other.post(
        change_page(draft), {**hers, "summary": "A third of the fee.", "sources-1-title": "Second, 2012"}
    )

    assert response.status_code == 302
    assert [row.title for row in Practice.objects.get().sources.all()] == ["Second, 2012"]
    assert Practice.objects.get().summary == "A third of the fee."


def test_mistakes_are_shown_before_anything_is_brought_together(draft, writer):
    one, his, other, hers = two_forms(draft, writer)
    one.post(change_page(draft), {**his, "title": "Grant"})

    wrong = other.post(change_page(draft), {**hers, "summary": ""})
    right = other.post(change_page(draft), filled(wrong, summary="A third of the fee."))

    assert (wrong.status_code, right.status_code) == (200, 302)
    practice = Practice.objects.get()
    assert (practice.title, practice.summary) == ("Grant", "A third of the fee.")


def test_the_decision_of_one_person_is_of_no_use_to_another(draft, writer):
    one, his, other, hers = two_forms(draft, writer)
    one.post(change_page(draft), {**his, "summary": "A third of the fee."})
    asked = other.post(change_page(draft), {**hers, "summary": "Two thirds of the fee."})
    stranger = signed_in(coordinator_of(CityFactory()))
    posted = {"kept": asked.context["kept"], "choice.summary.en": "mine"}

    answers = [
        client.post(f"/admin/practices/practice/{draft.pk}/merge/", posted).status_code for client in (one, stranger)
    ]

    assert answers == [403, 404]
    assert Practice.objects.get().summary == "A third of the fee."
