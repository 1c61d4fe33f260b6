"""Which hours and which promise count for a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toolkit.community.hours import ServiceTimes, read_times
from toolkit.model import MessageKind
from toolkit.workspace import load_workspace

SETTINGS = """\
format = 1
[workspace]
id = "probe"
timezone = "Europe/Berlin"
region = "DE-SH"
[accounts.toots]
network = "mastodon"
server = "https://social.example.com"
[accounts.letter]
network = "newsletter"
id = "hello@probe.example.com"
"""
COMMENT, DIRECT = MessageKind.COMMENT, MessageKind.DIRECT
Write = Callable[..., ServiceTimes]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Blocks of the handbook → the service times of the workspace."""

    def make(*blocks: str, occasions: str = "") -> ServiceTimes:
        (tmp_path / "guidelines").mkdir()
        (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
        page = "\n".join(f"```hours\n{block}\n```\n" for block in blocks)
        (tmp_path / "guidelines/hours.md").write_text(page, encoding="utf-8")
        if occasions:
            (tmp_path / "content/occasions").mkdir(parents=True)
            (tmp_path / "content/occasions/own.yml").write_text(occasions, encoding="utf-8")
        workspace = load_workspace(tmp_path)
        assert workspace.handbook.problems == ()
        return read_times(workspace.settings, workspace.handbook, workspace.occasions[0])

    return make


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


def test_without_a_block_it_is_always_open_and_nothing_is_promised(write: Write) -> None:
    """A team that says nothing about its hours is not late."""
    times = write()
    assert times.timetable("toots").is_open(at("2026-12-25 03:00"))
    assert times.promise("toots", COMMENT) is None


def test_holidays_of_the_region_are_off(write: Write) -> None:
    """Reformation Day is one in Schleswig-Holstein; with `holidays: true` somebody answers all the same."""
    block = "hours: [08:00-18:00]"
    times = write(block)
    assert not times.timetable().is_open(at("2026-10-31 12:00"))
    assert times.timetable().is_open(at("2026-10-30 12:00"))
    assert not times.timetable().is_open(at("2026-12-25 12:00"))


def test_holidays_may_be_worked(write: Write) -> None:
    """A hotel answers at Christmas."""
    assert write("hours: [08:00-18:00]\nholidays: true").timetable().is_open(at("2026-12-25 12:00"))


def test_the_house_s_own_holidays_are_off(write: Write) -> None:
    """Public days of content/occasions count like the region's; other occasions do not."""
    own = "occasions:\n  - {name: Inventur, from: 2026-11-24, kind: public}\n  - {name: Messe, from: 2026-11-25, kind: day}\n"
    times = write("hours: [08:00-18:00]", occasions=own)
    assert not times.timetable().is_open(at("2026-11-24 12:00"))
    assert times.timetable().is_open(at("2026-11-25 12:00"))


def test_closed_and_open_days(write: Write) -> None:
    """A closed span takes both its ends; a day with hours of its own is open then, also on a holiday inside it."""
    block = "hours: [mon-fri 08:00-18:00]\nclosed: [2026-12-24/2026-12-31, 2027-01-04]\n"
    table = write(f"{block}open: [{{day: 2026-12-26, hours: [10:00-12:00]}}]").timetable()
    closed = ("2026-12-24 09:00", "2026-12-31 09:00", "2027-01-04 09:00", "2026-12-26 12:00")
    assert not any(table.is_open(at(moment)) for moment in closed)
    assert all(table.is_open(at(moment)) for moment in ("2026-12-23 09:00", "2026-12-26 10:00", "2027-01-05 09:00"))


def test_an_account_before_its_network_before_everybody(write: Write) -> None:
    """What a block does not say comes from the next one: here the closed day and the general promise."""
    times = write(
        "hours: [08:00-18:00]\nfirst_response: PT2H\nclosed: [2026-11-26]",
        "hours: [20:00-22:00]\nchannels: [mastodon]",
        "hours: [06:00-07:00]\nchannels: [letter]\nfirst_response: PT1H",
    )
    noon, evening, dawn = at("2026-11-24 12:00"), at("2026-11-24 21:00"), at("2026-11-24 06:30")
    opened = {
        name: [times.timetable(name).is_open(moment) for moment in (noon, evening, dawn)]
        for name in ("", "toots", "letter")
    }
    assert opened == {"": [True, False, False], "toots": [False, True, False], "letter": [False, False, True]}
    assert not times.timetable("toots").is_open(at("2026-11-26 21:00"))
    lengths = {
        name: promise.level.first_response for name in ("toots", "letter") if (promise := times.promise(name, COMMENT))
    }
    assert lengths == {"toots": timedelta(hours=2), "letter": timedelta(hours=1)}


def test_a_block_may_only_promise(write: Write) -> None:
    """An account with the usual hours and a level of its own."""
    times = write("hours: [08:00-18:00]", "channels: [letter]\nfirst_response: PT10H")
    promise = times.promise("letter", COMMENT)
    assert promise is not None
    assert promise.due(at("2026-11-24 17:00")) == at("2026-11-25 17:00")
    assert times.promise("toots", COMMENT) is None


def test_hours_in_another_zone(write: Write) -> None:
    """An office in New York opens in the afternoon."""
    table = write("hours: [mon-fri 09:00-17:00]\ntimezone: America/New_York").timetable()
    assert [table.is_open(at(f"2026-11-24 {hour}:00")) for hour in ("09", "15", "22", "23")] == [
        False,
        True,
        True,
        False,
    ]


def test_the_first_level_that_fits(write: Write) -> None:
    """By kind, label, account and danger; the general promise is the last."""
    levels = """levels:
  - {risk: 3, first_response: PT15M, always: true}
  - {kinds: [direct], labels: [order], first_response: PT1H}
  - {kinds: [direct], first_response: PT4H}
  - {channels: [newsletter], first_response: PT10H}
"""
    times = write(f"hours: [08:00-18:00]\nfirst_response: PT2H\n{levels}")

    def minutes(channel: str, kind: MessageKind, labels: tuple[str, ...] = (), risk: int = 0) -> float:
        promise = times.promise(channel, kind, labels, risk)
        assert promise is not None
        return promise.level.first_response / timedelta(minutes=1)

    assert minutes("toots", COMMENT) == 120
    assert minutes("toots", DIRECT) == 240
    assert minutes("toots", DIRECT, ("order",)) == 60
    assert minutes("letter", COMMENT, (), 2) == 600
    assert minutes("letter", DIRECT, ("order",), 3) == 15
    around = times.promise("letter", COMMENT, (), 3)
    assert around is not None
    assert around.due(at("2026-11-24 23:00")) == at("2026-11-24 23:15")


def test_a_week_without_hours_promises_nothing_that_ends(write: Write) -> None:
    """`hours: []` is never open: nothing is ever due."""
    promise = write("hours: []\nfirst_response: PT2H").promise("toots", COMMENT)
    assert promise is not None
    assert promise.due(at("2026-11-24 12:00")) is None
    assert promise.used(at("2026-11-24 12:00"), at("2027-11-24 12:00")) == 0
