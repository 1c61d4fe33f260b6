"""From messages to an alert: what is unusual in the inbox is proposed and told once, over a real inbox and a real ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.alerts.brands import FEED, NOW, Brand
from tests.servers.pretend import PretendServer
from toolkit.cli import execute
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.cursors import read_cursor, write_cursor
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.place import find_inbox
from toolkit.database import Place
from toolkit.model import Message, MessageKind
from toolkit.workspace import state_dir

PLAN = """---
title: Recall
owner: tarek
levels:
  - {level: 2, when: {score: 3WHAT}, owner: tarek, backup: wiebke}
---
# Recall
"""
RISK = "# Urgent\n\n```risk\nrisk: Injury\nlevel: 3\nwords: [splinter*]\ngood: [Splinters]\nbad: [Sprinters]\n```\n"
HOUR = timedelta(hours=1)


@pytest.fixture
def house(brand: Brand, pretend: PretendServer) -> Brand:
    """Fifteen days with six messages an hour."""
    brand.environ["LEITSTAND_STATE_DIR"] = str(brand.root / "state")
    (brand.root / "guidelines/crisis").mkdir(parents=True)
    (brand.root / "guidelines/urgent.md").write_text(RISK, encoding="utf-8")
    plan(brand)
    brand.reach(pretend, "tarek")
    write(brand, "good coffee", spread(NOW - timedelta(days=15), NOW, 15 * 24 * 6))
    return brand


def plan(brand: Brand, what: str = "") -> None:
    (brand.root / "guidelines/crisis/recall.md").write_text(PLAN.replace("WHAT", what), encoding="utf-8")


def spread(begins: datetime, ends: datetime, count: int) -> Iterator[datetime]:
    return (begins + (ends - begins) * number / count for number in range(count))


def place(brand: Brand) -> Place:
    settings = brand.load().settings
    return find_inbox(state_dir(brand.root, settings, brand.environ), settings, brand.environ)


def write(brand: Brand, text: str, moments: Iterable[datetime]) -> None:
    """A comment at each of these times, heard now."""
    now = brand.clock.now()
    found = [
        Message(f"{text} {at}", "news", MessageKind.COMMENT, f"@{at}@example.org", text, at, below="post")
        for at in moments
    ]
    with open_inbox(place(brand), now=now) as inbox:
        inbox.gather(Listener(FEED, "news", {}), found, now)
    hear_up_to(brand, now)


def hear_up_to(brand: Brand, moment: datetime) -> None:
    with open_inbox(place(brand), now=moment) as inbox:
        cursor = replace(read_cursor(inbox.store, FEED, "news"), heard_at=moment)
        with inbox.store.transaction() as transaction:
            write_cursor(transaction, cursor)


def ticks(brand: Brand, minutes: int, *, text: str = "good coffee") -> None:
    """The daemon every five minutes, started anew each time; meanwhile as much is written as always."""
    for _tick in range(minutes // 5):
        brand.tell()
        brand.wait(minutes=5)
        now = brand.clock.now()
        write(brand, text, spread(now - timedelta(minutes=5), now, 1))


def told(pretend: PretendServer) -> list[str]:
    return [str(request.json()["title"]) for request in pretend.sent("POST")]


def test_a_spike_makes_one_proposal_and_one_alert(house: Brand, pretend: PretendServer) -> None:
    """Sixty in half an hour where six an hour are usual; the daemon is started anew at every tick and says nothing twice."""
    ticks(house, 30)
    assert told(pretend) == []
    now = house.clock.now()
    write(house, "what is going on?", spread(now - timedelta(minutes=30), now, 60))
    ticks(house, 60)
    assert len(told(pretend)) == 1
    assert "recall → level 2" in told(pretend)[0]


def test_a_source_that_was_down_and_tells_all_at_once_makes_no_alert(house: Brand, pretend: PretendServer) -> None:
    """Five hours of silence, then five hours' messages in one go, each with its own time: while it is down, and after."""
    since = house.clock.now()
    for _tick in range(10):
        house.tell()
        house.wait(minutes=30)
    now = house.clock.now()
    write(house, "good coffee again", spread(since, now, 30))
    ticks(house, 30)
    assert told(pretend) == []


def test_a_weekly_peak_makes_no_alert(house: Brand, pretend: PretendServer) -> None:
    """The same sixty as in the spike, at this time one week ago and two weeks ago as well; half as many more are a spike."""
    for weeks in (1, 2):
        ends = NOW - weeks * timedelta(days=7) + timedelta(minutes=20)
        write(house, f"coffee club {weeks}", spread(ends - timedelta(minutes=30), ends, 60))
    write(house, "coffee club", spread(NOW - timedelta(minutes=30), NOW, 60))
    ticks(house, 40)
    assert told(pretend) == []
    now = house.clock.now()
    write(house, "something else", spread(now - timedelta(minutes=30), now, 200))
    ticks(house, 30)
    assert len(told(pretend)) == 1


@pytest.mark.parametrize(
    ("what", "text", "expected"),
    [
        (", risks: [Injury]", "a splinter!", 1),
        (", risks: [Injury]", "hello", 0),
        (", series: risk", "a splinter!", 1),
        (", series: risk", "hello", 0),
        (", series: negative", "hello", 0),
    ],
)
def test_a_plan_says_which_messages_count(
    house: Brand, pretend: PretendServer, what: str, text: str, expected: int
) -> None:
    """Those of the dangers that it names, by the handbook's own block, or those of a series."""
    plan(house, ", per_hour: 9999" + what)
    now = house.clock.now()
    write(house, text, spread(now - timedelta(minutes=30), now, 40))
    ticks(house, 15)
    assert len(told(pretend)) == expected


def test_what_sounds_negative_is_a_series_of_its_own(house: Brand, pretend: PretendServer) -> None:
    """Forty that sound negative are one, the same forty without a mood are none."""
    plan(house, ", series: negative")
    now = house.clock.now()
    write(house, "bah", spread(now - timedelta(minutes=30), now, 40))
    house.tell()
    assert told(pretend) == []
    with open_inbox(place(house), now=now) as inbox, inbox.store.transaction() as transaction:
        transaction.run("UPDATE entries SET mood = 'negative' WHERE text = :text", {"text": "bah"})
    house.tell()
    assert len(told(pretend)) == 1


def test_the_command_line_shows_the_evidence(
    house: Brand, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three series with count, what is usual and score; exit 1 and the plan's level while it is loud, 0 while it is calm."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(house.root / "state"))
    code, before = live(house.root, house.clock.now(), capsys)
    assert code == 0
    assert [(one["series"], one["level"]) for one in before["series"]] == [
        ("all", "calm"), ("negative", "calm"), ("risk", "calm"),
    ]  # fmt: skip
    now = house.clock.now()
    write(house, "a splinter", spread(now - timedelta(minutes=30), now, 60))
    code, after = live(house.root, now, capsys)
    assert code == 1
    everything, negative, risk = after["series"]
    assert (everything["count"], risk["count"], negative["count"]) == (66, 60, 0)
    assert everything["level"] == risk["level"] == "candidate"
    assert everything["expected"] == pytest.approx(6, abs=0.5)
    assert [(one["playbook"], one["level"]) for one in after["proposals"]] == [("recall", 2)]
    assert execute(["crisis", "detect", "--live", "-w", str(house.root), "--now", now.isoformat()], {}) == 1
    said = capsys.readouterr().out
    assert "all mentions: 66 in 60 minutes, usual are 6.0" in said
    assert "recall, level 2" in said


def live(root: Path, now: datetime, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    code = execute(["crisis", "detect", "--live", "-w", str(root), "--now", now.isoformat(), "--json"], {})
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, found


def test_a_brand_of_a_few_messages_is_seen_through_three_hours(
    brand: Brand, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under a hundred a day: 180 minutes and lower thresholds; and a brand that is two days old is still learning."""
    brand.environ["LEITSTAND_STATE_DIR"] = str(brand.root / "state")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(brand.root / "state"))
    write(brand, "few", spread(NOW - timedelta(days=10), NOW, 200))
    _code, found = live(brand.root, NOW, capsys)
    assert [one["window_minutes"] for one in found["series"]] == [180.0, 180.0, 180.0]
    early = NOW - timedelta(days=8, hours=1)
    _code, found = live(brand.root, early, capsys)
    assert {one["level"] for one in found["series"]} == {"learning"}
