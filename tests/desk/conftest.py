"""A workspace with one person of each role, and its desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.desk.browsing import Open, browsers
from tests.desk.client import Client, open_desk
from tests.desk.serving_desk import Served, served
from toolkit.desk.house import House
from toolkit.model import SetClock

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOW: Final = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
PEOPLE: Final = {
    "mara": ("Mara Manager", "manager"),
    "carla": ("Carla Community", "community"),
    "emil": ("Emil Editor", "editor"),
    "anna": ("Anna Analyst", "analyst"),
    "lena": ("Lena Legal", "legal"),
    "otto": ("Otto Operator", "operator"),
}
SETTINGS: Final = """format = 1
[workspace]
id = "probe"
name = "Probe"
timezone = "Europe/Berlin"
languages = ["en"]
interface = "en"
"""


def write_settings(root: Path, more: str = "") -> None:
    """leitstand.toml with the people, and `more` below."""
    people = "".join(
        f'[people.{key}]\nname = "{name}"\nroles = ["{role}"]\nemail = "{key}@example.com"\n'
        for key, (name, role) in PEOPLE.items()
    )
    nobody = '[people.nora]\nname = "Nora Nobody"\nroles = []\nemail = "nora@example.com"\n'
    root.joinpath("leitstand.toml").write_text(SETTINGS + people + nobody + more, encoding="utf-8")


def open_house(root: Path, clock: SetClock) -> House:
    """The house of a workspace, with its state beside it."""
    return House(root, clock, {"LEITSTAND_STATE_DIR": str(root / "state")})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_settings(tmp_path)
    return tmp_path


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def house(root: Path, clock: SetClock) -> House:
    return open_house(root, clock)


@pytest.fixture
def client(house: House) -> Client:
    """A browser at the real desk; nobody is signed in."""
    return open_desk(house)


@pytest.fixture
def desk(house: House) -> Iterator[Served]:
    """The desk of the house, on a real socket."""
    with served(house) as found:
        yield found


@pytest.fixture
def usual() -> dict[str, object]:
    """What every window of a module has, as the browser takes it."""
    return {}


@pytest.fixture
def sign_in(chromium: Browser, desk: Served, usual: dict[str, object]) -> Iterator[Open]:
    """Opens browsers in which somebody is signed in."""
    with browsers(chromium, desk, **usual) as found:
        yield found
