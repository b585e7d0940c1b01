"""What several tests of the editorial side stand on."""

import os
import shutil

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.editing.people import webmaster


@pytest.fixture
def master(client):
    """A webmaster who is signed in."""
    person = webmaster()
    client.force_login(person)
    return person


@pytest.fixture
def open_browser(live_server, monkeypatch):
    """Opens the browser of one person, signed in or not; in the end none may have complained about anything."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)  # so that no thread of the server keeps one
    complaints = []
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])

        def open_browser(person=None, **options):
            context = browser.new_context(base_url=live_server.url, locale="en", **options)
            context.set_default_timeout(15_000)
            if person:
                client = Client()
                client.force_login(person)
                session = client.cookies["sessionid"].value
                context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            return page

        yield open_browser
        browser.close()
        connection.close()  # the one that belongs to the browser's event loop
    assert complaints == []
