from urllib.parse import urlsplit

import pytest

from tests.barriers import OVERFLOW, barriers, colour_barriers

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KINDS = {
    "home": "/",
    "practices": "/practices/",
    "practices narrowed": "/practices/?q=design&city=berlin&city=tallinn&outcome=running",
    "practices, the second page": "/practices/?page=2",
    "practices, none": "/practices/?q=xylophonist",
    "practices, not understood": "/practices/?theme=alchemy",
    "practice": "/practices/green-graffiti/",
    "themes": "/themes/",
    "theme": "/themes/brokerage/",
    "cities": "/cities/",
    "city": "/cities/berlin/",
    "events": "/events/",
    "event": "/events/policy-clinic-1-stockholm-2013/",
    "search": "/search/?q=design",
    "search, nothing": "/search/?q=xylophonist",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
    "contact": "/contact/",
    "thanks": "/contact/thanks/",
    "nothing here": "/nowhere/",
    "practice in English on a German page": "/de/practices/green-graffiti/",
}
REFUSED = {"practices, not understood": 400, "nothing here": 404}
DARK_TOO = ["home", "practices narrowed", "practice"]


def test_barriers_are_found_where_there_are_some(open_page):
    page = open_page("about:blank")
    page.set_content('<h1 style="color: #777; background: #888">Pale</h1><img src="data:,">')

    assert {"color-contrast", "image-alt", "html-has-lang"} <= {rule for rule, _where in barriers(page)}
    assert [rule for rule, _where in colour_barriers(page)] == ["color-contrast"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_has_a_barrier_or_scrolls_sideways(open_page, kind):
    page = open_page(KINDS[kind])

    found = {}
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found[width, "light"] = barriers(page), page.evaluate(OVERFLOW)
        if kind in DARK_TOO:
            page.emulate_media(color_scheme="dark")
            found[width, "dark"] = colour_barriers(page), page.evaluate(OVERFLOW)
            page.emulate_media(color_scheme="light")

    assert {seen: wrong for seen, wrong in found.items() if wrong != ([], 0)} == {}


def test_no_page_asks_another_host_breaks_the_policy_sets_a_cookie_or_fails(open_page, site):
    context = open_page("about:blank").context
    asked, said, opened = set(), [], {}
    context.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    context.on("console", lambda message: said.append((message.page.url, message.text)))
    context.on("weberror", lambda error: said.append((error.page.url, str(error.error))))
    context.on("requestfailed", lambda request: said.append((request.frame.url, request.url)))

    for kind in KINDS.keys() - {"contact"}:
        page = context.new_page()
        opened[kind] = page, page.goto(KINDS[kind]).status
    for page, _status in opened.values():
        page.wait_for_load_state("networkidle")  # all of them become quiet in the same half second

    assert {kind: status for kind, (_page, status) in opened.items()} == {
        kind: REFUSED.get(kind, 200) for kind in opened
    }
    assert asked == {urlsplit(site).netloc}
    assert [line for line in said if "status of 40" not in line[1]] == []
    assert context.cookies() == []
