import pytest
from playwright.sync_api import expect

from practices.models import Practice
from tests.factories import CityFactory, EventFactory, PracticeFactory, ThemeFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACES = ["practices/practice", "practices/theme", "practices/sector", "events/event", "cities/city", "accounts/user"]


@pytest.fixture
def page(open_strictly):
    """A page of a browser that is signed in."""
    return open_strictly(UserFactory(email="ona@example.org", is_staff=True, is_superuser=True))


def choose(page, field, text):
    """Finds something by name in a search box and takes the first offer."""
    page.locator(f"#{field} + .select2-container [role=combobox]").click()
    page.keyboard.type(text)
    page.locator(".select2-results__option", has_text=text).first.click()


def test_practice_is_entered_in_the_browser(page):
    CityFactory(slug="vilnius", name="Vilnius")
    CityFactory(slug="plzen", name="Plzeň")
    ThemeFactory(name="Brokerage")
    PracticeFactory(tags=["innovation voucher"])

    page.goto("/admin/practices/practice/add/")
    page.locator("#id_title").press_sequentially("Kūrybiniai čekiai")
    expect(page.locator("#id_slug")).to_have_value("kurybiniai-cekiai")
    page.get_by_role("textbox", name="Summary").fill("Half of the designer's fee.")
    choose(page, "id_city", "Plzeň")
    choose(page, "id_theme", "Brokerage")
    page.get_by_role("combobox", name="Tags").press_sequentially("design, innov")
    offered = page.locator("#id_tags_in_use option").evaluate_all("options => options.map((option) => option.value)")
    page.get_by_role("combobox", name="Tags").fill("design, innovation voucher")
    page.get_by_role("group", name="Sections with analysis").get_by_label("Evidence of success").check()
    page.locator("#sources-group .add-row a").click()
    page.locator("#id_sources-1-title").fill("Report")
    page.locator("#id_sources-1-url").fill("example.org/report")
    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.locator(".messagelist .success")).to_contain_text("was added successfully")
    practice = Practice.objects.get(slug="kurybiniai-cekiai")
    assert offered == ["design, innovation voucher"]
    assert (practice.city.slug, practice.theme.name, practice.state) == ("plzen", "Brokerage", "draft")
    assert set(practice.tags.names()) == {"design", "innovation voucher"}
    assert practice.analysis_fields == ["results"]
    assert list(practice.sources.values_list("title", "url")) == [("Report", "https://example.org/report")]


def test_browser_has_nothing_to_complain_about_on_any_page(page):
    EventFactory(theme=ThemeFactory(), host_city=PracticeFactory().city)

    for place in PLACES:
        page.goto(f"/admin/{place}/add/")
        page.goto(f"/admin/{place}/")
        if page.locator("#result_list").count():
            page.locator("#result_list tbody th a").first.click()
            page.locator(".historylink").click()
    page.goto("/admin/events/event/add/")
    page.locator(".field-starts .datetimeshortcuts a").nth(1).click()
    page.locator(".calendarbox td:not(.nonday) a").first.click()

    assert page.locator("#id_starts").input_value() != ""


def test_typed_text_is_not_lost_without_a_question(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto("/admin/practices/theme/add/")

    page.locator("#id_one_line").press_sequentially("What brings sectors together.")
    page.get_by_role("link", name="Editing desk").click(no_wait_after=True)
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    expect(page.locator("#id_one_line")).to_have_value("What brings sectors together.")


def test_search_boxes_have_names(page):
    page.goto("/admin/practices/practice/add/")

    names = page.locator("[role=combobox], .select2-search__field").evaluate_all(
        "boxes => boxes.map((box) => box.getAttribute('aria-label') ?? box.querySelector('input').ariaLabel)"
    )

    assert {"City: ", "Further cities", "Creative sectors"} <= set(names)
    assert None not in names
