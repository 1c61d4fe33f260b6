"""Slots of one channel move to another part of the day: there, nowhere else, and to where nothing stands in the way."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from toolkit.learning.changes import write_changes
from toolkit.learning.moves import Move, Offer, find_offers, read_move
from toolkit.learning.moving import move_slots
from toolkit.planning import Timetable
from toolkit.workspace import Workspace, load_workspace

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOML = """format = 1
[workspace]
id = "probe"
timezone = "UTC"
[people.mai]
name = "Mai"
[accounts.mastodon]
network = "mastodon"
[accounts.bluesky]
network = "bluesky"
[accounts.bluesky-en]
network = "bluesky"
"""
PAGE = "guidelines/zeiten.md"
HEAD = "---\ntitle: Zeiten\n---\n# Zeiten\n\n"


def house(root: Path, *blocks: str, toml: str = TOML) -> Workspace:
    """A workspace whose page keeps these blocks."""
    (root / "guidelines").mkdir(exist_ok=True)
    (root / "leitstand.toml").write_text(toml)
    (root / PAGE).write_text(HEAD + "\n".join(f"```{block}\n```\n" for block in blocks))
    return load_workspace(root)


def offers(workspace: Workspace, name: str = "mastodon", posts: tuple[str, ...] = ()) -> dict[tuple[str, str], Offer]:
    """The channel's offers by source and target; `posts` are moments of its posts."""
    account = workspace.settings.accounts[name]
    found = find_offers(workspace, account, [datetime.fromisoformat(one) for one in posts], NOW)
    return {(one.source, one.target): one for one in found}


def written(offer: Offer) -> list[str]:
    return [move.written.partition(": ")[2] for move in offer.moves]


def clocks(workspace: Workspace, name: str) -> set[str]:
    """Weekday and time of a channel's slots within the next weeks."""
    account = workspace.settings.accounts[name]
    slots = Timetable(workspace).slots(account, NOW, NOW + timedelta(weeks=4))
    return {f"{slot.wall.wall:%a %H:%M}" for slot in slots}


def test_a_channel_s_slots_move_to_its_own_usual_time(tmp_path: Path) -> None:
    """The middle time of the channel's posts in that part of the week; posts at the weekend say nothing about weekdays."""
    workspace = house(tmp_path, 'slots\nchannels: [mastodon]\ntimes: ["mo,fr 12:00"]')
    posts = ("2026-11-02T07:10", "2026-11-03T08:20", "2026-11-04T09:50", "2026-11-07T06:00", "2026-11-08T06:00")
    assert written(offers(workspace, posts=posts)["midday", "morning"]) == ["mon,fri 12:00 -> 08:00"]
    assert offers(workspace, "bluesky") == {}


@pytest.mark.parametrize(
    ("blocks", "toml", "wanted", "note"),
    [
        (["slots\nchannels: [mastodon]\ntimes: [tue 12:00, tue 08:00]"], TOML, "tue 12:00 -> 07:00", "slot already"),
        (
            ["slots\nchannels: [mastodon]\ntimes: [tue 12:00]"],
            TOML + '[policy]\nquiet_hours = ["20:00-08:30"]\n',
            "tue 12:00 -> 08:30",
            "does not post then",
        ),
        (
            [
                "slots\nchannels: [mastodon]\ntimes: [tue 12:00]",
                'duty\nroster:\n  - {person: mai, hours: ["mon-fri 09:00-18:00"]}\nwithin: PT30M',
            ],
            TOML,
            "tue 12:00 -> 08:30",
            "on duty",
        ),
    ],
)
def test_what_stands_in_the_way_is_told_and_gone_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocks: list[str], toml: str, *, wanted: str, note: str
) -> None:
    """Another slot within the hour, quiet hours, nobody on duty: the nearest half hour that is free, and why."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    workspace = house(tmp_path, *blocks, toml=toml)
    offer = offers(workspace, posts=("2026-11-02T08:00",))["midday", "morning"]
    assert written(offer) == [wanted]
    assert len(offer.notes) == 1
    assert "08:00" in offer.notes[0]
    assert note in offer.notes[0]


def test_two_slots_of_a_day_do_not_become_one(tmp_path: Path) -> None:
    """Eleven and half past twelve on Tuesdays: an hour apart in the morning, too."""
    workspace = house(tmp_path, "slots\nchannels: [mastodon]\ntimes: [tue 11:00, tue 12:30]")
    offer = offers(workspace, posts=("2026-11-02T08:00",))["midday", "morning"]
    assert written(offer) == ["tue 11:00 -> 08:00", "tue 12:30 -> 07:00"]


def test_without_a_free_time_there_is_nothing_to_ask(tmp_path: Path) -> None:
    """The account may post at noon alone."""
    toml = TOML + '[windows.mastodon]\ntimes = ["mon-fri 11:00-13:00"]\n'
    workspace = house(tmp_path, "slots\nchannels: [mastodon]\ntimes: [tue 12:00]", toml=toml)
    assert offers(workspace) == {}


def test_only_that_channel_s_slots_of_those_days_move_and_they_move_back(tmp_path: Path) -> None:
    """A shared block stays the others'; an entry of all days is split; afterwards all is as it was."""
    workspace = house(
        tmp_path,
        "slots\nchannels: [mastodon, bluesky]\ntimes: [di 12:00, do 17:30]\nnote: beide",
        'slots\nchannels:\n  - mastodon\ntimes:\n  - 13:00 # immer\n  - "2mo,fr 11:00"',
    )
    before = {name: clocks(workspace, name) for name in workspace.settings.accounts}
    moves = [read_move(f"mastodon: {one}") for one in ("tue 12:00 -> 08:00", "2mon,fri 11:00 -> 09:30")]
    moves += [read_move("mastodon: mon,tue,wed,thu,fri 13:00 -> 07:00")]
    known = [move for move in moves if move is not None]
    changes, lost = move_slots(workspace, known)
    assert (len(known), lost) == (3, [])
    write_changes(tmp_path, changes)
    moved = load_workspace(tmp_path)
    assert not moved.handbook.problems
    assert {name: clocks(moved, name) for name in ("bluesky", "bluesky-en")} == {
        name: before[name] for name in ("bluesky", "bluesky-en")
    }
    assert clocks(moved, "mastodon") == {
        *(f"{day} 07:00" for day in ("Mon", "Tue", "Wed", "Thu", "Fri")),
        *("Sat 13:00", "Sun 13:00", "Tue 08:00", "Thu 17:30", "Mon 09:30", "Fri 09:30"),
    }
    assert (tmp_path / PAGE).read_text().count("note: beide") == 2
    changes, lost = move_slots(moved, [move.back for move in known])
    assert lost == []
    write_changes(tmp_path, changes)
    assert {name: clocks(load_workspace(tmp_path), name) for name in before} == before


def test_a_network_s_slots_stay_with_its_other_accounts(tmp_path: Path) -> None:
    """One of two accounts of the network moves: all of the network's slots go along with it, and the other keeps them."""
    toml = TOML.replace("[accounts.bluesky]", "[accounts.bluesky-de]")
    workspace = house(
        tmp_path,
        "slots\nchannels: [bluesky]\ntimes: [tue 12:00]",
        "slots\nchannels: bluesky\ntimes: thu 17:30",
        toml=toml,
    )
    move = read_move("bluesky-en: tue 12:00 -> 08:00")
    assert move is not None
    write_changes(tmp_path, move_slots(workspace, [move])[0])
    moved = load_workspace(tmp_path)
    assert clocks(moved, "bluesky-de") == {"Tue 12:00", "Thu 17:30"}
    assert clocks(moved, "bluesky-en") == {"Tue 08:00", "Thu 17:30"}


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    """A block that is copied has the page's own."""
    workspace = house(tmp_path, "slots\nchannels: [mastodon, bluesky]\ntimes: [tue 12:00]")
    text = (tmp_path / PAGE).read_text().replace("\n", "\r\n")
    (tmp_path / PAGE).write_bytes(text.encode())
    workspace = load_workspace(tmp_path)
    move = Move("mastodon", workspace.handbook.slots[0].times[0], time(8))
    write_changes(tmp_path, move_slots(workspace, [move])[0])
    written = (tmp_path / PAGE).read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")
    assert clocks(load_workspace(tmp_path), "mastodon") == {"Tue 08:00"}
    assert clocks(load_workspace(tmp_path), "bluesky") == {"Tue 12:00"}


def test_a_slot_that_is_gone_is_told(tmp_path: Path) -> None:
    """Somebody took it out meanwhile, or the account."""
    workspace = house(tmp_path, "slots\nchannels: [mastodon]\ntimes: [tue 12:00]")
    for said in ("mastodon: wed 12:00 -> 08:00", "pinboard: tue 12:00 -> 08:00"):
        move = read_move(said)
        assert move is not None
        assert move_slots(workspace, [move]) == ([], [move])
    assert read_move("so") is None
