from itertools import pairwise

import pytest

from editing.strangers import NoAnswer, NotAsked, Stranger
from editing.visits import Finding, Visitor, next_address, plain_address, user_agent
from tests.editing.web import calls, ok, serving, to, unused_port

__all__ = ["calls"]
pytestmark = pytest.mark.usefixtures("calls")
STRANGER = Stranger("CrossinnoLinkCheck/1.0 (+http://localhost:8000/)", 5, 2, 4)


def visitor(pause=0):
    return Visitor(STRANGER, pause)


def robots(*lines):
    return ok("\n".join(lines).encode())


def test_what_answers_is_there(settings):
    with serving(settings, {"/": ok()}) as server:
        finding = visitor().visit(server.url)

    assert (finding, server.paths()) == (Finding("ok", 200), [("HEAD", "/")])


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        (404, Finding("broken", 404, "gone")),
        (410, Finding("broken", 410, "gone")),
        (400, Finding("broken", 400, "gone")),
        (500, Finding("broken", 500, "server")),
        (503, Finding("broken", 503, "server")),
        (401, Finding("refused", 401, "not-for-robots")),
        (403, Finding("refused", 403, "not-for-robots")),
        (429, Finding("refused", 429, "not-for-robots")),
    ],
)
def test_what_a_server_says_is_asked_for_twice_before_it_counts(settings, code, finding):
    with serving(settings, {"/page": (code, {}, b"")}) as server:
        found = visitor().visit(f"{server.url}/page")

    assert (found, server.paths()) == (finding, [("HEAD", "/page"), ("GET", "/page")])


@pytest.mark.parametrize("cannot", [(405, {}, b""), lambda page: page.connection.close()], ids=["says so", "hangs up"])
def test_a_server_that_cannot_do_head_is_asked_for_the_first_bytes(settings, cannot):
    with serving(settings, {("HEAD", "/page"): cannot, "/page": ok()}) as server:
        found = visitor().visit(f"{server.url}/page")

    assert (found.status, server.asked[-1][2]["Range"]) == ("ok", "bytes=0-1023")


def test_what_moved_for_good_says_where_it_is_now(settings):
    pages = {"/old": to("/newer"), "/newer": to("/new", 308), "/new": to("/new/today", 302), "/new/today": ok()}
    with serving(settings, pages) as server:
        found = visitor().visit(f"{server.url}/old")

    assert found == Finding("moved", 200, moved_to=f"{server.url}/new")


def test_what_sends_on_for_now_is_there(settings):
    with serving(settings, {"/": to("/home", 302), "/home": to("/start", 301), "/start": ok()}) as server:
        found = visitor().visit(server.url)

    assert found == Finding("ok", 200)


def test_what_sends_on_to_nothing_is_broken(settings):
    with serving(settings, {"/old": to("/nothing")}) as server:
        found = visitor().visit(f"{server.url}/old")

    assert found == Finding("broken", 404, "gone")


def test_five_steps_are_followed_and_no_more(settings):
    pages = {f"/{step}": to(f"/{step + 1}", 302) for step in range(9)} | {"/9": ok()}
    with serving(settings, pages) as server:
        near, far = visitor().visit(f"{server.url}/4"), visitor().visit(f"{server.url}/3")

    assert (near, far) == (Finding("ok", 200), Finding("broken", 302, "redirects"))


def test_a_circle_is_broken(settings):
    with serving(settings, {"/a": to("/b"), "/b": to("/a")}) as server:
        found = visitor().visit(f"{server.url}/a")

    assert (found.status, found.reason, len(server.paths())) == ("broken", "redirects", 6)


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://2130706433/",
        "//10.0.0.1/",
        "http://127.0.0.1/",
        "http://localhost:5432/",
    ],
)
@pytest.mark.parametrize("path", ["/", "/robots.txt"])
def test_nobody_sends_us_into_a_network_of_our_own(settings, calls, location, path):
    with serving(settings, {"/": ok(), path: to(location)}) as server:
        found = visitor().visit(server.url)

    assert (found.status, found.reason) == ("refused", "port" if "5432" in location else "private")
    assert set(calls) == {"127.0.0.1"}
    assert len(calls) == len(server.asked)


@pytest.mark.parametrize("location", ["ftp://127.0.0.1/", "javascript:alert(1)", "http://[", "file:///etc/passwd"])
def test_what_sends_on_to_something_else_than_the_web_is_broken(settings, location):
    with serving(settings, {"/": to(location)}) as server:
        found = visitor().visit(server.url)

    assert found == Finding("broken", reason="address")


def test_what_robots_are_asked_to_leave_alone_is_left_alone(settings):
    rules = robots("User-agent: *", "Disallow: /private/")
    with serving(settings, {"/robots.txt": rules, "/private/a": ok(), "/b": ok()}) as server:
        tour = visitor()
        hidden, shown = tour.visit(f"{server.url}/private/a"), tour.visit(f"{server.url}/b")

    assert (hidden, shown) == (Finding("refused", reason="robots"), Finding("ok", 200))
    assert [path for _method, path, *_rest in server.asked] == ["/robots.txt", "/b"]


def test_rules_for_us_by_name_count_before_those_for_all(settings):
    rules = robots("User-agent: CrossinnoLinkCheck", "Disallow: /ours", "", "User-agent: *", "Disallow: /")
    with serving(settings, {"/robots.txt": rules, "/ours": ok(), "/open": ok()}) as server:
        tour = visitor()
        ours, others = tour.visit(f"{server.url}/ours"), tour.visit(f"{server.url}/open")

    assert (ours.status, others.status) == ("refused", "ok")


def test_a_page_that_sends_on_to_what_is_forbidden_is_refused(settings):
    with serving(settings, {"/robots.txt": robots("User-agent: *", "Disallow: /in"), "/": to("/in")}) as server:
        found = visitor().visit(server.url)

    assert (found, server.paths()) == (Finding("refused", reason="robots"), [("HEAD", "/")])


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ((404, {}, b""), "ok"),
        ((410, {}, b""), "ok"),
        ((401, {}, b""), "refused"),
        ((403, {}, b""), "refused"),
        ((503, {}, b""), "broken"),
        (ok(b"\xff\xfe\x00<html>" * 9999), "ok"),
        (to("/rules", 302), "refused"),
        (to("/robots.txt", 302), "ok"),
    ],
)
def test_rules_that_cannot_be_read_count_as_the_standard_says(settings, rules, status):
    pages = {"/robots.txt": rules, "/rules": robots("User-agent: *", "Disallow: /"), "/": ok()}
    with serving(settings, pages) as server:
        found = visitor().visit(server.url)

    assert found.status == status


def test_a_server_is_asked_after_a_pause(settings):
    with serving(settings, {"/robots.txt": robots(), "/a": ok(), "/b": ok()}) as server:
        tour = visitor(pause=0.2)
        tour.visit(f"{server.url}/a")
        tour.visit(f"{server.url}/b")

    times = [at for *_rest, at in server.asked]
    assert len(times) == 3
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(times))


def test_a_server_that_wants_a_longer_pause_gets_it(settings):
    rules = robots("User-agent: *", "Crawl-delay: 1")
    with serving(settings, {"/robots.txt": rules, "/": ok()}) as server:
        visitor().visit(server.url)

    first, second = (at for *_rest, at in server.asked)
    assert second - first >= 0.95


def test_a_silent_server_is_called_once_in_a_round(settings, calls):
    settings.LINK_CHECK_PRIVATE = [f"127.0.0.1:{(port := unused_port())}"]
    tour = visitor()

    findings = [tour.visit(f"http://127.0.0.1:{port}/{page}") for page in range(3)]

    assert (findings, len(calls)) == ([Finding("broken", reason="no-answer")] * 3, 1)


def test_we_say_who_we_are(settings):
    settings.SITE_URL = "https://crossinno.example"

    assert user_agent() == "CrossinnoLinkCheck/1.0 (+https://crossinno.example/)"


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("HTTP://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://münchen.example/straße?q=ä#top", "https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%A4"),
        ("https://example.org/a%20b c", "https://example.org/a%20b%20c"),
        ("http://[2606:2800::1]/", "http://[2606:2800::1]/"),
    ],
)
def test_an_address_is_asked_for_in_one_way_however_it_is_written(written, asked):
    assert plain_address(written) == asked


def test_a_place_to_go_on_to_may_be_written_in_any_letters():
    assert next_address("https://example.org/a", "/stra\xc3\x9fe") == "https://example.org/stra%C3%9Fe"


def test_what_is_not_asked_says_why():
    assert [NotAsked("private").reason, NoAnswer("no-host").connected] == ["private", False]
