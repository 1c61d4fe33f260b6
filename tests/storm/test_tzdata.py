"""A new time zone database: what was planned moves, what was sent stays (P14)."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from tests.probe import PROBE
from toolkit.dispatch import publish_due
from toolkit.dispatch.zones import tzdata_version
from toolkit.ledger import Row, State, ledger_path, open_ledger
from toolkit.model import SetClock, zone

POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2{number:02}
title: Tür {number}
author: anna
status: ready
publish: 2026-12-{number:02} 07:30
timezone: {zone}
channels: [news]
language: de
---
Tür {number} ist auf.
"""
START = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def other_rules(tmp_path: Path) -> Iterator[Path]:
    """A database in which Berlin keeps London's time; everything else is as it is."""
    folder = tmp_path / "zoneinfo"
    (folder / "Europe").mkdir(parents=True)
    (folder / "Europe/Berlin").write_bytes(files("tzdata").joinpath("zoneinfo/Europe/London").read_bytes())
    (folder / "+VERSION").write_text("2027z\n", encoding="ascii")
    before = zoneinfo.TZPATH
    yield folder
    zoneinfo.reset_tzpath(before)
    forget_zones()


def forget_zones() -> None:
    """What a new process does not know: a database is changed by an update, and the dispatcher begins anew."""
    zoneinfo.ZoneInfo.clear_cache()
    zone.cache_clear()
    tzdata_version.cache_clear()


def make_brand(root: Path) -> None:
    """Five posts in Berlin's time and five in New York's."""
    posts = root / "content/posts"
    posts.mkdir(parents=True)
    (root / "leitstand.toml").write_text(PROBE, encoding="utf-8")
    for number in range(1, 11):
        zone = "Europe/Berlin" if number % 2 else "America/New_York"
        (posts / f"{number}.md").write_text(POST.format(number=number, zone=zone), encoding="utf-8")


def test_a_new_database_moves_exactly_what_it_concerns(tmp_path: Path, other_rules: Path) -> None:
    """Planned rows of Berlin move by an hour and say so; what is out and what lies in New York stays as it was."""
    make_brand(tmp_path / "brand")
    state, clock = tmp_path / "state", SetClock(START)

    def tick() -> dict[str, Row]:
        publish_due(tmp_path / "brand", clock=clock, environ={"LEITSTAND_STATE_DIR": str(state)})
        with open_ledger(ledger_path(state), now=clock.moment, read_only=True) as ledger:
            return {row.path: row for row in ledger.rows()}

    tick()
    clock.moment = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    before = tick()
    assert [row.state for row in before.values()].count(State.CONFIRMED) == 1
    zoneinfo.reset_tzpath([other_rules, *zoneinfo.TZPATH])
    forget_zones()
    clock.moment = datetime(2026, 12, 1, 6, 31, tzinfo=UTC)
    after = tick()
    moved = {path for path, row in after.items() if row.due != before[path].due}
    concerned = {path for path, row in before.items() if row.zone == "Europe/Berlin" and row.state is State.PLANNED}
    assert moved == concerned
    assert len(moved) == 4
    assert {(after[path].due - before[path].due).total_seconds() for path in moved} == {3600.0}
    assert {row.tzdata for row in after.values() if row.state is State.PLANNED} == {"2027z"}
    assert after["content/posts/1.md"] == before["content/posts/1.md"]
