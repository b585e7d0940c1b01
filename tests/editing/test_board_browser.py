"""The board, arranged with the mouse and by keyboard, in a browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from practices.models import Feature
from tests.barriers import barriers
from tests.editing.people import webmaster
from tests.factories import FeatureFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOARD = "/admin/practices/feature/"


@pytest.fixture
def loom():
    return FeatureFactory(place=1, practice__title="Loom", starts=timezone.localdate())


@pytest.fixture
def kiln():
    return FeatureFactory(place=2, practice__title="Kiln", starts=timezone.localdate())


def card(page, feature):
    return page.locator(f"#feature-{feature.pk}")


def drag(page, feature, where):
    card(page, feature).locator(".board-days").drag_to(where)


def place(page, number):
    return page.locator(f"[data-place='{number}']")


def places():
    return dict(Feature.objects.values_list("practice__translations__title", "place"))


def says(page, text):
    expect(page.get_by_role("status")).to_have_text(text)


def test_a_card_is_dragged_to_a_free_place_and_that_is_undone(open_browser, loom):
    page = open_browser(webmaster())
    page.goto(BOARD)

    drag(page, loom, place(page, 3).locator("h2"))
    says(page, "“Loom” stands at another place now.")
    expect(card(page, loom).get_by_role("link", name="Loom", exact=True)).to_be_focused()
    moved = places()
    page.get_by_role("button", name="Undo").click()
    says(page, "It is as it was before.")

    assert (moved, places()) == ({"Loom": 3}, {"Loom": 1})
    assert place(page, 1).locator(".board-card").count() == 1


def test_a_card_dragged_onto_another_changes_places_with_it(open_browser, loom, kiln):
    page = open_browser(webmaster())
    page.goto(BOARD)

    drag(page, loom, card(page, kiln).locator("h4"))
    says(page, "“Loom” has changed places.")

    assert places() == {"Loom": 2, "Kiln": 1}


def test_a_place_that_is_taken_says_so_and_offers_the_change(open_browser, loom, kiln):
    page = open_browser(webmaster())
    page.goto(BOARD)

    drag(page, loom, place(page, 2).locator("h2"))
    expect(page.get_by_role("alert")).to_contain_text("“Loom” stays where it is.")
    refused = places()
    page.keyboard.press("Enter")  # on the button that lets both change places
    says(page, "“Loom” has changed places.")

    assert (refused, places()) == ({"Loom": 1, "Kiln": 2}, {"Loom": 2, "Kiln": 1})


def test_a_card_let_go_at_its_own_place_stays(open_browser, loom, kiln):
    page = open_browser(webmaster())
    page.goto(BOARD)

    drag(page, loom, place(page, 1).locator("h2"))
    drag(page, loom, page.locator("h1"))

    expect(page.get_by_role("status")).to_have_text("")
    assert page.locator(".dragging, .dragged, .drop-here").count() == 0
    assert places() == {"Loom": 1, "Kiln": 2}


def test_the_buttons_do_the_same_by_keyboard_and_the_card_keeps_the_focus(open_browser):
    coming = FeatureFactory(place=1, practice__title="Loom", starts=timezone.localdate() + timedelta(days=20))
    page = open_browser(webmaster())
    page.goto(BOARD)

    card(page, coming).get_by_role("button", name="A week later").press("Enter")
    says(page, "“Loom” comes later now.")

    expect(card(page, coming).get_by_role("link", name="Loom", exact=True)).to_be_focused()
    assert Feature.objects.get().starts == coming.starts + timedelta(days=7)
    assert barriers(page) == []


def test_a_server_that_does_not_answer_moves_nothing_and_that_is_said(open_browser, loom):
    page = open_browser(webmaster())
    page.goto(BOARD)
    page.context.set_offline(True)

    drag(page, loom, place(page, 3).locator("h2"))

    says(page, "The server cannot be reached, so nothing was moved.")
    assert places() == {"Loom": 1}


def test_somebody_whose_session_has_ended_is_asked_to_sign_in(open_browser, loom):
    page = open_browser(webmaster())
    page.goto(BOARD)
    page.context.clear_cookies(name="sessionid")

    drag(page, loom, place(page, 3).locator("h2"))
    page.wait_for_url("**/account/**")

    assert places() == {"Loom": 1}


def test_without_script_the_board_works_by_its_buttons(open_browser, loom):
    page = open_browser(webmaster(), java_script_enabled=False)
    page.goto(BOARD)

    card(page, loom).get_by_role("button", name="To place 3").click()

    expect(page.locator(".messagelist li")).to_have_text("“Loom” stands at another place now.")
    assert places() == {"Loom": 3}
