import socket

import pytest

from toolkit.web import Blocked, NotSent, Web, host_port, is_public, look_up
from toolkit.web.addresses import split_url

NOT_PUBLIC = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.1.2.3",
    "64:ff9b:1::1",
    "100::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:a9fe:a9fe::1",
    "3fff::1",
    "5f00::1",
    "localhost",
    "example.com",
    "127.1",
    "0x7f.1",
]

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.167.0.1",
    "192.169.0.1",
    "193.99.144.80",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450:4001:80b::200e",
    "64:ff9b::8.8.8.8",
    "2003::1",
]

# Names that the system's own lookup, as everybody's, takes for addresses of this machine or its neighbours.
DISGUISED = [
    "http://127.1/",
    "http://127.0.1/",
    "http://0x7f.1/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://10.1/",
    "http://192.168.257/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0xa9fea9fe/",
    "http://2852039166/",
    "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
    "https://127.0.0.1:8443/",
    "http://[fe80::1]/",
]

MALFORMED = [
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "javascript:alert(1)",
    "data:text/html,x",
    "//example.com/",
    "example.com",
    "http://",
    "http:///path",
    "https://user@example.com/",
    "https://user:pass@example.com/",
    "http://:pass@example.com/",
    "http://example.com:99999/",
    "http://example.com:http/",
    "http://exa\\mple.com/",
    "http://[::1/",
    "http://127.0.0.1\\@example.com/",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_public_is_known(address: str) -> None:
    """Private, loopback, link-local, shared, reserved and tunnelled addresses are not public; names are none."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_neighbours_of_the_blocked_ranges_are_public(address: str) -> None:
    """The ranges end where the registries say."""
    assert is_public(address)


@pytest.mark.parametrize("url", DISGUISED)
def test_disguised_addresses_are_blocked_through_the_systems_own_lookup(url: str) -> None:
    """Octal, hexadecimal, short and mapped forms reach nothing on this machine: no connection is tried."""
    with pytest.raises((Blocked, NotSent)) as caught:
        Web(resolver=look_up).get(url)
    assert isinstance(caught.value, Blocked) or isinstance(caught.value.__cause__, socket.gaierror)


@pytest.mark.parametrize(
    "url", [*MALFORMED, "http://exam ple.com/", "http://example.com/\r\nX: y", "\thttp://example.com/"]
)
def test_what_is_no_plain_web_address_is_blocked(url: str) -> None:
    """Other schemes, credentials, control characters and broken hosts never reach the lookup."""

    def never(host: str, port: int) -> list[str]:
        raise AssertionError(f"looked up {host}:{port}")

    with pytest.raises(Blocked):
        Web(resolver=never).get(url)


def test_one_private_address_among_public_ones_blocks_the_host() -> None:
    """A name with a public and a private address is refused as a whole, not tried in turn."""
    web = Web(resolver=lambda _host, _port: ["8.8.8.8", "10.0.0.7"])
    with pytest.raises(Blocked, match=r"10\.0\.0\.7"):
        web.get("http://two-faced.example/")


def test_an_unknown_name_is_proof_that_nothing_was_sent() -> None:
    """A lookup that fails is `NotSent`, for a post as well."""

    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror("Name or service not known")

    with pytest.raises(NotSent, match="nowhere"):
        Web(resolver=unknown).request("POST", "https://nowhere.example/", json={})
    with pytest.raises(NotSent, match="no address"):
        Web(resolver=lambda _host, _port: []).get("https://nowhere.example/")


def test_an_accounts_server_is_named_with_its_port() -> None:
    """The port of the scheme is filled in, letters are lower case, IPv6 loses its brackets."""
    assert host_port("https://Social.Example/") == "social.example:443"
    assert host_port("http://localhost:28001") == "localhost:28001"
    assert host_port("http://[::1]:8080/x") == "::1:8080"
    assert split_url("https://example.com:8443/a?b#c")[1:] == ("example.com", 8443)
