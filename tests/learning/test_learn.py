"""`leitstand learn` finds what was planted, and says that there is nothing where there is nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from toolkit.cli import execute
from toolkit.learning.proposals import learn
from toolkit.metrics import open_store
from toolkit.model import Observation, Subject
from toolkit.sample.history import write_history
from toolkit.workspace import load_workspace

NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")
TOML = 'format = 1\n[workspace]\nid = "probe"\n[accounts.mastodon]\nnetwork = "mastodon"\n[accounts.bluesky]\nnetwork = "bluesky"\n'


def leitstand(*args: str) -> int:
    return execute([*args, "--now", NOW.isoformat()], {"LEITSTAND_LANG": "en"})


def test_what_was_planted_is_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the exports through the import to the proposals: pillars and format as planted."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leitstand.toml").write_text(TOML)
    _written, planted = write_history(load_workspace(tmp_path), tmp_path / "exports", NOW)
    assert leitstand("import", "exports") == 0
    capsys.readouterr()
    assert leitstand("learn", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    proposed = {one["id"]: one for one in found["answers"] if one["proposed"]}
    assert {"pillar-wissen", "format-video", "pillar-service"} <= set(proposed)
    assert proposed["pillar-service"]["value"] < 1 < proposed["pillar-wissen"]["value"]
    best = max((one for one in found["answers"] if one["kind"] == "pillar"), key=lambda one: one["value"])
    assert best["group"] == max(planted.pillars, key=lambda name: planted.pillars[name])
    assert all(one["low"] < one["value"] < one["high"] for one in found["answers"])
    assert all(one["q"] >= one["p"] for one in found["answers"])
    assert found["asked"] == len(found["answers"])
    assert leitstand("learn", "--all") == 0
    said = capsys.readouterr().out
    assert "pillar-wissen  (guidelines/learned.md)" in said
    assert "No reliable difference, or too small to matter:" in said


def test_without_differences_there_is_no_proposal(tmp_path: Path) -> None:
    """Of twenty histories in which posts differ only by chance, at most three have a proposal, of some 14 questions each."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    workspace, loud, asked = load_workspace(tmp_path), 0, 0
    for seed in range(20):
        store = open_store(tmp_path / str(seed))
        chance = Random(seed)
        rows, subjects = [], {}
        for number in range(120):
            uid, at = f"p{number}", NOW.astimezone(UTC) - timedelta(days=10 + number * 2, hours=chance.randrange(12))
            value = round(20 * 2.718 ** chance.gauss(0, 0.8))
            rows.append(Observation(uid, "mastodon", "likes", value, at + timedelta(days=6), at, "csv", "one"))
            subjects[uid] = Subject(uid, pillar=chance.choice(["a", "b", "c"]), format=chance.choice(["photo", "text"]))
        store.append(rows, imported_at=NOW)
        learned = learn(workspace, store, subjects, NOW)
        asked += len(learned.answers)
        loud += bool(learned.proposed)
    assert asked >= 20 * 12
    assert loud <= 3


def test_few_posts_are_not_enough(tmp_path: Path) -> None:
    """An empty store gets no answer at all, and says so."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    learned = learn(load_workspace(tmp_path), open_store(tmp_path / "state"), {}, NOW)
    assert (learned.posts, learned.answers, learned.proposed) == (0, (), ())
