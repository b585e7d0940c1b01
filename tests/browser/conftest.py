"""A site with the demo content, and a real browser that reads it."""

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.conftest import connected_to


@pytest.fixture(scope="package")
def site(demo_database, django_db_blocker):
    """The address of a running site with the demo content; only its own threads ask the database."""
    with django_db_blocker.unblock(), connected_to(demo_database):
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()


@pytest.fixture
def db(site):
    """Leaves the database to the site, which shows the demo content."""


@pytest.fixture
def open_page(browser, site):
    """Opens an address of the site in a fresh browser, as it is on a desk with a calm user, and returns the page."""

    def open_page(address="/", **options):
        options = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
        context = browser.new_context(base_url=site, **options)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto(address)
        return page

    return open_page


@pytest.fixture
def page(open_page):
    """The home page on a desk."""
    return open_page()
