"""What the script of the form counts while somebody writes."""

import pytest
from playwright.sync_api import expect

from practices.models import Practice
from tests.desk import change_page, editor
from tests.editing.people import coordinator_of
from tests.factories import PracticeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(open_strictly):
    """The form of a draft in a browser."""
    practice = PracticeFactory(state=Practice.State.DRAFT, summary="word " * 20, challenge="Few firms.")
    page = open_strictly(coordinator_of(practice.city))
    page.goto(change_page(practice))
    return page


def test_words_and_completeness_follow_what_is_typed(form):
    status = form.locator("#complete [role=status]")
    challenge = form.locator("[data-words-of=id_challenge]")
    expect(status).to_have_text("8 % complete")
    expect(challenge).to_have_text("2 words, about 30 wanted")

    text = editor(form, "Challenge")
    text.click()
    form.keyboard.press("ControlOrMeta+a")
    form.keyboard.type("well-known " * 15)

    expect(challenge).to_have_text("15 words, about 30 wanted")
    expect(status).to_have_text("13 % complete")

    form.locator("#id_summary").fill("once")

    expect(form.locator("[data-words-of=id_summary]")).to_have_text("1 word, about 20 wanted")
    expect(status).to_have_text("5 % complete")


def test_example_opens_beside_its_field(form):
    example = form.locator(".field-lessons .example")

    example.locator("summary").click()

    expect(example.get_by_text("Applicants must wait")).to_be_visible()
