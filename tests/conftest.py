"""What every test stands on."""

import asyncio
import os
import threading
from contextlib import contextmanager
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import settings as searching
from playwright.sync_api import sync_playwright
from psycopg import sql
from xdist.scheduler import LoadScopeScheduling

import launch
from tests.factories import UserFactory
from tests.queue import empty_queue, run_due_jobs

# A search for counterexamples takes the same examples every time and never fails because the machine is slow.
searching.register_profile("steady", deadline=None, derandomize=True, database=None)
searching.load_profile("steady")


# What migrations made, and the count of changes.
STAYS = {"auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "search_contentversion"}


def empty(_case):
    """Empties the database after a test that stores for good.

    Only the tables that hold something, row by row: to truncate all of them takes ten times as long.
    """
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [sql.Identifier(name) for name in names if name not in STAYS]
    filled = sql.SQL("SELECT {0} WHERE EXISTS (SELECT FROM {1})")
    asked = sql.SQL(" UNION ALL ").join(filled.format(table.as_string(), table) for table in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked)
        found = [name for (name,) in cursor.fetchall()]
        for name in [*found, '"search_stale"']:  # the last, for the others mark in it what they change
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.SQL(name)))


TransactionTestCase._fixture_teardown = empty


# Tests that share something costly, or something there is only one of; the same as their marks `xdist_group` say.
TOGETHER = (
    "tests/browser/",
    "tests/crossinno/test_database.py",
    "tests/crossinno/test_launch.py",
    "tests/crossinno/test_pages.py",
)


class InGroups(LoadScopeScheduling):
    """Sends each test to the next free process, and the tests of a group to the same one."""

    def _split_scope(self, nodeid):
        return next((start for start in TOGETHER if nodeid.startswith(start)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keeps groups together, which pytest-xdist 3.8 itself no longer does with pytest 9.2."""
    return InGroups(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(autouse=True)
def _database(db):
    """Every test may use the database."""


@pytest.fixture(autouse=True)
def _mail_goes_through_the_queue(settings):
    """Django's test runner would put another way in the place of ours; `run_queue` brings mails to `mail.outbox`."""
    settings.EMAIL_BACKEND = "mail.backend.QueuedBackend"


@pytest.fixture(autouse=True)
def _queue_ends_with_the_test(_database, request):
    """What a test stores for good leaves no jobs to the tests after it."""
    yield
    mark = request.node.get_closest_marker("django_db")
    if (mark and mark.kwargs.get("transaction")) or {"live_server", "transactional_db"} & set(request.fixturenames):
        empty_queue()


@pytest.fixture
def run_queue():
    """Does all background work that is due, as the worker would."""
    return run_due_jobs


@pytest.fixture
def admin_user():
    """A superuser with a second factor, whom pytest-django's `admin_client` signs in."""
    return UserFactory(email="admin@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def media(settings, tmp_path):
    """The folder of uploaded files, for this test alone."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def queries(client):
    """Counts the queries that a page takes once the catalogue is built."""

    def count(address):
        client.get(address)
        with CaptureQueriesContext(connection) as taken:
            response = client.get(address)
        assert response.status_code == 200, address
        return len(taken)

    return count


@pytest.fixture(scope="session")
def demo_database(django_db_setup, django_db_blocker):
    """The name of a copy of the test database that holds the demo content; loaded once in each process."""
    with django_db_blocker.unblock():
        creation = connection.creation
        creation.clone_test_db("demo", verbosity=0)
        name = creation.get_test_db_clone_settings("demo")["NAME"]
        with connected_to(name):
            call_command("load_content", settings.BASE_DIR / "fixtures", stdout=StringIO(), stderr=StringIO())
    yield name
    with django_db_blocker.unblock():
        creation.destroy_test_db(verbosity=0, suffix="demo")


@pytest.fixture(scope="module")
def demo(demo_database, django_db_blocker):
    """The tests of this module find the demo content; what they change themselves is undone as always."""
    with django_db_blocker.unblock():
        switch = connected_to(demo_database)
        switch.__enter__()
    yield
    with django_db_blocker.unblock():
        switch.__exit__(None, None, None)


@contextmanager
def connected_to(name):
    """Connects every thread to another database of the same server."""
    connection.close()
    usual, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    yield
    connection.close()
    connection.settings_dict["NAME"] = usual


LIGHT = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="session")
def _chromium():
    """The Chromium that CHROMIUM names, else the one of the machine, and the event loop of its driver.

    All tests of a process share it; the loop rests between them, for what finds one asks the database otherwise.
    """
    path = os.environ.get("CHROMIUM") or launch.machines()
    if path is None:
        pytest.fail(
            "There is no Chromium for the browser tests. `make test` installs one; or set CHROMIUM to its path."
        )
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=[*LIGHT, "--no-first-run"])
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield chromium, loop
        asyncio._set_running_loop(loop)
        chromium.close()


@pytest.fixture
def browser(_chromium):
    """The browser, without anything open."""
    chromium, loop = _chromium
    asyncio._set_running_loop(loop)
    yield chromium
    for context in chromium.contexts:
        context.close()
    asyncio._set_running_loop(None)


@pytest.fixture
def open_browser(live_server, monkeypatch, browser):
    """Opens the browser of one person, signed in or not; in the end none may have complained about anything."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)  # so that no thread of the server keeps one
    complaints = []

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
    for context in browser.contexts:
        context.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)  # what is still being stored would stand in the way of emptying the tables
    connection.close()  # the one that belongs to the browser's event loop
    assert complaints == []


@pytest.fixture
def open_strictly(open_browser):
    """The same for pages on which not even a file may be missing: the browser must write no error down."""
    complaints = []

    def open_strictly(person=None, **options):
        page = open_browser(person, **options)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        return page

    yield open_strictly
    assert complaints == []
