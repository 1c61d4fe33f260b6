"""Posts that come again, in a real workspace: every time is a row of its own, and none goes out twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.probe import PROBE
from toolkit.dispatch import TickResult, publish_due
from toolkit.ledger import Row, State, ledger_path, open_ledger
from toolkit.model import Rendition, SetClock

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
START = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
FIRST = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
POST = """\
---
uid: {uid}
title: Röstung der Woche
author: anna
status: ready
publish: 2026-12-01 07:30
{repeat}channels: [news]
language: de
---
Jeden Dienstag frisch.

## @2026-12-08

Diesmal der Winterröster.
"""
RULE = "repeat: FREQ=WEEKLY;BYDAY=TU;COUNT=4\n"
WHOLE = RULE + "except: [2026-12-15]\ninstances:\n  2026-12-08: {publish: 2026-12-08 10:00}\n"


class Brand:
    """A workspace with one post that comes again."""

    def __init__(self, folder: Path) -> None:
        self.root, self.state, self.clock = folder / "brand", folder / "state", SetClock(START)
        (self.root / "content/posts").mkdir(parents=True)
        (self.root / "leitstand.toml").write_text(PROBE, "utf-8")
        self.write(WHOLE)

    def write(self, repeat: str) -> None:
        """The post with this rule; only the whole one has a text for one of its days."""
        text = POST.format(uid=UID, repeat=repeat)
        text = text if repeat == WHOLE else text.partition("\n## ")[0]
        (self.root / "content/posts/roestung.md").write_text(text, "utf-8")

    def publish(self, moment: datetime) -> TickResult:
        self.clock.moment = moment
        return publish_due(self.root, clock=self.clock, environ={"LEITSTAND_STATE_DIR": str(self.state)})

    def rows(self) -> dict[str, Row]:
        with open_ledger(ledger_path(self.state), now=START, read_only=True) as ledger:
            return {row.occurrence: row for row in ledger.rows()}


@pytest.fixture
def brand(tmp_path: Path) -> Brand:
    return Brand(tmp_path)


def test_every_time_is_a_row_of_its_own(brand: Brand) -> None:
    """Three of four Tuesdays: one is left out, one is at another hour, with a text of its own."""
    brand.publish(START)
    assert {day: f"{row.due:%d %H:%M}" for day, row in brand.rows().items()} == {
        "2026-12-01": "01 06:30",
        "2026-12-08": "08 09:00",
        "2026-12-22": "22 06:30",
    }
    for row in brand.rows().values():
        brand.publish(row.due)
    rows = brand.rows()
    assert {row.state for row in rows.values()} == {State.CONFIRMED}
    texts = [Rendition.from_json(rows[day].rendition).parts[0].text for day in sorted(rows)]
    assert [("Winterröster" in text) for text in texts] == [False, True, False]
    assert len({row.remote_id for row in rows.values()}) == 3


def test_another_time_of_day_sends_nothing_again(brand: Brand) -> None:
    """What went out this morning does not go out again when the whole series is moved to the afternoon."""
    brand.publish(START)
    brand.publish(FIRST)
    path = brand.root / "content/posts/roestung.md"
    path.write_text(path.read_text("utf-8").replace("2026-12-01 07:30", "2026-12-01 08:00"), "utf-8")
    result = brand.publish(FIRST + timedelta(minutes=40))
    assert [event.state for event in result.events] == [State.PLANNED]  # only the last Tuesday moves
    assert brand.rows()["2026-12-22"].due == datetime(2026, 12, 22, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("repeat", ["", "repeat: FREQ=DAILY;COUNT=2\n"])
def test_a_rule_that_goes_or_changes_sends_nothing_again(brand: Brand, repeat: str) -> None:
    """A post that becomes a single one, and a series that becomes another one, right after the first time."""
    brand.publish(START)
    brand.publish(FIRST)
    brand.write(repeat)
    brand.publish(FIRST + timedelta(minutes=10))
    sent = [row for row in brand.rows().values() if row.state is State.CONFIRMED]
    assert [row.occurrence for row in sent] == ["2026-12-01"]


def test_a_single_post_that_comes_again_holds_what_is_out(brand: Brand) -> None:
    """The first time of the new series is the post that went out before: a person is asked, nothing is doubled."""
    brand.write("")
    brand.publish(START)
    brand.publish(FIRST)
    brand.write(RULE)
    brand.publish(FIRST + timedelta(minutes=10))
    rows = brand.rows()
    assert rows[""].state is State.CONFIRMED
    assert rows["2026-12-01"].state is State.HELD
    assert "went out for 2026-12-01 07:30 already" in rows["2026-12-01"].reason


def test_the_house_says_how_far_apart(brand: Brand) -> None:
    """A rule that comes too soon again is an error of its file, which goes out at no time."""
    (brand.root / "leitstand.toml").write_text(PROBE + "\n[policy]\nrepeat_days = 30\n", "utf-8")
    brand.publish(START)
    brand.publish(FIRST)
    row = brand.rows()["2026-12-01"]
    assert row.state is State.PLANNED
    assert "30 days have to lie between" in row.reason


@pytest.mark.parametrize("rule", ["", "repeat: FREQ=DAILY;COUNT=2\n", RULE])
def test_a_retraction_takes_back_every_time_that_is_out(brand: Brand, rule: str) -> None:
    """Also when the rule was removed or changed first: whoever retracts a post wants nothing of it to be seen."""
    brand.write(RULE)
    brand.publish(START)
    brand.publish(FIRST)
    brand.publish(FIRST + timedelta(days=7))
    brand.write(rule)
    brand.publish(FIRST + timedelta(days=7, minutes=10))
    brand.write(f"{rule}retract: {{channels: [news], reason: wrong}}\n")
    brand.publish(FIRST + timedelta(days=7, minutes=20))
    with open_ledger(ledger_path(brand.state), now=START, read_only=True) as ledger:
        rows = ledger.rows()
    out = {row.occurrence for row in rows if row.action == "post" and row.state is State.CONFIRMED}
    gone = {row.occurrence for row in rows if row.action == "retract" and row.state is State.CONFIRMED}
    assert gone == out >= {"2026-12-01", "2026-12-08"}


@pytest.mark.parametrize("line", ["", "publish: next\n"])
def test_a_retraction_needs_no_time(brand: Brand, line: str) -> None:
    """What is out goes, also when the file has lost its time, or waits for a free slot, before it is retracted."""
    brand.write("")
    brand.publish(START)
    brand.publish(FIRST)
    path = brand.root / "content/posts/roestung.md"
    text = path.read_text("utf-8").replace("publish: 2026-12-01 07:30\n", line)
    path.write_text(text, "utf-8")
    brand.publish(FIRST + timedelta(minutes=10))
    path.write_text(text.replace("channels:", "retract: {channels: [news], reason: wrong}\nchannels:"), "utf-8")
    brand.publish(FIRST + timedelta(minutes=20))
    with open_ledger(ledger_path(brand.state), now=START, read_only=True) as ledger:
        rows = {row.action: (row.state, row.reason, row.due) for row in ledger.rows()}
    assert rows["retract"] == (State.CONFIRMED, "", FIRST)


def test_what_was_never_out_and_has_no_time_is_not_taken_back(brand: Brand) -> None:
    """A retraction of nothing leaves no row behind."""
    brand.write("retract: {channels: [news], reason: wrong}\n")
    path = brand.root / "content/posts/roestung.md"
    path.write_text(path.read_text("utf-8").replace("publish: 2026-12-01 07:30\n", ""), "utf-8")
    brand.publish(FIRST)
    assert brand.rows() == {}
