"""`leitstand handover`: the last week by default, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.community.summary.weekly import MONDAY, brand, hear, opened, word
from toolkit.cli import execute

NOW = ("--now", "2026-11-23T08:00+01:00")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    brand(tmp_path)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return tmp_path


def run(root: Path, *words: str) -> int:
    return execute(["handover", "-w", str(root), *NOW, *words], {"LEITSTAND_LANG": "en"})


def test_the_last_week_that_is_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers as JSON beside the page, a commentary begun and not begun again; a second run changes nothing."""
    with opened(root / "state") as inbox:
        hear(inbox, *(word(number, "Moin", MONDAY) for number in range(3)))
    assert run(root, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["week"], told["unchanged"]) == ("2026-W47", False)
    assert told["summary"]["volume"]["total"] == {"count": 3, "before": None}
    assert told["summary"]["answers"]["answered"] == {"hits": 0, "n": 3}
    assert (root / "notebooks/commentary/handover/2026-W47.md").is_file()
    assert run(root) == 0
    assert "index.html (unchanged)" in capsys.readouterr().out


def test_without_an_inbox_there_is_nothing_to_hand_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The remedy is named, and nothing is written."""
    assert run(root) == 2
    assert "leitstand inbox fetch" in capsys.readouterr().err
    assert not (root / "notebooks").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--week", "47"), "2026-W47"), (("--week", "2026-W49"), "has not begun"), (("--language", "fr"), "language")],
)
def test_slips_are_told(root: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(root / "state") as inbox:
        hear(inbox, word(1, "Moin", MONDAY))
    assert run(root, *words) == 2
    assert said in capsys.readouterr().err
