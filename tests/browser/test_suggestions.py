"""The search box as a combobox: by keyboard, for ears, and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.barriers import barriers

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
BOX = "What are you looking for?"


def typed(page, text):
    """The search box of the page and its list of suggestions, once something was typed that has some."""
    box = page.get_by_label(BOX)
    box.click()
    box.press_sequentially(text)
    listbox = page.get_by_role("listbox", name="Suggestions")
    expect(listbox).to_be_visible()
    return box, listbox


def chosen(page):
    """What a screen reader says is chosen."""
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.innerText"
    )


def test_typing_opens_suggestions_and_says_how_many(page):
    box = page.get_by_label(BOX)
    expect(box).to_have_attribute("aria-expanded", "false")

    box, listbox = typed(page, "desi")

    number = listbox.get_by_role("option").count()
    assert number > 2
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-controls", listbox.get_attribute("id"))
    expect(page.locator("p[role=status]", has_text="suggestions").first).to_have_text(f"{number} suggestions")
    assert barriers(page) == []


def test_arrows_go_round_and_the_text_stays(page):
    box, listbox = typed(page, "desi")
    options = listbox.get_by_role("option")
    names, seen = options.all_inner_texts(), []

    for _step in range(len(names) + 2):
        page.keyboard.press("ArrowDown")
        seen.append(chosen(page))

    assert seen == [*names, None, names[0]]
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(listbox.locator("[aria-selected=true]")).to_have_count(1)

    page.keyboard.press("ArrowUp")
    assert chosen(page) is None
    page.keyboard.press("ArrowUp")
    assert chosen(page) == names[-1]
    expect(box).to_have_value("desi")
    expect(box).to_be_focused()


def test_home_and_end_go_back_to_the_text(page):
    box, _listbox = typed(page, "desi")

    for key, place in (("Home", 0), ("End", 4)):
        page.keyboard.press("ArrowDown")
        assert chosen(page)
        page.keyboard.press(key)
        assert chosen(page) is None
        assert box.evaluate("box => box.selectionStart") == place


def test_enter_opens_what_is_chosen(page):
    _box, listbox = typed(page, "desi")
    address = listbox.get_by_role("option").first.get_attribute("data-address")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(re.escape(address) + "$"))


def test_enter_searches_for_the_text_while_nothing_is_chosen(page):
    typed(page, "desi")

    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/practices/\?q=desi$"))


def test_escape_closes_and_keeps_the_text_and_an_arrow_opens_again(page):
    box, listbox = typed(page, "desi")
    page.keyboard.press("ArrowDown")

    page.keyboard.press("Escape")

    expect(listbox).to_be_hidden()
    expect(box).to_have_value("desi")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    assert chosen(page) is None

    page.keyboard.press("ArrowDown")
    expect(listbox).to_be_visible()
    assert chosen(page)


def test_the_tab_key_leaves_the_box_and_closes_the_list(page):
    box, listbox = typed(page, "desi")

    page.keyboard.press("Tab")

    expect(listbox).to_be_hidden()
    expect(box).not_to_be_focused()
    expect(box).to_have_value("desi")


def test_emptying_the_box_takes_the_suggestions_away(page):
    box, listbox = typed(page, "desi")

    box.fill("")
    expect(listbox).to_be_hidden()
    page.keyboard.press("ArrowDown")

    expect(listbox).to_be_hidden()


def test_a_click_opens_a_suggestion(page):
    _box, listbox = typed(page, "plzen")
    option = listbox.get_by_role("option").first
    address = option.get_attribute("data-address")

    option.click()

    page.wait_for_url(re.compile(re.escape(address) + "$"))


def test_without_script_the_box_is_a_box_and_searches(open_page):
    page = open_page(java_script_enabled=False)
    box = page.get_by_label(BOX)

    assert box.get_attribute("role") is None
    box.fill("desi")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/practices/\?q=desi$"))


@pytest.mark.parametrize(
    "address",
    [
        "/practices/?q=design&view=map",
        "/practices/?q=xylophonist&view=map",
        "/practices/?q=design&view=table",
        "/practices/?q=incubater",
        "/practices/compare/",
        "/practices/compare/?p=betahaus&p=green-graffiti",
        "/search/?q=berlin",
        "/de/search/?q=berlin",
    ],
)
def test_maps_comparisons_and_searches_have_no_barrier(open_page, address):
    page = open_page(address, viewport={"width": 1280, "height": 800})
    wide = barriers(page)
    page.set_viewport_size({"width": 320, "height": 800})

    assert (wide, barriers(page)) == ([], [])
