"""What the scripts of the form do: dragging files in, writing with marks."""

import io

import pytest
from PIL import Image as Picture
from playwright.sync_api import expect

from practices.models import Attachment, Image, Practice
from tests import pdfs
from tests.desk import change_page, editor
from tests.factories import PracticeFactory, UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("media"),
]
# Each file has a name, a type and its bytes, or how many empty ones.
DROP = """([selector, files]) => {
    const data = new DataTransfer();
    for (const [name, type, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name, { type }));
    document.querySelector(selector).dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
}"""
PASTE = """(html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


@pytest.fixture
def open_form(open_strictly):
    """Opens the form of a practice in a browser."""
    person = UserFactory(is_staff=True, is_superuser=True)

    def open_form(practice, **options):
        page = open_strictly(person, **options)
        page.goto(change_page(practice))
        if options.get("java_script_enabled", True):
            expect(page.locator(".rich-toolbar").first).to_be_visible()  # by now the text areas are dressed
        return page

    return open_form


def save(page):
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator(".messagelist .success")).to_contain_text("was changed successfully")


def png():
    file = io.BytesIO()
    Picture.new("RGB", (60, 40), "teal").save(file, "PNG")
    return list(file.getvalue())


def test_several_files_are_dragged_onto_their_lists_at_once(open_form):
    page = open_form(PracticeFactory(state="draft"))

    page.evaluate(DROP, ["#images-group", [["a.png", "image/png", png()], ["b.png", "image/png", png()]]])
    page.evaluate(DROP, ["#attachments-group", [["Annual_report.pdf", "application/pdf", list(pdfs.pdf())]]])
    expect(page.locator("#images-group canvas")).to_have_count(2)
    expect(page.locator("#id_attachments-0-title")).to_have_value("Annual report")
    save(page)

    assert [image.width for image in Image.objects.all()] == [60, 60]
    assert [(pdf.title, pdf.pages) for pdf in Attachment.objects.all()] == [("Annual report", 2)]


def test_file_that_is_too_large_is_said_so_before_it_is_sent(open_form):
    page = open_form(PracticeFactory(state="draft"))

    page.evaluate(DROP, ["#images-group", [["a.png", "image/png", 10 * 1024 * 1024 + 1]]])

    note = page.locator("#images-group [role=alert]")
    expect(note).to_have_text("a.png: This file is too large: at most 10.0\xa0MB are possible.")
    assert page.locator("#id_images-0-file").evaluate("input => input.files.length") == 0


def test_marks_are_written_with_the_toolbar_and_the_keyboard(open_form):
    page = open_form(PracticeFactory(state="draft", challenge="Once <b>\n\nTwice"))
    text = editor(page, "Challenge")

    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Three times")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.locator(".field-challenge").get_by_role("button", name="Bulleted list").click()
    expect(text).to_be_focused()
    page.keyboard.type("Four, see ")
    page.locator(".field-challenge").get_by_role("button", name="Link").click()
    page.get_by_label("Address of the page or e-mail").fill("example.org/four")
    page.keyboard.press("Enter")
    expect(text.get_by_role("link")).to_have_attribute("href", "https://example.org/four")
    save(page)

    assert Practice.objects.get().challenge == (
        "<p>Once &lt;b&gt;</p><p>Twice</p><p><strong>Three times</strong></p><ul><li>Four, see "
        '<a href="https://example.org/four" rel="external">https://example.org/four</a></li></ul>'
    )


def test_text_that_nobody_touches_stays_as_it_is_and_plain_paragraphs_stay_plain(open_form):
    page = open_form(PracticeFactory(state="draft", challenge="One & <b>\n\nTwo\nlines", results="Same"))

    editor(page, "Challenge").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    save(page)

    practice = Practice.objects.get()
    assert (practice.challenge, practice.results) == ("One & <b>\n\nTwo\nlines!", "Same")


def test_only_what_the_site_shows_is_left_of_what_is_pasted(open_form):
    page = open_form(PracticeFactory(state="draft"))

    editor(page, "Challenge").click()
    page.evaluate(
        PASTE,
        "<h2 class=Title>Costs</h2><p class=MsoNormal><b>Ten</b> <u>euro</u><img src=x>"
        "<a href='javascript:alert(1)'>x</a></p><table><tr><td>cell</td></tr></table><script>alert(1)</script>",
    )
    save(page)

    assert Practice.objects.get().challenge == "<p>Costs</p><p><strong>Ten</strong> eurox</p><p>cell</p>"


def test_text_set_by_another_script_is_shown_in_the_editor(open_form):
    page = open_form(PracticeFactory(state="draft"))
    set_it = "area => { area.value = '<p>Found <em>again</em></p>'; area.dispatchEvent(new Event('change')); }"

    page.locator("#id_challenge").evaluate(set_it)

    expect(editor(page, "Challenge")).to_have_text("Found again")


def test_without_scripts_the_source_and_plain_file_fields_work(open_form):
    page = open_form(PracticeFactory(state="draft", challenge="One."), java_script_enabled=False)

    page.get_by_role("textbox", name="Challenge").fill("One.\n\nSome <strong>bold</strong> words")
    page.get_by_role("button", name="Save", exact=True).last.click()

    assert page.locator(".messagelist .success").count() == 1
    assert Practice.objects.get().challenge == "<p>One.</p><p>Some <strong>bold</strong> words</p>"
