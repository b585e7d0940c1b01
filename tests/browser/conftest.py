"""A site with the demo content, and a real browser that reads it."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.conftest import connected_to

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def site(demo_database, django_db_blocker):
    """The address of a running site with the demo content; only its own threads ask the database."""
    with django_db_blocker.unblock(), connected_to(demo_database):
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()


@pytest.fixture(scope="package")
def browser(site):
    """The Chromium that CHROMIUM names, else the one of the machine."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail(
            "There is no Chromium for the browser tests. `make test` installs one; or set CHROMIUM to its path."
        )
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def db(site):
    """Leaves the database to the site: the driver of the browser keeps an event loop in the thread of the tests."""


@pytest.fixture
def open_page(browser, site):
    """Opens an address of the site in a fresh browser, as it is on a desk with a calm user, and returns the page."""
    contexts = []

    def open_page(address="/", **options):
        options = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
        contexts.append(browser.new_context(base_url=site, **options))
        contexts[-1].set_default_timeout(10_000)
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    """The home page on a desk."""
    return open_page()
