"""The whole way: post file, ledger, public media on a real web server, Meta's three networks; and a SIGKILL in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.dispatch.dying import tick_and_die
from tests.networks.connections.makers import make_picture
from tests.servers.files import run_files
from tests.servers.meta import facebook, instagram, threads
from tests.servers.meta.world import LOST, NOW, TOKEN, World
from tests.servers.pretend import run_pretend
from toolkit.dispatch import publish_due
from toolkit.ledger import State, ledger_path, open_ledger
from toolkit.model import SetClock

pytestmark = pytest.mark.storm

NAMES = ("facebook", "instagram", "threads")
KIND = {"facebook": "post", "instagram": "media", "threads": "post"}
TOML = """\
format = 1
[workspace]
id = "probe"
timezone = "UTC"
[people.redaktion]
roles = ["editor"]
[media_host]
kind = "folder"
folder = "{folder}"
url = "{media}"
"""
ACCOUNT = '[accounts.{name}]\nnetwork = "{name}"\nid = "{id}"\nserver = "{server}"\n'
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
author: redaktion
status: ready
publish: {publish}
channels: [facebook, instagram, threads]
language: de
media:
  - {{file: media/a.png, alt: Eine Hand öffnet die Tür}}
  - {{file: media/b.png, alt: Kaffee}}
---
Tür 1 ist **auf**: https://example.com/1
"""


@dataclass
class Brand:
    """A workspace with an account on each of the three, and their servers."""

    root: Path
    worlds: dict[str, World]

    def environ(self) -> dict[str, str]:
        tokens = {f"LEITSTAND_TOKEN_{name.upper()}": TOKEN for name in NAMES}
        return {"LEITSTAND_STATE_DIR": str(self.root / "state")} | tokens

    def at(self, moment: datetime) -> datetime:
        """Let the servers have the same time."""
        for world in self.worlds.values():
            world.now = moment
        return moment

    def tick(self, moment: datetime) -> None:
        publish_due(self.root, clock=SetClock(self.at(moment)), environ=self.environ())

    def tick_and_die(self, moment: datetime, point: str, time: int) -> None:
        """One tick in a process of its own that is killed when it comes to `point` for the `time`-th time."""
        tick_and_die(self.root, self.at(moment), self.environ(), (point, time))

    def published(self) -> dict[str, int]:
        """How often it is out, per network."""
        return {name: len(world.all(KIND[name])) for name, world in self.worlds.items()}


@pytest.fixture
def brand(tmp_path: Path) -> Iterator[Brand]:
    instagrams = instagram.InstagramWorld("v26.0", _nothing, {"id": instagram.ACCOUNT, "username": instagram.NAME})
    instagrams.calls = instagrams.call
    conversation = threads.ThreadsWorld("v1.0", _nothing, {"id": threads.ACCOUNT, "username": threads.NAME})
    conversation.calls = conversation.call
    page = facebook.FacebookWorld("v26.0", facebook.call, {"id": facebook.PAGE, "name": "Nordlicht"})
    worlds: dict[str, World] = {"facebook": page, "instagram": instagrams, "threads": conversation}
    ids = {"facebook": facebook.PAGE, "instagram": instagram.ACCOUNT, "threads": threads.ACCOUNT}
    (tmp_path / "www").mkdir()
    with ExitStack() as stack:
        for world in worlds.values():
            world.serve(stack.enter_context(run_pretend()))
        media = stack.enter_context(run_files(tmp_path / "www"))
        toml = TOML.format(folder=(tmp_path / "www").as_posix(), media=media)
        for name, world in worlds.items():
            toml += ACCOUNT.format(name=name, id=ids[name], server=world.server.address)
        (tmp_path / "leitstand.toml").write_text(toml)
        (tmp_path / "content" / "media").mkdir(parents=True)
        (tmp_path / "content" / "posts").mkdir()
        (tmp_path / "content" / "media" / "a.png").write_bytes(make_picture("#aa3300", 60, 20))
        (tmp_path / "content" / "media" / "b.png").write_bytes(make_picture("#0033aa", 20, 60))
        text = POST.format(publish=f"{NOW - timedelta(minutes=2):%Y-%m-%d %H:%M}")
        (tmp_path / "content" / "posts" / "tuer.md").write_text(text)
        yield Brand(tmp_path, worlds)
    assert [world.failures for world in worlds.values()] == [[], [], []]


def _nothing(_method: str, _path: list[str]) -> None:
    return None


def rows(brand: Brand, at: datetime) -> dict[str, tuple[State, str, str]]:
    with open_ledger(ledger_path(brand.root / "state"), now=at, read_only=True) as ledger:
        return {row.account: (row.state, row.remote_id, row.reason) for row in ledger.rows()}


def check(brand: Brand, at: datetime) -> None:
    """Out once on each network, and the ledger knows the real ids."""
    found = rows(brand, at)
    assert {name: state for name, (state, _id, _why) in found.items()} == dict.fromkeys(NAMES, State.CONFIRMED), found
    assert brand.published() == dict.fromkeys(NAMES, 1)
    for name, world in brand.worlds.items():
        assert found[name][1] == world.all(KIND[name])[0]["id"]


# After the claim, the intent, the answer, the record; of each of the three accounts.
@pytest.mark.parametrize(
    ("point", "time"), [("C1", 1), ("C2", 1), ("C2", 2), ("C2", 3), ("C4", 1), ("C4", 2), ("C4", 3), ("C5", 2)]
)
def test_a_kill_at_any_point_publishes_once_on_each(brand: Brand, point: str, time: int) -> None:
    """Containers, uploads and what was asked are noted on disk: later ticks bring it out, once."""
    brand.tick(NOW - timedelta(days=1))  # what is past is history; this is before
    brand.tick_and_die(NOW, point, time)
    for minutes in (6, 12, 18):
        brand.tick(NOW + timedelta(minutes=minutes))
    check(brand, NOW + timedelta(minutes=20))


def test_lost_answers_of_all_three_are_settled_by_the_next_tick(brand: Brand) -> None:
    """All three were obeyed and none was answered: the next process finds them, and sends nothing again."""
    brand.tick(NOW - timedelta(days=1))
    for call, name in (
        ("POST feed", "facebook"),
        ("POST media_publish", "instagram"),
        ("POST threads_publish", "threads"),
    ):
        brand.worlds[name].ail(call, LOST)
    brand.tick(NOW)
    assert {state for state, _id, _why in rows(brand, NOW).values()} == {State.UNKNOWN}
    brand.tick(NOW + timedelta(minutes=6))
    check(brand, NOW + timedelta(minutes=7))
    assert len(brand.worlds["instagram"].sent("POST media_publish")) == 1
    names = sorted(path.suffix for path in (brand.root / "www").iterdir())
    assert names == [".jpg"] * 4  # two pictures, each in the shape of Instagram and of Threads
