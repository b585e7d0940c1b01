"""How often practices are read: the whole stack in front of Django, with a real database behind it."""

import threading
import timeit
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from crossinno.kept import KeptPages
from crossinno.reads import CountedReads, is_machine
from practices.models import Practice, Reads
from search.versions import content_version
from tests.crossinno.test_kept import ask, django  # noqa: F401
from tests.factories import PracticeFactory

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
TODAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("crossinno.reads.day_of", lambda _moment: TODAY)


class Front(CountedReads):
    """Counts as the web server does, but writes when it is told to."""

    def start(self):
        pass


@pytest.fixture
def site(django):  # noqa: F811
    """The site as the web server runs it, with kept pages."""
    return Front(KeptPages(django, content_version, 4_000_000), Reads)


@pytest.fixture
def practice():
    return PracticeFactory(slug="soap")


def read(site, path, method="GET", **headers):
    return ask(site, path, method, **({"user_agent": FIREFOX} | headers)).status


def sums():
    return list(
        Reads.objects.order_by("practice__slug", "day", "kind").values_list("practice__slug", "day", "kind", "number")
    )


def test_each_read_of_a_practice_is_counted_whichever_the_language_and_whether_the_page_was_kept(site, practice):
    PracticeFactory(slug="beer")

    statuses = [read(site, path) for path in ("/practices/soap/",) * 3 + ("/de/practices/soap/", "/practices/beer/")]
    site.write()

    assert statuses == [200] * 5
    assert sums() == [("beer", TODAY, "read", 1), ("soap", TODAY, "read", 4)]


def test_sums_grow_by_day_and_by_server(site, practice, monkeypatch):
    other = Front(site.application, Reads)
    for server in (site, other, site):
        read(server, "/practices/soap/")
        server.write()
    monkeypatch.setattr("crossinno.reads.day_of", lambda _moment: TOMORROW)

    read(site, "/practices/soap/")
    site.write()

    assert sums() == [("soap", TODAY, "read", 3), ("soap", TOMORROW, "read", 1)]


def test_browser_that_asks_whether_its_copy_is_true_reads(site, practice):
    etag = ask(site, "/practices/soap/").headers["ETag"]

    status = read(site, "/practices/soap/", if_none_match=etag)
    site.write()

    assert (status, sums()) == (304, [("soap", TODAY, "read", 1)])


def test_file_of_a_practice_is_counted_as_downloaded(practice):
    def application(_environ, start_response):
        start_response("200 OK", [])
        return []

    front = Front(application, Reads)
    paths = ["/practices/soap/attachments/k3/plan.pdf", "/de/practices/soap/attachments/k3/plan.pdf"]
    for path in (*paths, "/practices/soap/card.png", "/practices/soap/images/1.jpg"):
        read(front, path)
    front.write()

    assert sums() == [("soap", TODAY, "download", 2)]


@pytest.mark.parametrize(
    "headers",
    [
        {"user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user_agent": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0"},
        {"user_agent": "curl/8.5.0"},
        {"user_agent": ""},
        {"sec_purpose": "prefetch"},
        {"sec_purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"cookie": "sessionid=of-an-editor"},
        {"authorization": "Basic eDp4"},
        {"method": "HEAD"},
    ],
)
def test_who_is_no_reader_is_not_counted(site, practice, headers):
    read(site, "/practices/soap/", **headers)
    site.write()

    assert sums() == []


@pytest.mark.parametrize(
    ("name", "machine"),
    [
        (FIREFOX, False),
        ("Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 50) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", False),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
            False,
        ),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
            True,
        ),
        ("facebookexternalhit/1.1", True),
        ("Mozilla/5.0 (compatible; Yahoo! Slurp)", True),
        ("python-requests/2.32", True),
    ],
)
def test_machines_are_known_by_the_name_they_give_themselves(name, machine):
    assert is_machine(name) is machine


@pytest.mark.parametrize("path", ["/practices/", "/practices/compare/", "/cities/", "/practices/nowhere/", "/"])
def test_other_pages_and_what_does_not_exist_leave_nothing(site, practice, path):
    read(site, path)
    site.write()

    assert sums() == []


def test_practice_that_is_withdrawn_before_the_sums_are_written_breaks_nothing(site, practice):
    PracticeFactory(slug="beer")
    read(site, "/practices/soap/"), read(site, "/practices/beer/")
    Practice.objects.filter(slug="soap").delete()

    site.write()

    assert sums() == [("beer", TODAY, "read", 1)]
    assert not site.sums


def test_writing_takes_one_statement_and_does_not_move_the_content_version(site, practice, django_assert_num_queries):
    read(site, "/practices/soap/")
    before = content_version()

    with django_assert_num_queries(1):
        site.write()

    assert content_version() == before
    with django_assert_num_queries(0):
        site.write()


@pytest.mark.django_db(transaction=True)
def test_sums_outlive_a_database_that_is_gone(site, practice, settings):
    read(site, "/practices/soap/")
    here, connection.settings_dict["HOST"] = connection.settings_dict["HOST"], "/nowhere"
    connection.close()
    site.write()
    read_meanwhile = len(site.sums)

    connection.settings_dict["HOST"] = here
    connection.close()
    site.write()

    assert (read_meanwhile, sums()) == (1, [("soap", TODAY, "read", 1)])


def test_sums_that_wait_for_a_database_do_not_grow_without_end(monkeypatch):
    class Gone:
        Kind = Reads.Kind

        class objects:
            @staticmethod
            def add(_noted):
                with connection.cursor() as cursor:
                    cursor.execute("SELECT number FROM no_such_table")

    monkeypatch.setattr("crossinno.reads.MOST", 3)
    monkeypatch.setattr(connection, "close", lambda: connection.set_rollback(False))
    front = Front(None, Gone)
    for number in range(10):
        front.note(f"practice-{number}", None)
    front.note("practice-5", None)

    front.write()

    assert len(front.sums) == 3
    assert front.sums["practice-5", TODAY, Reads.Kind.READ] == 2


def test_one_thread_writes_and_the_end_of_the_process_does_too(monkeypatch):
    left = []
    monkeypatch.setattr("atexit.register", left.append)
    front = CountedReads(None, Reads)
    front.keep_writing = threading.Event().wait

    for _reader in range(3):
        front.note("soap", None)

    assert front.writer.daemon
    assert left == [front.write]
    assert sum(thread is front.writer for thread in threading.enumerate()) == 1


def test_counting_costs_next_to_nothing():
    environ = {"PATH_INFO": "/practices/soap/", "REQUEST_METHOD": "GET", "HTTP_USER_AGENT": FIREFOX}

    def application(_environ, start_response):
        start_response("200 OK", [])

    front = Front(application, Reads)
    counted, alone = (
        min(timeit.repeat(lambda: one(environ, lambda *_head: None), number=1000, repeat=20))  # noqa: B023
        for one in (front, application)
    )

    assert counted - alone < 0.01  # 10 microseconds each, five times what it is


def test_reads_go_with_their_practice_and_a_reader_is_told_that_they_are_counted(practice):
    Reads.objects.add({("soap", TODAY, "read"): 3})

    practice.delete()

    assert Reads.objects.count() == 0
    assert "counted by day" in Client().get("/privacy/").content.decode()
    assert not any(field.related_model is get_user_model() for field in Reads._meta.get_fields())
