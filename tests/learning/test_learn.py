"""`leitstand learn` finds what was planted, and says that there is nothing where there is nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from toolkit.cli import execute
from toolkit.learning import learn
from toolkit.metrics import open_store
from toolkit.model import Observation, Subject
from toolkit.sample.history import write_history
from toolkit.workspace import load_workspace

NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")
BERLIN = ZoneInfo("Europe/Berlin")
TOML = 'format = 1\n[workspace]\nid = "probe"\n[accounts.mastodon]\nnetwork = "mastodon"\n[accounts.bluesky]\nnetwork = "bluesky"\n'


def leitstand(*args: str) -> int:
    return execute([*args, "--now", NOW.isoformat()], {"LEITSTAND_LANG": "en"})


def test_what_was_planted_is_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the exports through the import to the proposals: pillar, part of the day and format as planted."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leitstand.toml").write_text(TOML)
    _written, planted = write_history(load_workspace(tmp_path), tmp_path / "exports", NOW)
    assert leitstand("import", "exports") == 0
    capsys.readouterr()
    assert leitstand("learn", "--json") == 0
    answers = {row["question"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert answers["pillar"]["best"] == max(planted.pillars, key=lambda name: planted.pillars[name])
    assert answers["part of the day"]["best"] == "morning"
    assert answers["format"]["best"] == "video"
    assert answers["pillar"]["effects"][-1]["group"] == "service"
    assert all(
        effect["low"] < effect["factor"] < effect["high"] for row in answers.values() for effect in row["effects"]
    )


def test_without_differences_there_is_no_proposal(tmp_path: Path) -> None:
    """Posts that differ only by chance end in "no reliable difference; keep variety" for most questions and seeds."""
    quiet = 0
    for seed in range(10):
        store = open_store(tmp_path / str(seed))
        chance = Random(seed)
        rows, subjects = [], {}
        for number in range(120):
            uid, at = f"p{number}", NOW.astimezone(UTC) - timedelta(days=10 + number * 2, hours=chance.randrange(12))
            value = round(20 * 2.718 ** chance.gauss(0, 0.8))
            rows.append(Observation(uid, "mastodon", "likes", value, at + timedelta(days=6), at, "csv", "one"))
            subjects[uid] = Subject(uid, pillar=chance.choice(["a", "b", "c"]), format=chance.choice(["photo", "text"]))
        store.append(rows, imported_at=NOW)
        quiet += sum(proposal.best is None for proposal in learn(store, subjects, BERLIN, NOW))
    assert quiet >= 32, "of forty answers"


def test_few_posts_are_not_enough(tmp_path: Path) -> None:
    """An empty store and a handful of posts get a sentence with n, and no effect."""
    proposals = learn(open_store(tmp_path), {}, BERLIN, NOW)
    assert [proposal.n for proposal in proposals] == [0, 0, 0, 0]
    assert "not enough posts to compare" in proposals[0].sentence
