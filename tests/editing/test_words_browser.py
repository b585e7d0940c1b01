"""What the script of the form counts while somebody writes."""

import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from practices.models import Practice
from tests.desk import change_page
from tests.editing.people import coordinator_of
from tests.factories import PracticeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON_THE_MACHINE = "/usr/bin/chromium"


@pytest.fixture
def form(live_server, monkeypatch):
    """The form of a draft in a browser, which must not have complained about anything in the end."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)  # so that no thread of the server keeps one
    practice = PracticeFactory(state=Practice.State.DRAFT, summary="word " * 20, challenge="Few firms.")
    client = Client()
    client.force_login(coordinator_of(practice.city))
    chromium = os.environ.get("CHROMIUM") or (ON_THE_MACHINE if Path(ON_THE_MACHINE).exists() else None)
    complaints = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(base_url=live_server.url, locale="en")
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([session])
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(change_page(practice))
        yield page
        browser.close()
        connection.close()  # the one that belongs to the browser's event loop
    assert complaints == []


def test_words_and_completeness_follow_what_is_typed(form):
    status = form.locator("#complete [role=status]")
    challenge = form.locator("[data-words-of=id_challenge]")
    expect(status).to_have_text("8 % complete")
    expect(challenge).to_have_text("2 words, about 30 wanted")

    editor = form.get_by_role("textbox", name="Challenge")
    editor.click()
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
