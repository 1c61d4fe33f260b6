"""What the user sees of every broken input in tests/broken; see the README there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.lint.conftest import NOW
from toolkit.lint import check_workspace
from toolkit.model import Problem, Severity
from toolkit.workspace import load_workspace

BROKEN = Path(__file__).parents[1] / "broken"
CASES = sorted(path.stem for path in BROKEN.glob("*.expected"))
SOUND = """---
uid: 01JDK3V7Q2M8X4T6R9A0B1C200
title: Beside it
author: redaktion
status: ready
publish: 2026-12-24 09:00
channels: [feed]
---
This post is in order.
"""


def make_workspace(case: str, root: Path) -> None:
    """The broken input and a sound post in one workspace."""
    if (BROKEN / case).is_dir():
        shutil.copytree(BROKEN / case, root / "content", symlinks=True)
    else:
        (root / "content/posts").mkdir(parents=True)
        shutil.copy(BROKEN / f"{case}.md", root / "content/posts")
    shutil.copy(BROKEN / "leitstand.toml", root)
    (root / "content/posts/sound.md").write_text(SOUND, encoding="utf-8")


def line(problem: Problem) -> str:
    """A problem as `check` prints it."""
    severity = "" if problem.severity is Severity.ERROR else f"{problem.severity.value}: "
    span = problem.span
    return f"{problem.path}:{span.line}:{span.col}: {severity}{problem.message} ({problem.rule})"


@pytest.mark.parametrize("case", CASES)
def test_the_user_sees_what_is_wrong_and_the_rest_still_loads(case: str, tmp_path: Path) -> None:
    """Exactly the expected lines, and the sound post is there without a problem."""
    make_workspace(case, tmp_path)
    workspace = load_workspace(tmp_path)
    problems = check_workspace(workspace, now=NOW)
    assert [line(problem) for problem in problems] == (BROKEN / f"{case}.expected").read_text("utf-8").splitlines()
    assert "content/posts/sound.md" in {post.path for post in workspace.posts}


def test_every_input_has_its_expectation() -> None:
    """No broken input lies there unused, and there are plenty."""
    inputs = {path.stem for path in BROKEN.iterdir() if path.is_dir() or path.suffix == ".md"} - {"README"}
    assert inputs == set(CASES)
    assert len(CASES) >= 24


def test_no_problem_lies_outside_its_file(tmp_path: Path) -> None:
    """Every reported place exists: lines and columns of the text as it stands in the file."""
    for case in CASES:
        make_workspace(case, tmp_path / case)
        workspace = load_workspace(tmp_path / case)
        sources = {post.path: post.source for post in workspace.posts}
        for problem in check_workspace(workspace, now=NOW):
            if problem.path in sources:
                source, span = sources[problem.path], problem.span
                start, end = source.offset(span.line, span.col), source.offset(span.end_line, span.end_col)
                assert 0 <= start <= end <= len(source.text)
