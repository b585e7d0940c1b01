"""What the form of a case does about positions and sources while somebody works in it."""

import pytest
from playwright.sync_api import expect

from editing.models import Link
from editing.position import Frame
from practices.models import Practice
from tests.desk import change_page
from tests.editing.people import coordinator_of
from tests.editing.web import ok, serving
from tests.factories import CityFactory, PracticeFactory
from tests.queue import run_due_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VILNIUS = (54.6872, 25.2797)


@pytest.fixture
def draft():
    return PracticeFactory(state="draft", city=CityFactory(name="Vilnius", lat=VILNIUS[0], lon=VILNIUS[1]))


@pytest.fixture
def open_form(open_browser, draft):
    """Opens the form of the draft for somebody who writes it."""
    person = coordinator_of(draft.city)

    def open_form(**options):
        page = open_browser(person, **options)
        page.goto(change_page(draft))
        return page

    return open_form


def numbers(page):
    """The latitude and longitude as they stand in the form."""
    return tuple(float(page.locator(f"#id_{name}").input_value()) for name in ("lat", "lon"))


def test_position_is_chosen_by_button_pointer_arrows_and_numbers(open_form, draft):
    page = open_form(viewport={"width": 1280, "height": 900})
    lat, said, sheet = page.locator("#id_lat"), page.locator("#position-said"), page.locator(".position-touch")
    page.locator("#id_summary").fill("Typed meanwhile.")
    expect(said).to_have_text("No position yet: readers find the case at its city.")

    page.get_by_role("button", name="Take the city's position").click()
    expect(lat).to_have_value("54.6872")
    expect(said).to_have_text("54.6872, 25.2797, 0 km from Vilnius.")

    page.get_by_role("button", name="Closer").click()
    expect(page.get_by_text("10 km")).to_be_visible()
    box = sheet.bounding_box()
    sheet.click(position={"x": box["width"] * 0.75, "y": box["height"] / 2})
    expect(lat).not_to_have_value("54.6872")
    expected = Frame.around(VILNIUS, 3).place(750, 460)
    assert numbers(page) == pytest.approx(expected, abs=0.005)

    before = numbers(page)
    for _time in range(4):
        sheet.press("ArrowUp")
    expect(lat).not_to_have_value(str(before[0]))
    page.wait_for_function("before => Number(document.getElementById('id_lat').value) > before + 0.005", arg=before[0])
    assert numbers(page)[1] == pytest.approx(before[1], abs=0.01)

    lat.fill("38.7")
    page.locator("#id_lon").fill("-9.1")
    expect(said).to_contain_text("That is far away. Is it right?")
    expect(page.locator("#id_summary")).to_have_value("Typed meanwhile.")

    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator(".messagelist .warning")).to_contain_text("That is far away.")
    saved = Practice.objects.get()
    assert (saved.lat, saved.lon, saved.summary) == (38.7, -9.1, "Typed meanwhile.")


def test_position_typed_while_the_map_is_drawn_stays(open_form):
    page, held = open_form(), []
    page.route("**/position/**", lambda route: held.append(route) if not held else route.continue_())
    touch, lat, said = page.locator(".position-touch"), page.locator("#id_lat"), page.locator("#position-said")

    with page.expect_request("**/position/**"):
        touch.press("ArrowUp")
    touch.press("ArrowUp")
    lat.fill("38.7")
    page.locator("#id_lon").fill("-9.1")
    held[0].continue_()

    expect(said).to_contain_text("38.7000, -9.1000")
    assert numbers(page) == (38.7, -9.1)


def test_map_follows_the_city_that_is_chosen(open_form, draft):
    lisbon = CityFactory(name="Lisbon", lat=38.7223, lon=-9.1393)
    coordinator = draft.city.editors.get()
    coordinator.cities.add(lisbon)
    page = open_form()

    page.locator(".field-city .select2-selection").click()
    page.get_by_role("option", name="Lisbon").click()

    expect(page.locator(".position-own text")).to_have_text("Lisbon")
    page.get_by_role("button", name="Take the city's position").click()
    expect(page.locator("#id_lon")).to_have_value("-9.1393")


def test_without_scripts_the_map_is_clicked_and_nothing_typed_is_lost(open_form):
    page = open_form(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page.locator("#id_summary").fill("Typed meanwhile.")

    page.locator(".position-touch").click(position={"x": 204, "y": 125})

    assert page.locator("#id_summary").input_value() == "Typed meanwhile."
    assert numbers(page) == pytest.approx(Frame.around(VILNIUS, 2).place(750, 460), abs=0.02)

    page.get_by_role("button", name="Closer").click()
    page.get_by_role("button", name="Save", exact=True).last.click()

    saved = Practice.objects.get()
    assert saved.lon == pytest.approx(26, abs=0.3)
    assert saved.summary == "Typed meanwhile."


def test_address_of_a_source_is_judged_while_it_is_typed(open_form, settings):
    other = PracticeFactory(title="Voucher")
    page = open_form()
    address, said = page.locator("#id_sources-0-url"), page.locator("#sources-0 .source-said")

    address.fill("example.org")
    expect(said).to_have_text("An address of the web begins with https:// or http://.")

    with serving(settings, {"/report": ok(), "/robots.txt": ok(b"")}) as server:
        other.sources.create(title="Report", url=f"{server.url}/report")
        address.fill(f"{server.url}/report")
        expect(said).to_contain_text("Asking whether it answers …")
        expect(said.get_by_role("link", name="Voucher")).to_be_visible()
        assert server.asked == []
        run_due_jobs()
        expect(said).to_contain_text("It answered on")

    address.fill("")
    expect(said).to_be_empty()


def test_added_rows_of_sources_are_judged_too(open_form):
    page = open_form()

    page.get_by_role("button", name="Add another Source").click()
    page.locator("#id_sources-1-url").fill("ftp://example.org")

    expect(page.locator("#sources-1 .source-said")).to_contain_text("begins with https://")
    expect(page.locator("#sources-0 .source-said")).to_be_empty()
    assert not Link.objects.exists()


def test_enter_in_a_line_saves_and_throws_nothing_away_that_was_typed_before(open_form, draft):
    page = open_form()
    page.locator("#id_summary").fill("Typed in a tab that was closed.")
    expect(page.locator("#typing")).to_contain_text("Kept at")
    page.goto("about:blank")
    page.goto(change_page(draft))
    expect(page.get_by_role("button", name="Throw it away")).to_be_visible()

    page.locator("#id_address").fill("Maironio g. 11")
    page.locator("#id_address").press("Enter")

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Practice.objects.get().address == "Maironio g. 11"
