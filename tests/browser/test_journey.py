import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def number(page):
    """How many practices the list says it has found."""
    return int(re.match(r"\d+", page.locator("#results-title").inner_text())[0])


def tab_to(page, target):
    """Presses the tab key until the target has the focus."""
    for _step in range(200):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"The tab key does not lead to {target}.")


def test_a_reader_finds_a_practice_and_the_list_changes_in_place(page):
    page.get_by_label("What are you looking for?").fill("design")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/practices/\?q=design$"))
    found = number(page)
    page.evaluate("window.sameDocument = true")

    choice = page.locator("#facet-theme input").first
    count = int(page.locator("#facet-theme .choice-count").first.inner_text())
    identity = choice.get_attribute("id")
    choice.check()

    expect(page.locator("#announcement")).to_have_text(f"{count} practices")
    assert number(page) == count < found
    assert re.search(r"/practices/\?q=design&theme=[a-z-]+$", page.url)
    assert page.title() == "Practices: design · Crossinno"
    assert page.evaluate("[document.activeElement.id, window.sameDocument]") == [identity, True]
    expect(page.locator(f"#{identity}")).to_be_checked()

    page.go_back()
    expect(page.locator("#results-title")).to_have_text(f"{found} practices")
    assert page.url.endswith("/practices/?q=design")
    expect(page.locator("#facet-theme input:checked")).to_have_count(0)

    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text(re.compile(r"^Page 2 of"))).to_be_visible()
    assert page.url.endswith("/practices/?q=design&page=2")
    assert page.evaluate("document.activeElement.id") == "results-title"

    card = page.locator(".card-title a").first
    title = card.inner_text()
    card.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_same_works_without_javascript_and_without_a_mouse(open_page):
    page = open_page(java_script_enabled=False)
    tab_to(page, page.get_by_label("What are you looking for?"))
    page.keyboard.type("design")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/practices/\?q=design$"))
    count = int(page.locator("#facet-theme .choice-count").first.inner_text())

    tab_to(page, page.locator("#facet-theme input").first)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Show these"))
    page.keyboard.press("Enter")

    expect(page.locator("#results-title")).to_have_text(f"{count} practices")
    assert re.search(r"/practices/\?q=design&theme=[a-z-]+&from=&to=$", page.url)

    tab_to(page, page.get_by_role("link", name="Next"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"^Page 2 of"))).to_be_visible()

    card = page.locator(".card-title a").first
    title = card.inner_text()
    tab_to(page, card)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_skip_link_leads_to_the_content(page):
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#content")).to_be_focused()


def test_removing_a_chip_keeps_the_reader_at_the_results(open_page):
    page = open_page("/practices/?q=design&outcome=running")
    page.locator("#without-1").click()

    expect(page.locator("#without-1")).to_have_count(0)
    assert page.url.endswith("/practices/?q=design")
    assert page.evaluate("document.activeElement.id") == "results-title"


def test_folds_stay_as_the_reader_left_them(open_page):
    page = open_page("/practices/")
    page.locator("#facet-city summary").click()
    page.locator("#facet-theme input").first.check()
    expect(page.locator("#announcement")).not_to_be_empty()

    assert page.locator("#facet-city").evaluate("fold => fold.open") is True
