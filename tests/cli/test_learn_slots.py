"""`leitstand learn` and posting slots, all the way round: measured, proposed, moved, held against later posts, moved back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.probe import move_in
from toolkit.cli import execute
from toolkit.metrics import open_store
from toolkit.model import Observation, Subject
from toolkit.planning import Timetable
from toolkit.workspace import load_workspace

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
LATER = NOW + timedelta(days=300)
PAGE = "guidelines/zeiten.md"
IDENT = "slot-mastodon-week-midday-morning"
TOML = """format = 1
[workspace]
id = "probe"
timezone = "Europe/Berlin"
[people.tarek]
name = "Tarek"
roles = ["manager"]
[accounts.mastodon]
network = "mastodon"
[accounts.bluesky]
network = "bluesky"
"""
HEAD = """---
title: Zeiten
owner: tarek
learns: [times]
---
# Zeiten

```slots
channels: [mastodon, bluesky]
times: [di 12:00, do 17:30]
note: Röststube
```
"""


def leitstand(*args: str, now: datetime = NOW) -> int:
    return execute([*args, "--now", now.isoformat()], {"LEITSTAND_LANG": "en"})


def fill(state: Path, seed: int, days: tuple[int, int], worth: Callable[[str, int], float]) -> None:
    """Two posts a day on each channel, at eight and at noon; `worth` says how many times the usual one is."""
    chance, rows, subjects = Random(seed), list[Observation](), list[Subject]()
    for number in range(*days):
        for channel in ("mastodon", "bluesky"):
            for hour in (8, 12):
                uid = f"{seed}-{channel}-{number}-{hour}"
                at = (NOW.astimezone(ZONE) - timedelta(days=number)).replace(hour=hour).astimezone(UTC)
                value = round(80 * worth(channel, hour) * exp(chance.gauss(0, 0.5)))
                rows.append(Observation(uid, channel, "likes", value, at + timedelta(days=7), at, "csv", f"i{seed}"))
                subjects.append(Subject(uid, pillar="wissen", format="photo"))
    open_store(state).append(rows, imported_at=NOW, subjects=subjects)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Mornings are worth twice the noons on Mastodon; on Bluesky it is the other way round."""
    folder = move_in(tmp_path, monkeypatch, {"leitstand.toml": TOML, PAGE: HEAD})
    fill(tmp_path / "state", 1, (8, 300), lambda channel, hour: 2.0 if (channel == "mastodon") == (hour == 8) else 1.0)
    return folder


def slots(root: Path, channel: str) -> set[str]:
    workspace = load_workspace(root)
    account = workspace.settings.accounts[channel]
    return {f"{one.wall.wall:%a %H:%M}" for one in Timetable(workspace).slots(account, NOW, NOW + timedelta(weeks=4))}


def test_from_the_numbers_to_the_slots_and_back(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One channel's slot moves and the other's stays; the check is clean; later posts turn; the slot is back."""
    assert leitstand("learn", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    proposed = {one["id"]: one for one in found["answers"] if one["proposed"]}
    assert [ident for ident in proposed if ident.startswith("slot-")] == [IDENT]
    assert proposed[IDENT]["changed"] == ["mastodon: tue 12:00 -> 08:00"]
    assert 1.5 < proposed[IDENT]["low"] < proposed[IDENT]["value"] < proposed[IDENT]["high"] < 2.6
    assert leitstand("learn") == 0
    said = capsys.readouterr().out
    assert "Mastodon, Monday to Friday: morning instead of midday" in said
    assert "Tue 12:00 → 08:00" in said

    assert leitstand("learn", "accept", IDENT, "--by", "tarek") == 0
    assert slots(root, "mastodon") == {"Tue 08:00", "Thu 17:30"}
    assert slots(root, "bluesky") == {"Tue 12:00", "Thu 17:30"}
    capsys.readouterr()
    assert leitstand("check") == 0
    assert PAGE not in capsys.readouterr().out
    assert leitstand("learn", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["decisions"][0]["changed"] == ["mastodon: tue 12:00 -> 08:00"]
    assert found["decisions"][0]["later"]["course"] == "early"
    assert not [one for one in found["answers"] if one["proposed"] and one["kind"] == "slot"]

    fill(tmp_path / "state", 2, (-290, -1), lambda _channel, hour: 1.0 if hour == 8 else 2.0)
    assert leitstand("learn", "show", IDENT, now=LATER) == 0
    assert "later posts speak against it: 0.5" in capsys.readouterr().out
    why = ("--by", "tarek", "--reason", "Hat sich gedreht.")
    assert leitstand("learn", "withdraw", IDENT, *why, "--dry-run", now=LATER) == 0
    assert "+times: [di 12:00, do 17:30]" in capsys.readouterr().out
    assert slots(root, "mastodon") == {"Tue 08:00", "Thu 17:30"}
    assert leitstand("learn", "withdraw", IDENT, *why, now=LATER) == 0
    assert slots(root, "mastodon") == slots(root, "bluesky") == {"Tue 12:00", "Thu 17:30"}
    text = (root / PAGE).read_text()
    assert f"<!-- {IDENT} -->" not in text
    assert "status: withdrawn" in text
    capsys.readouterr()
    assert leitstand("check", now=LATER) == 0
    assert PAGE not in capsys.readouterr().out


def test_slots_that_people_moved_since_are_theirs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The decision is given up, the sentence leaves, and what could not be moved back is told."""
    assert leitstand("learn", "accept", IDENT, "--by", "tarek") == 0
    text = (root / PAGE).read_text().replace("di 08:00", "di 09:00")
    (root / PAGE).write_text(text)
    capsys.readouterr()
    why = ("--by", "tarek", "--reason", "Nein.")
    assert leitstand("learn", "withdraw", IDENT, *why, now=NOW + timedelta(days=1)) == 0
    assert "mastodon: tue 12:00 -> 08:00: there is no such slot any more" in capsys.readouterr().err
    assert slots(root, "mastodon") == {"Tue 09:00", "Thu 17:30"}
