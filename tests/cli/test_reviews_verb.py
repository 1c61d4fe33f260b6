"""`leitstand reviews`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from toolkit.cli import execute

SETTINGS = (
    'format = 1\n[workspace]\nid = "w"\ntimezone = "Europe/Berlin"\nlanguages = ["de"]\n'
    '[people.anna]\nname = "Anna"\ndeputy = "ben"\nabsences = [{ from = 2026-11-20, to = 2026-11-30 }]\n'
    '[people.ben]\nname = "Ben"\n'
    '[people.cem]\nname = "Cem"\nabsences = [{ from = 2026-11-20, to = 2026-11-30 }]\n'
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "leitstand.toml").write_text(SETTINGS)
    (tmp_path / "guidelines").mkdir()
    for name, owner, day in (("a", "anna", "2026-11-25"), ("b", "ben", "2026-12-25"), ("c", "cem", "2026-11-26")):
        page = f"---\ntitle: Seite {name}\nowner: {owner}\nnext_review: {day}\n---\n"
        (tmp_path / f"guidelines/{name}.md").write_text(page)
    return tmp_path


def call(root: Path, *args: str, now: str = "2026-11-21T12:00+01:00") -> int:
    return execute(["reviews", "-w", str(root), "--now", now, *args], dict(os.environ))


def test_the_deputy_is_named_who_does_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody away is stood in for on the day itself; without a deputy that is said."""
    assert call(root) == 0
    shown = capsys.readouterr().out
    assert "ben for anna" in shown
    assert "cem, who is away; nobody stands in" in shown
    assert call(root, "--json", "--person", "ben") == 0
    found = json.loads(capsys.readouterr().out)["reviews"]
    assert [(one["title"], one["owner"], one["acting"], one["overdue"]) for one in found] == [
        ("Seite a", "anna", "ben", False),
        ("Seite b", "ben", "ben", False),
    ]


def test_what_is_late_fails(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 as long as a page waits; the span of days is the caller's."""
    assert call(root, "--days", "3") == 0
    assert "Nothing has to be looked at again" in capsys.readouterr().out
    assert call(root, now="2026-11-26T12:00+01:00") == 1
    assert "1 review is overdue" in capsys.readouterr().out
    (root / "guidelines/d.md").write_text("---\ntitle: D\nowner: ben\n---\n")
    assert call(root) == 0
    assert "1 page has no next_review: guidelines/d.md" in capsys.readouterr().out
    assert call(root, "--person", "benn") == 2
    assert "did you mean 'ben'?" in capsys.readouterr().err
