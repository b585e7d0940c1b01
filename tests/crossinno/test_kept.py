import gzip
import threading
from datetime import date
from types import SimpleNamespace
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import brotli
import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, close_old_connections
from django.test import Client

from crossinno.kept import KeptPages, encoding_of
from practices.models import Practice
from search.versions import content_version
from tests.factories import PracticeFactory, UserFactory

HTML = ("Content-Type", "text/html; charset=utf-8")


def ask(site, path, method="GET", **headers):
    """What the site answers: status, headers and body, joined."""
    path, _mark, query = path.partition("?")
    environ = {"REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query}
    environ["HTTP_HOST"] = "testserver"
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    setup_testing_defaults(environ)
    answer = SimpleNamespace()

    def start_response(status, headers, exc_info=None):
        answer.status, answer.headers = int(status[:3]), dict(headers)

    chunks = site(environ, start_response)
    answer.body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    return answer


class Counted:
    """An application that counts how often it is asked."""

    def __init__(self, application):
        self.application = application
        self.asked = []

    def __call__(self, environ, start_response):
        self.asked.append(environ["PATH_INFO"])
        return self.application(environ, start_response)


@pytest.fixture
def django():
    """The site without kept pages; the connection of the test stays open, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Counted(get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site(django):
    """The site as the web server runs it, but for the connection on which the content version is asked."""
    return KeptPages(django, content_version, 4_000_000)


WAYS = {"gzip": gzip.decompress, "br": brotli.decompress}


def unpacked(answer):
    return WAYS.get(answer.headers.get("Content-Encoding"), bytes)(answer.body) if answer.body else b""


def without_id(answer):
    return {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}


@pytest.mark.parametrize(
    "path", ["/", "/practices/", "/cities/", "/events/", "/themes/", "/about/", "/de/", "/sitemap.xml"]
)
@pytest.mark.parametrize("encoding", ["", "gzip", "br, gzip"])
def test_page_is_built_once_and_the_kept_one_is_the_same_to_the_byte(site, django, path, encoding):
    first, kept, again = (ask(site, path, accept_encoding=encoding) for _time in range(3))

    assert (first.status, len(django.asked)) == (200, 1)
    assert unpacked(kept) == unpacked(first)
    assert again.body == kept.body
    assert len(kept.body) <= len(first.body)
    own = {"Content-Length": str(len(first.body))}
    assert without_id(kept) | own == without_id(again) | own == without_id(first)
    assert kept.headers["X-Request-ID"] != first.headers["X-Request-ID"]


def test_kept_page_has_the_headers_that_an_unkept_one_has(site):
    kept = [ask(site, "/practices/") for _time in range(2)][1].headers

    unkept = Client().get("/practices/").headers

    assert set(kept) - {"Content-Length"} == set(unkept) - {"Content-Length"}
    own = {"X-Request-ID", "Content-Length", "ETag"}
    assert {name: value for name, value in kept.items() if name not in own} == {
        name: value for name, value in unkept.items() if name not in own
    }


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_page_that_nobody_keeps_is_compressed_and_compared_too(client, encoding):
    plain, packed = client.get("/"), client.get("/", headers={"accept-encoding": encoding})

    unchanged = client.get("/", headers={"accept-encoding": encoding, "if-none-match": packed["ETag"]})

    assert packed["Content-Encoding"] == encoding
    assert packed["Content-Length"] == str(len(packed.content))
    assert WAYS[encoding](packed.content) == plain.content
    assert (packed["ETag"], "Content-Encoding" in plain) == (f"W/{plain['ETag'].removeprefix('W/')}", False)
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_every_encoding_carries_the_same_page(site):
    plain, zipped, packed = (ask(site, "/", accept_encoding=encoding) for encoding in ("", "gzip", "gzip, deflate, br"))

    assert gzip.decompress(zipped.body) == brotli.decompress(packed.body) == plain.body
    assert [answer.headers.get("Content-Encoding") for answer in (plain, zipped, packed)] == [None, "gzip", "br"]
    assert all(answer.headers["Content-Length"] == str(len(answer.body)) for answer in (plain, zipped, packed))
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, zipped, packed))


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("", ""), ("identity", ""), ("gzip;q=0, br;q=0.0", ""), ("br;q=0, gzip", "gzip"), ("GZIP;q=0.5, BR;q=0.1", "br")],
)
def test_encoding_is_one_that_the_reader_accepts(accepted, encoding):
    assert encoding_of(accepted) == encoding


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
@pytest.mark.parametrize("mark", ["{}", "W/{}", '"other", W/{}', "*"])
def test_reader_who_has_the_page_gets_it_not_again(site, encoding, mark):
    etag = ask(site, "/", accept_encoding="br").headers["ETag"].removeprefix("W/")

    answer = ask(site, "/", accept_encoding=encoding, if_none_match=mark.format(etag))

    assert (answer.status, answer.body) == (304, b"")
    assert {"ETag", "Vary", "Cache-Control", "X-Request-ID"} <= set(answer.headers)
    assert not {"Content-Length", "Content-Encoding", "Content-Type"} & set(answer.headers)


def test_head_tells_what_get_would_and_has_no_body(site, django):
    head, get = ask(site, "/", "HEAD"), ask(site, "/")

    assert (head.body, without_id(head), len(django.asked)) == (b"", without_id(get), 1)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_server_that_keeps_to_the_standard_can_hand_out_kept_pages(site, method):
    strict = validator(site)
    first, kept = (ask(strict, "/", method, accept_encoding="br") for _time in range(2))

    unchanged = ask(strict, "/", method, if_none_match=first.headers["ETag"])

    assert (first.status, kept.status, unchanged.status) == (200, 200, 304)
    assert (unpacked(kept), unchanged.body) == (unpacked(first), b"")


def test_practice_is_gone_with_the_next_request_after_it_was_withdrawn(site):
    practice = PracticeFactory(title="Soap from the brewery")
    before = [ask(site, path) for path in ("/practices/", practice.get_absolute_url())]

    Practice.objects.filter(pk=practice.pk).update(state="archived")

    after = [ask(site, path) for path in ("/practices/", practice.get_absolute_url())]
    assert [answer.status for answer in before + after] == [200, 200, 200, 410]
    assert b"Soap from the brewery" in before[0].body
    assert b"Soap from the brewery" not in after[0].body


def test_reader_who_has_the_old_page_gets_the_new_one(site):
    practice = PracticeFactory()
    old = ask(site, "/practices/").headers["ETag"]

    practice.title = "A new name"
    practice.save()

    answer = ask(site, "/practices/", if_none_match=old)
    assert (answer.status, b"A new name" in answer.body) == (200, True)


def test_page_of_yesterday_is_built_anew(site, django):
    site.today = lambda _second: date(2026, 3, 1)
    ask(site, "/")

    site.today = lambda _second: date(2026, 3, 2)
    ask(site, "/")

    assert len(django.asked) == 2


def test_languages_and_fragments_and_hosts_and_schemes_are_kept_apart(site, django):
    asked = [
        ("/practices/", {}),
        ("/de/practices/", {}),
        ("/practices/", {"hx_request": "true"}),
        ("/practices/", {"hx_request": "true", "hx_history_restore_request": "true"}),
        ("/practices/", {"host": "localhost"}),
        ("/practices/", {"x_forwarded_proto": "https"}),
        ("/practices/?page=1", {}),
    ]

    first = [ask(site, path, **headers) for path, headers in asked]
    again = [ask(site, path, **headers) for path, headers in asked]

    assert len(django.asked) == len(asked)
    assert [answer.body for answer in again] == [answer.body for answer in first]
    assert len({answer.body for answer in first}) >= 4
    assert b"<html" not in first[2].body
    assert b"<html" in first[3].body


def test_language_of_the_reader_changes_nothing(site, django):
    english, german = (ask(site, "/", accept_language=language) for language in ("en", "de"))

    assert (german.body, len(django.asked)) == (english.body, 1)
    assert "Accept-Language" not in english.headers["Vary"]


@pytest.mark.parametrize(
    ("path", "status"), [("/contact/", 200), ("/account/sign-in/", 200), ("/practices/nowhere/", 404)]
)
def test_form_with_a_token_and_what_is_no_page_is_never_kept(site, django, path, status):
    answers = [ask(site, path) for _time in range(2)]

    assert [answer.status for answer in answers] == [status] * 2
    assert len(django.asked) == 2
    assert all("public" not in answer.headers.get("Cache-Control", "") for answer in answers)


def test_each_reader_of_the_form_gets_a_token_of_their_own(site):
    first, second = (ask(site, "/contact/", accept_encoding="br") for _time in range(2))

    assert first.headers["Set-Cookie"] != second.headers["Set-Cookie"]
    assert {"private", "no-store"} <= set(first.headers["Cache-Control"].split(", "))


@pytest.mark.parametrize(
    "headers", [{"cookie": "a=b; sessionid=x"}, {"cookie": "messages=x"}, {"authorization": "Basic eDp4"}]
)
def test_reader_whom_we_know_is_given_no_kept_page_and_leaves_none(site, django, headers):
    known = [ask(site, "/", **headers) for _time in range(2)]
    unknown = ask(site, "/")

    assert len(django.asked) == 3
    assert all("no-store" in answer.headers["Cache-Control"] for answer in known)
    assert unknown.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_signed_in_person_sees_the_same_page_but_nobody_shares_it(client):
    client.force_login(UserFactory())

    assert "no-store" in client.get("/")["Cache-Control"]


def test_post_goes_through(site, django):
    ask(site, "/contact/")

    assert ask(site, "/contact/", "POST").status == 403
    assert ask(site, "/", "POST").status == 403
    assert len(django.asked) == 3


def test_proxy_is_allowed_to_keep_a_page_for_as_long_as_the_setting_says(site, settings):
    settings.PROXY_SECONDS = 1

    assert ask(site, "/").headers["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=1"


def test_kept_pages_are_not_served_when_the_database_is_gone(django):
    here = True

    def version():
        if not here:
            raise OperationalError("gone")
        return 1

    site = KeptPages(django, version, 4_000_000)
    ask(site, "/")
    here = False

    ask(site, "/")

    assert len(django.asked) == 2


def offering(body):
    """An application that offers everybody a page of these bytes."""

    class Closing(list):
        def close(self):
            pass

    def application(environ, start_response):
        environ["crossinno.offer"].made = True
        start_response("200 OK", [HTML, ("Vary", "Accept-Encoding")])
        return Closing([body])

    return application


def test_memory_is_bounded_and_the_page_longest_unused_goes_first():
    counted = Counted(offering(b"x" * 4_000))
    site = KeptPages(counted, lambda: 1, 80_000)  # room for ten

    for number in [*range(10), 0, 10, 0, 1]:
        ask(site, f"/{number}/", accept_encoding="br")

    assert counted.asked == [f"/{number}/" for number in [*range(10), 10, 1]]
    assert site.pages.taken <= site.pages.room
    assert site.pages.taken == sum(page.size for _varies, pages in site.pages.kept.values() for page in pages.values())


def test_page_that_would_take_all_the_room_is_not_kept():
    counted = Counted(offering(b"x" * 40_000))
    site = KeptPages(counted, lambda: 1, 80_000)

    ask(site, "/"), ask(site, "/")

    assert (len(counted.asked), site.pages.taken) == (2, 0)


def test_of_many_readers_who_ask_at_once_one_has_the_page_built():
    begun, go_on = threading.Event(), threading.Event()

    def slow(environ, start_response):
        begun.set()
        go_on.wait(10)
        return offering(b"page")(environ, start_response)

    counted, answers = Counted(slow), []
    site = KeptPages(counted, lambda: 1, 80_000)
    readers = [threading.Thread(target=lambda: answers.append(ask(site, "/").body)) for _reader in range(4)]
    for reader in readers:
        reader.start()
    begun.wait(10)

    go_on.set()
    for reader in readers:
        reader.join(10)

    assert (answers, len(counted.asked)) == ([b"page"] * 4, 1)
    assert not site.building


def test_page_that_breaks_keeps_nobody_waiting():
    def broken(_environ, _start_response):
        raise RuntimeError("broken")

    site = KeptPages(broken, lambda: 1, 80_000)

    for _time in range(2):
        with pytest.raises(RuntimeError):
            ask(site, "/")

    assert not site.building
