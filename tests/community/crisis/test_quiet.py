"""Quiet is heard in the inbox and by the detector, and an incident has its numbers; over a real inbox and real files."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.desk.crisis.incidents_of import FEED, NOW, build, hear
from toolkit.cli import execute
from toolkit.community.crisis.asking import ask_inbox
from toolkit.community.crisis.figures import Numbers
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.quiet import Stir
from toolkit.community.crisis.situation import Situation
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.gathering import Listener
from toolkit.desk.house import House
from toolkit.model import Message, MessageKind, SetClock
from toolkit.workspace.playbooks import read_playbooks

DECLARED = NOW - timedelta(hours=2)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Three quiet days, and nothing about splinters in them."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.delenv("LEITSTAND_STATE_DIR", raising=False)
    return build(tmp_path)


def incident(declared: datetime = DECLARED) -> Incident:
    return Incident("x", "content/incidents/x.md", "recall", "Recall", 3, declared, "chefin", "splinters")


def ask(house: House, one: Incident) -> tuple[Stir, Numbers]:
    """What the inbox says now."""
    [playbook] = read_playbooks(house.workspace.handbook)[0]
    situation = Situation(house.root, house.settings, house.state, house.environ, house.now().astimezone(house.zone))
    stir, numbers = ask_inbox(situation, house.workspace, playbook, one)
    assert stir is not None
    assert numbers is not None
    return stir, numbers


def at(house: House, moment: datetime) -> None:
    assert isinstance(house.clock, SetClock)
    house.clock.moment = moment


def say(house: House, name: str, moment: datetime, text: str, *, own: bool = False, reach: int | None = None) -> None:
    """One message of one conversation: its thread is `name`."""
    author = "@probe" if own else f"@{name}@example.org"
    message = Message(
        f"{name}{moment}{own}", "news", MessageKind.DIRECT, author, text, moment, own=own, reach=reach, thread=name
    )
    with open_inbox(house.inbox_place, now=house.now()) as inbox:
        inbox.gather(Listener(FEED, "news", {}), [message], house.now())


def test_what_is_about_something_else_is_no_stir(house: House) -> None:
    """A hundred good words keep nobody from the all-clear; one splinter does, from its own moment on."""
    hear(house, "good coffee again", 100, timedelta(seconds=30))
    assert ask(house, incident())[0] == Stir(0, None, None, usual=False)
    hear(house, "a splinter!", 1, timedelta(minutes=1))
    stir, _numbers = ask(house, incident())
    assert (stir.messages, stir.moments) == (1, (house.now(),))


def test_what_came_before_it_was_declared_is_what_it_was_declared_for(house: House) -> None:
    """Only what comes after counts against the quiet."""
    at(house, DECLARED - timedelta(minutes=10))
    hear(house, "a splinter!", 3, timedelta(minutes=1))
    at(house, NOW)
    assert ask(house, incident())[0].moments == ()


def test_where_such_words_come_every_day_only_unusual_hours_count(house: House) -> None:
    """One splinter an hour for three days is this house's usual noise; thirty in an hour are not."""
    hear(house, "a splinter as ever", 72, timedelta(hours=1))
    stir, _numbers = ask(house, incident())
    assert (stir.usual, stir.messages, stir.moments) == (True, 2, ())
    hear(house, "splinters everywhere", 30, timedelta(minutes=1))
    stir, _numbers = ask(house, incident())
    assert stir.last_unusual is not None
    assert stir.moments == (stir.last_unusual,)


def test_the_numbers_of_an_incident(house: House) -> None:
    """Messages, people, the loudest hour, answers with their median, followers of those of whom they are known."""
    for name, minutes, reach in (("ada", 5, 100), ("ben", 10, None), ("cem", 70, 50)):
        say(house, name, DECLARED + timedelta(minutes=minutes), "a splinter!", reach=reach)
    say(house, "ada", DECLARED + timedelta(minutes=6), "and another splinter", reach=120)
    say(house, "dora", DECLARED + timedelta(minutes=7), "good coffee", reach=10_000)
    say(house, "ada", DECLARED + timedelta(minutes=25), "we look into it", own=True)
    say(house, "ben", DECLARED + timedelta(minutes=50), "we look into it", own=True)
    _stir, numbers = ask(house, incident())
    assert numbers == Numbers(
        messages=4,
        people=3,
        peak=3,
        peak_at=DECLARED + timedelta(minutes=5),
        asked=3,
        answered=2,
        response=timedelta(minutes=30),
        reach=170,
        known=2,
    )


def test_without_an_inbox_nothing_is_known(house: House) -> None:
    """Missing is not zero."""
    house.inbox_place.file.unlink()
    situation = Situation(house.root, house.settings, house.state, house.environ, NOW)
    [playbook] = read_playbooks(house.workspace.handbook)[0]
    assert ask_inbox(situation, house.workspace, playbook, incident()) == (None, None)


def test_close_hears_the_inbox(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message about it puts the all-clear off; once it was quiet for a day the file has the numbers."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(house.state))
    folder = ["-w", str(house.root)]
    declared = ["crisis", "declare", "recall", "--level", "3", "--reason", "x", "--by", "chefin"]
    assert execute([*declared, "--now", NOW.isoformat(), *folder], {}) == 0
    at(house, NOW + timedelta(hours=23))
    hear(house, "a splinter!", 1, timedelta(minutes=1))
    close = ["crisis", "close", "--by", "chefin", *folder, "--now"]
    capsys.readouterr()
    assert execute([*close, (NOW + timedelta(hours=25)).isoformat()], {}) == 1
    assert "wanted are 24 hours" in capsys.readouterr().err
    assert execute([*close, (NOW + timedelta(hours=48)).isoformat()], {}) == 0
    [path] = (house.root / "content/incidents").glob("*.md")
    text = path.read_text(encoding="utf-8")
    assert "| Messages | 1 message by 1 person |" in text
    assert "| Loudest hour | 1 in the hour from 2026-11-22 11:00 |" in text
    assert "| Answered | 0 of 1 |" in text


def test_an_unreadable_inbox_keeps_nobody_from_the_end(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verb says so, and goes by the timeline alone."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(house.state))
    folder = ["-w", str(house.root)]
    declared = ["crisis", "declare", "recall", "--level", "3", "--reason", "x", "--by", "chefin"]
    assert execute([*declared, "--now", NOW.isoformat(), *folder], {}) == 0
    for ending in ("-wal", "-shm"):
        Path(f"{house.inbox_place.file}{ending}").unlink(missing_ok=True)
    house.inbox_place.file.write_bytes(b"no database at all, but long enough to be looked at")
    capsys.readouterr()
    later = (NOW + timedelta(hours=25)).isoformat()
    assert execute(["crisis", "close", "--by", "chefin", "--now", later, *folder], {}) == 0
    assert "without the inbox" in capsys.readouterr().err
