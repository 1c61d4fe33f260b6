"""Words that are counted are checked like rules: their place is named, and their examples are tried."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from toolkit.lint import check_workspace
from toolkit.lint.voicing import how_called, is_said
from toolkit.workspace import Workspace, load_workspace

TOML = 'format = 1\n\n[workspace]\nid = "probe"\n'
WISH = "voice: decaf\nsort: wish\nwords: [decaf*]\nunless: [arrived]\ngood: [More decaf!]\nbad: [The decaf arrived.]\n"
KIND = "image: kind\nwords: [freundlich]\nwanted: true\ngood: [sehr freundliche Leute]\nbad: [nicht freundlich]\n"


def brand(root: Path, *fences: str) -> Workspace:
    (root / "guidelines").mkdir()
    (root / "leitstand.toml").write_text(TOML)
    (root / "guidelines/page.md").write_text("# Page\n\n" + "\n".join(fences), encoding="utf-8")
    return load_workspace(root)


def fence(kind: str, text: str) -> str:
    return f"```{kind}\n{text}```\n"


def complaints(workspace: Workspace) -> list[tuple[int, str]]:
    found = check_workspace(workspace, now=datetime(2026, 11, 22, tzinfo=UTC))
    return [(one.span.line, one.message) for one in found if one.rule == "voices"]


def test_good_blocks_are_read_and_silent(tmp_path: Path) -> None:
    """A voice is said or not, an attribute said or denied."""
    workspace = brand(tmp_path, fence("voice", WISH), fence("image", KIND))
    assert complaints(workspace) == []
    [voice], [trait] = workspace.handbook.voices, workspace.handbook.traits
    assert [is_said(voice, text) for text in ("decaffeinated?", "My decaf arrived")] == [True, False]
    assert how_called(trait, "unfreundlich").denied


@pytest.mark.parametrize(
    ("kind", "text", "line", "said"),
    [
        ("voice", WISH.replace("sort: wish", "sort: rumour"), 5, "must be one of"),
        ("voice", WISH.replace("sort: wish\n", ""), 4, "sort is missing"),
        ("voice", WISH.replace("decaf*", "tea"), 8, "is not told by its good example"),
        ("voice", WISH.replace("unless: [arrived]\n", ""), 8, "is told by its bad example"),
        ("voice", WISH.replace("bad: [The decaf arrived.]\n", ""), 4, "bad is missing"),
        ("voice", WISH + "patterns: ['(']\n", 10, "cannot be read"),
        ("voice", WISH + "colour: red\n", 10, "colour"),
        ("image", KIND.replace("wanted: true", "wanted: maybe"), 6, "true or false"),
        ("image", KIND.replace("[nicht freundlich]", "[freundlich]"), 8, "is told by its bad example"),
        ("image", "", 4, "is missing"),
    ],
)
def test_each_slip_is_told_where_it_stands(tmp_path: Path, kind: str, text: str, line: int, said: str) -> None:
    """By its line, with what to do."""
    found = complaints(brand(tmp_path, fence(kind, text)))
    assert any(at == line and said in message for at, message in found), found


def test_two_of_one_name(tmp_path: Path) -> None:
    """Nobody could tell their numbers apart."""
    [(line, message)] = complaints(brand(tmp_path, fence("voice", WISH), fence("voice", WISH)))
    assert line == 13
    assert "guidelines/page.md:4" in message
