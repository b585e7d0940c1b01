"""The whole way of a case, in a browser: from the invitation of its writer to readers, and to its second edition."""

import io

import pytest
from django.urls import reverse
from PIL import Image as Picture
from playwright.sync_api import expect

from accounts.invitations import invite, key_for
from practices.models import Practice
from tests.accounts.conftest import PASSWORD, code_of
from tests.desk import editor
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.factories import CityFactory, ThemeFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("media"),
]
OLD, NEW = "A grant pays half of the designer’s fee.", "A grant pays a third of the designer’s fee."
SECTIONS = {
    "Challenge": "Small firms do not know what designers can do for them.",
    "What was done": "The city gives a voucher to each firm that works with a designer for the first time.",
    "Evidence of success": "Of 40 firms 31 went on with a designer.",
    "Potential for transfer": "Another city needs one person and a small budget.",
}


def press(page, name, role="button"):
    """Presses what is called so in the middle of the page."""
    page.get_by_role("main").get_by_role(role, name=name).first.click()


def save(page):
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def case_page(practice):
    return reverse("admin:practices_practice_change", args=[practice.pk])


def act(page, practice, name, label, message=""):
    """Does an act of the flow as its page asks for it."""
    page.goto(reverse("admin:editing_act", args=[practice.pk, name]))
    if message:
        page.get_by_label("Message").fill(message)
    page.get_by_role("button", name=label).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_a_case_from_the_invitation_of_its_writer_to_its_second_edition(open_browser):
    city, theme = CityFactory(slug="vilnius", name="Vilnius"), ThemeFactory(slug="incentives", name="Incentives")
    judge, master = reviewer_of(theme, name="Rasa Kazlauskienė"), webmaster(name="Web Master")
    writer = coordinator_of(city, email="ona@example.org", password=None, second_factor=False)
    invite(writer, master)

    desk = open_browser()
    comes_by_invitation(desk, writer)
    enters_a_case(desk, theme)
    practice = Practice.objects.get()
    desk = loses_the_connection_and_finds_the_text_again(desk, practice)
    act(desk, practice, "submit", "Submit for review")

    review = open_browser(judge)
    asks_for_a_change(review, practice)
    makes_the_change(desk, practice)
    publishes(review, practice)
    features(open_browser(master), practice)

    reader = open_browser()
    finds(reader, practice)
    edits_while_readers_still_see_the_old_text(desk, reader, practice)


def comes_by_invitation(page, writer):
    page.goto(f"/account/invitation/?key={key_for(writer)}")
    page.get_by_label("Your name").fill("Ona Petraitė")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    press(page, "Open my account")
    page.goto("/account/second-factor/app/")
    secret = page.locator(".key code").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    press(page, "Set it up")
    expect(page.locator(".codes li")).to_have_count(10)


def enters_a_case(page, theme):
    page.goto("/admin/practices/practice/add/")
    page.locator("#id_title").press_sequentially("Design voucher")
    page.get_by_role("textbox", name="Summary").fill(OLD)
    page.locator("#id_theme + .select2-container [role=combobox]").click()
    page.keyboard.type("Incen")
    page.locator(".select2-results__option", has_text=theme.name).first.click()
    for name, text in SECTIONS.items():
        editor(page, name).first.fill(text)
    page.locator("#id_sources-0-title").fill("Report of the city")
    page.locator("#id_sources-0-url").fill("https://example.org/report")
    page.locator("#images-group .add-row a").click()
    drawn = io.BytesIO()
    Picture.new("RGB", (800, 600), "teal").save(drawn, "JPEG")
    page.locator("#id_images-0-file").set_input_files(
        {"name": "loom.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}
    )
    page.locator("#id_images-0-alternative_text").fill("Two people at a loom.")
    page.locator("#id_images-0-credit").fill("Ona Petraitė")
    page.locator("#id_images-0-licence").fill("CC BY 4.0")
    save(page)


def loses_the_connection_and_finds_the_text_again(page, practice):
    page.goto(case_page(practice))
    page.context.set_offline(True)
    lessons = editor(page, "Lessons learnt")
    lessons.fill("Firms need to be visited.")
    expect(page.locator("#typing")).to_contain_text("The server cannot be reached")
    page.context.set_offline(False)
    expect(page.locator("#typing")).to_contain_text("Kept at", timeout=15_000)
    context = page.context
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(case_page(practice))
    press(page, "Take it up again", "link")
    expect(editor(page, "Lessons learnt")).to_contain_text("Firms need to be visited.")
    save(page)
    return page


def asks_for_a_change(page, practice):
    page.goto(reverse("admin:editing_review", args=[practice.pk]))
    page.get_by_label("About").select_option("results")
    page.locator("#id_text").fill("In which year?")
    press(page, "Add the comment")
    act(page, practice, "request-changes", "Request changes", "Only the year is missing.")


def makes_the_change(page, practice):
    page = page.context.new_page()
    page.goto(case_page(practice))
    expect(page.get_by_text("Only the year is missing.")).to_be_visible()
    results = editor(page, "Evidence of success")
    results.fill("Of 40 firms 31 went on with a designer in 2012.")
    save(page)
    page.goto(reverse("admin:editing_review", args=[practice.pk]))
    press(page, "Resolved")
    act(page, practice, "submit", "Submit for review")


def publishes(page, practice):
    page.goto(reverse("admin:editing_review", args=[practice.pk]))
    for met in page.get_by_label("Met", exact=True).all():
        met.check()
    page.get_by_label("Strength of evidence").select_option("reported")
    page.get_by_label("Why this evidence and cost").fill("The city reports it itself.")
    press(page, "Save the judgement")
    act(page, practice, "approve", "Approve and publish", "First published.")


def features(page, practice):
    page.goto("/admin/practices/feature/")
    page.locator("[data-place='2']").get_by_role("link", name="Put a practice here").click()
    page.locator("#id_practice + .select2-container [role=combobox]").click()
    page.keyboard.type("Design")
    page.locator(".select2-results__option", has_text="Design voucher").first.click()
    page.get_by_label("Why").fill("Three cities ask about it.")
    save(page)
    page.locator(".board-card").drag_to(page.locator("[data-place='1'] h2"))
    expect(page.get_by_role("status")).to_have_text("“Design voucher” stands at another place now.")
    expect(page.locator("[data-place='1'] .board-card")).to_have_count(1)


def finds(page, practice):
    page.goto("/")
    expect(page.get_by_text("Three cities ask about it.")).to_be_visible()
    page.get_by_label("What are you looking for?").fill("voucher")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Design voucher").first.click()
    expect(page.get_by_text(OLD)).to_be_visible()
    expect(page.get_by_text("in 2012")).to_be_visible()
    expect(page.get_by_role("img", name="Two people at a loom.")).to_be_visible()
    page.get_by_role("link", name="What and why").click()
    expect(page.get_by_text("First published.").first).to_be_visible()


def edits_while_readers_still_see_the_old_text(desk, reader, practice):
    page = desk.context.new_page()
    act(page, practice, "revise", "Change this practice")
    page.get_by_role("textbox", name="Summary").fill(NEW)
    save(page)
    reader.goto(practice.get_absolute_url())
    expect(reader.get_by_text(OLD)).to_be_visible()
    assert set(Practice.objects.values_list("translations__summary", flat=True)) == {OLD, NEW}
