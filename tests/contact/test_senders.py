import pytest

from contact.senders import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.5", "192.0.2.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "10.9.9.9, 203.0.113.5", "203.0.113.5"),
        (2, "10.9.9.9, 203.0.113.5, 198.51.100.1", "203.0.113.5"),
        (2, "203.0.113.5", "192.0.2.1"),
        (1, "nonsense", ""),
        (1, "", ""),
    ],
)
def test_only_what_trusted_proxies_say_is_believed(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})

    assert client_address(request) == address


def test_a_network_of_ipv6_is_one_sender(rf):
    addresses = {client_address(rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{end}")) for end in ("1", "ffff")}

    assert addresses == {"2001:db8:1:2::"}


def test_a_connection_without_an_address_is_a_sender_too(rf):
    assert client_address(rf.get("/", REMOTE_ADDR="")) == ""
