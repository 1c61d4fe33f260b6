"""A workspace with one person of each role, and its desk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from tests.desk.client import Client, open_desk
from toolkit.desk.house import House
from toolkit.model import SetClock

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
