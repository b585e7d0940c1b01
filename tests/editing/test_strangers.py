import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from editing import strangers
from editing.strangers import MOST_BYTES, NoAnswer, NotAsked, Stranger, is_public, target_of
from tests.editing.web import HUGE, calls, ok, serving, unused_port

ME = Stranger("Tester/1.0", connect_seconds=2, read_seconds=0.5, all_seconds=1.5)
__all__ = ["calls"]
pytestmark = pytest.mark.usefixtures("calls")

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # noqa: S104
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::127.0.0.1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "fc00::1",
    "fe80::1",
    "fe80::1%lo",
    "ff02::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_machine_of_a_network_of_our_own_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "::ffff:93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_machines_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://localhost/",
        "http://LocalHost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "https://10.0.0.1/",
        "http://①②⑦.0.0.1/",
    ],
)
def test_servers_that_are_not_public_are_never_called(url, calls):
    with pytest.raises(NotAsked) as refused:
        target_of(url)

    assert (refused.value.reason, calls) == ("private", [])


@pytest.mark.parametrize("url", ["http://93.184.216.34:22/", "https://93.184.216.34:8443/", "http://127.0.0.1:5432/"])
def test_only_the_usual_ports_are_called(url, calls):
    with pytest.raises(NotAsked) as refused:
        target_of(url)

    assert (refused.value.reason, calls) == ("port", [])


@pytest.mark.parametrize(
    "url",
    [
        "ftp://93.184.216.34/",
        "file:///etc/passwd",
        "gopher://93.184.216.34/",
        "javascript:alert(1)",
        "//93.184.216.34/",
        "http://",
        "http:///path",
        "http://[::1",
        "http://93.184.216.34:0x50/",
        "http://name:password@93.184.216.34/",
        "http://127.0.0.1@93.184.216.34/",
        f"http://{'a' * 64}.example/",
        "",
    ],
)
def test_what_is_no_plain_address_of_the_web_is_not_asked(url, calls):
    with pytest.raises(NoAnswer) as refused:
        target_of(url)

    assert (refused.value.reason, calls) == ("address", [])


def resolving(monkeypatch, *rounds):
    """Makes names mean these addresses, another set each time somebody asks."""
    answers = iter(rounds)

    def lookup(host, port, *args, **kwargs):
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, 1, 6, "", (ip, port)) for ip in next(answers)]

    monkeypatch.setattr(strangers, "getaddrinfo", lookup)


def test_a_name_with_one_private_address_among_others_is_refused(monkeypatch, calls):
    resolving(monkeypatch, ["93.184.216.34", "127.0.0.1"])

    with pytest.raises(NotAsked):
        target_of("http://two-faced.example/")

    assert calls == []


def test_a_name_that_changes_its_meaning_is_called_at_the_address_that_was_judged(monkeypatch, calls):
    resolving(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])

    target = target_of("http://rebinding.example/")
    with pytest.raises(NoAnswer) as unreachable:
        ME.ask("GET", target)

    assert calls == ["93.184.216.34"]
    assert unreachable.value.reason == "no-answer"


def test_a_name_that_nobody_has_has_no_host(monkeypatch):
    def lookup(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(strangers, "getaddrinfo", lookup)

    with pytest.raises(NoAnswer) as unknown:
        target_of("http://nobody.example/")

    assert unknown.value.reason == "no-host"


@pytest.mark.parametrize("mode", ["production", "demo", "development"])
def test_outside_tests_the_exception_for_tests_counts_nothing(settings, mode):
    settings.LINK_CHECK_PRIVATE = ["127.0.0.1:80"]
    settings.MODE = mode

    with pytest.raises(NotAsked):
        target_of("http://127.0.0.1/")


def test_a_stranger_says_who_it_is_and_to_whom_it_speaks(settings):
    with serving(settings, {"/a?b=c": ok()}) as server:
        answer = ME.ask("GET", target_of(f"{server.url}/a?b=c"), most_bytes=4)

    method, path, headers, _at = server.asked[0]
    assert (answer.code, answer.body, method, path) == (200, b"Here", "GET", "/a?b=c")
    assert (headers["User-Agent"], headers["Host"], headers["Connection"]) == ("Tester/1.0", server.host, "close")


def test_no_more_of_a_huge_page_is_read_than_is_wanted(settings):
    sent = []

    def endless(page):
        page.send_response(200)
        page.send_header("Content-Length", str(HUGE))
        page.end_headers()
        for _piece in range(HUGE // 65536):
            page.wfile.write(b"x" * 65536)
            sent.append(65536)

    with serving(settings, {"/huge": endless}) as server:
        unread = ME.ask("GET", target_of(f"{server.url}/huge"))
        read = ME.ask("GET", target_of(f"{server.url}/huge"), most_bytes=HUGE)

    assert (unread.body, len(read.body)) == (b"", MOST_BYTES)
    assert sum(sent) < HUGE


def drip(seconds):
    """A page that says a letter now and then, for so long."""

    def page(page):
        end = time.monotonic() + seconds
        page.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while time.monotonic() < end:
            page.wfile.write(b"x")
            page.wfile.flush()
            time.sleep(0.1)

    return page


@pytest.mark.parametrize("page", [drip(8), lambda page: time.sleep(3)], ids=["drips", "says nothing"])
def test_a_slow_server_is_not_waited_for(settings, page):
    with serving(settings, {"/slow": page}) as server:
        begun = time.monotonic()
        with pytest.raises(NoAnswer) as slow:
            ME.ask("GET", target_of(f"{server.url}/slow"))
        waited = time.monotonic() - begun

    assert (slow.value.reason, slow.value.connected) == ("no-answer", True)
    assert waited < 2.9


def test_a_port_at_which_nobody_listens_gives_no_answer(settings):
    settings.LINK_CHECK_PRIVATE = [f"127.0.0.1:{(port := unused_port())}"]

    with pytest.raises(NoAnswer) as nobody:
        ME.ask("GET", target_of(f"http://127.0.0.1:{port}/"))

    assert (nobody.value.reason, nobody.value.connected) == ("no-answer", False)


def test_a_server_that_speaks_something_else_gives_no_answer(settings):
    with (
        serving(settings, {"/": lambda page: page.wfile.write(b"220 mail.example ESMTP\r\n")}) as server,
        pytest.raises(NoAnswer),
    ):
        ME.ask("GET", target_of(server.url))


# Certificates


def certificate(folder, *names):
    """A certificate for these names and its key, signed by itself, and a context that serves it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A server of a test")])
    now = datetime.now(UTC)
    known_as = [x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name) for name in names]
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(known_as), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = signed.public_bytes(serialization.Encoding.PEM)
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "server.pem").write_bytes(key.private_bytes(*form) + pem)
    (folder / "authority.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context


@pytest.fixture
def believed(monkeypatch, tmp_path):
    """Makes the certificate of this test believed."""
    strangers.trust.cache_clear()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    yield
    strangers.trust.cache_clear()


def test_a_server_proves_the_name_in_the_address_though_it_is_called_by_number(settings, tmp_path, believed):
    with serving(settings, {"/": ok()}, certificate(tmp_path, "localhost")) as server:
        answer = ME.ask("GET", target_of(server.url))

    assert (answer.code, server.asked[0][2]["Host"]) == (200, f"localhost:{server.server_port}")


def test_a_server_with_the_certificate_of_another_is_not_believed(settings, tmp_path, believed):
    with (
        serving(settings, {"/": ok()}, certificate(tmp_path, "other.example")) as server,
        pytest.raises(NoAnswer) as fraud,
    ):
        ME.ask("GET", target_of(server.url))

    assert (fraud.value.reason, server.asked) == ("certificate", [])


def test_a_certificate_that_nobody_signed_is_not_believed(settings, tmp_path):
    strangers.trust.cache_clear()
    with serving(settings, {"/": ok()}, certificate(tmp_path, "localhost")) as server, pytest.raises(NoAnswer) as fraud:
        ME.ask("GET", target_of(server.url))

    assert fraud.value.reason == "certificate"


def test_nothing_is_left_behind_after_a_question(settings):
    with serving(settings, {"/": ok()}) as server:
        ME.ask("HEAD", target_of(server.url))

    assert not [
        thread
        for thread in threading.enumerate()
        if isinstance(thread, threading.Timer) and not thread.finished.is_set()
    ]
