from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.desk.client import Client, open_desk
from tests.desk.conftest import open_house, write_settings
from toolkit.desk.audit import read_deeds
from toolkit.desk.guard import Address
from toolkit.desk.house import House
from toolkit.model import SetClock

DESK: Final = """[desk]
user_header = "X-Forwarded-User"
proxies = ["10.0.0.5", "fd00::/64"]
origin = "https://desk.example.com"
"""
HERE: Final = Address(frozenset({"https://desk.example.com"}))
PROXY: Final = "10.0.0.5"


@pytest.fixture
def house(tmp_path: Path, clock: SetClock) -> House:
    write_settings(tmp_path, DESK)
    return open_house(tmp_path, clock)


@pytest.fixture
def at(house: House) -> Callable[[str], Client]:
    """A browser whose lines come from an address."""

    def browse(peer: str) -> Client:
        client = open_desk(house, address=HERE)
        client.peer = peer
        return client

    return browse


def deeds(house: House) -> list[str]:
    with house.book(read_only=True) as store:
        return [f"{one.person}|{one.origin}|{one.outcome}" for one in read_deeds(store)]


@pytest.mark.parametrize("name", ["carla", "carla@example.com", "Carla@Example.com"])
def test_the_login_in_front_is_believed(name: str, at: Callable[[str], Client]) -> None:
    """A name from the proxy, an id or an address, is the person; no link is needed, and there are none."""
    page = at(PROXY).get("/", ("x-forwarded-user", name))
    assert page.status_code == 200
    assert "Carla Community" in page.text
    assert "/logout" not in page.text
    assert at(PROXY).get("/login/x", ("x-forwarded-user", name)).headers["location"] == "/"


@pytest.mark.parametrize("peer", ["10.0.0.6", "127.0.0.1", "::1", "fd01::5", "192.0.2.1", "no address"])
def test_nobody_else_is_believed(peer: str, at: Callable[[str], Client], house: House) -> None:
    """From any other address a name is an attempt: refused, and written down with where it came from."""
    answer = at(peer).get("/", ("x-forwarded-user", "mara"))
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    ((_person, origin, outcome),) = [one.split("|") for one in deeds(house)]
    assert outcome == "refused-header"
    assert origin == {"127.0.0.1": "loopback", "::1": "loopback", "no address": "unknown"}.get(peer, peer)
    assert at(peer).get("/").status_code == 403
    assert deeds(house)[0].endswith("refused-address")


@pytest.mark.parametrize("peer", ["fd00::7", "::ffff:10.0.0.5"])
def test_networks_and_mapped_addresses_are_the_proxy(peer: str, at: Callable[[str], Client]) -> None:
    """A network of IPv6, and IPv4 in the clothes of IPv6, are what leitstand.toml names."""
    assert at(peer).get("/", ("x-forwarded-user", "mara")).status_code == 200


@pytest.mark.parametrize(
    "names",
    [
        [],
        [""],
        ["nobody"],
        ["mara", "carla"],
        ["carla", "mara"],
        ["carla, mara"],
        ["Carla"],
        ["CARLA"],
        ["carla\u0131@example.com"],
        ["c\u00e4rla"],
        ["\u212aarla"],
        ["carla@example.com@evil.example"],
        ["carla\x00"],
        ["<carla>"],
        ["people.carla"],
    ],
)
def test_a_doubtful_name_is_nobody(names: list[str], at: Callable[[str], Client], house: House) -> None:
    """Twice, in other letters, with something around it: even the proxy's word has to be exactly one person's."""
    client = at(PROXY)
    answer = client.ask("GET", "/", headers=[("x-forwarded-user", name) for name in names])
    assert answer.status_code == 403
    assert deeds(house) == ["|proxy 10.0.0.5|refused-unknown"]


@pytest.mark.parametrize(
    "header", ["x_forwarded_user", "x-forwarded-users", "x-forwarded-user2", "x-remote-user", "remote-user"]
)
def test_another_header_is_no_name(header: str, at: Callable[[str], Client]) -> None:
    """Only the header that leitstand.toml names counts, also where programs mix up dashes and underscores."""
    assert at(PROXY).get("/", (header, "mara")).status_code == 403


def test_two_people_with_one_address_are_nobody(tmp_path: Path, clock: SetClock) -> None:
    """Where an address could mean two people, nobody is guessed."""
    write_settings(tmp_path, '[people.twin]\nname = "Twin"\nroles = ["manager"]\nemail = "carla@example.com"\n' + DESK)
    client = open_desk(open_house(tmp_path, clock), address=HERE)
    client.peer = PROXY
    assert client.get("/", ("x-forwarded-user", "carla@example.com")).status_code == 403
    assert client.get("/", ("x-forwarded-user", "carla")).status_code == 200


def test_a_session_follows_the_name(at: Callable[[str], Client]) -> None:
    """When somebody else comes with the cookie of the first, they get a session of their own, and not the first's tokens."""
    client = at(PROXY)
    first = client.get("/", ("x-forwarded-user", "carla"))
    assert first.headers["set-cookie"].startswith("__Host-leitstand=")
    kept = dict(client.cookies)
    assert "set-cookie" not in client.get("/", ("x-forwarded-user", "carla")).headers
    second = client.get("/", ("x-forwarded-user", "mara"))
    assert "Mara Manager" in second.text
    assert client.cookies != kept


def test_forms_need_their_token_behind_a_proxy_too(at: Callable[[str], Client]) -> None:
    """The company's cookie alone, which other sites' forms may carry, changes nothing."""
    client = at(PROXY)
    client.get("/", ("x-forwarded-user", "carla"))
    answer = client.post("/language", {"language": "de"}, ("x-forwarded-user", "carla"))
    assert answer.status_code == 403
    assert "another session" in answer.text


def test_without_the_setting_a_header_is_only_a_header(tmp_path: Path, clock: SetClock) -> None:
    """A desk with login links lets nobody in for a header, from wherever it comes."""
    write_settings(tmp_path)
    client = open_desk(open_house(tmp_path, clock))
    for header in ("x-forwarded-user", "remote-user", "x-forwarded-email"):
        assert client.get("/", (header, "mara")).headers["location"] == "/login"


def test_over_https_browsers_are_told_to_stay_there(at: Callable[[str], Client]) -> None:
    """The answers of a desk with an https address say so for a year."""
    assert at(PROXY).get("/login").headers["strict-transport-security"] == "max-age=31536000"
