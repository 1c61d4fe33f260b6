"""A branch is made beside the work: nothing that one has checked out or staged is touched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from toolkit.errors import LeitstandError, UsageError
from toolkit.learning.branch import Author, Repository
from toolkit.learning.changes import Change, add_finding
from toolkit.source import CommitTree

PAGE = "guidelines/zeiten.md"
WHO = Author("Jörg Öztürk", "tarek@example.com")


def git(root: Path, *args: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    return subprocess.run(["git", *who, *args], cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture(params=["", "brand"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A workspace at the top of a repository, or in a folder of it, with a committed page and a byte order mark."""
    folder = tmp_path / str(request.param)
    (folder / "guidelines").mkdir(parents=True)
    (folder / PAGE).write_bytes("\ufeff# Zeiten\n".encode())
    git(tmp_path, "init", "-q", "-b", "main", ".")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    return folder


def repository(root: Path) -> Repository:
    return Repository(root, {name: value for name, value in os.environ.items() if not name.startswith("GIT_")})


def finding(root: Path) -> list[Change]:
    tree = CommitTree(root, "HEAD")
    return [
        add_finding(tree, PAGE, "part-morning", "Morgens."),
        add_finding(tree, "guidelines/neu.md", "weekday-2", "Dienstags."),
    ]


def test_the_commit_is_there_and_the_work_is_as_it_was(root: Path) -> None:
    """One commit on HEAD with both files, its author and message; dirty and staged files stay, and so does the branch."""
    (root / PAGE).write_text("# Zeiten\n\nGerade in Arbeit.\n")
    (root / "staged.md").write_text("x\n")
    git(root, "add", "staged.md")
    before = git(root, "status", "--porcelain"), (root / PAGE).read_bytes()
    commit = repository(root).commit("learn/part-morning", finding(root), "Morgens.\n\nn = 84", WHO)
    assert (git(root, "status", "--porcelain"), (root / PAGE).read_bytes()) == before
    assert git(root, "rev-parse", "--abbrev-ref", "HEAD").strip() == "main"
    assert git(root, "rev-parse", "learn/part-morning").strip() == commit
    assert git(root, "show", "-s", "--format=%an <%ae>%n%B", commit).startswith(
        "Jörg Öztürk <tarek@example.com>\nMorgens.\n\nn = 84"
    )
    changed = git(root, "diff", "--name-only", "--relative", "main", commit).split()
    assert changed == ["guidelines/neu.md", PAGE]
    text = CommitTree(root, commit).read(PAGE).decode()
    assert text.startswith("\ufeff# Zeiten\n")
    assert "- Morgens. <!-- part-morning -->" in text


def test_a_branch_that_is_there_is_not_moved(root: Path) -> None:
    """The second time there is an error, and the branch points where it pointed."""
    commit = repository(root).commit("learn/x", finding(root), "one", WHO)
    with pytest.raises(UsageError, match="learn/x"):
        repository(root).commit("learn/x", finding(root), "two", WHO)
    assert git(root, "rev-parse", "learn/x").strip() == commit


@pytest.mark.parametrize("name", ["a b", "-x", "a..b", "refs/../x", ""])
def test_what_is_no_name_is_refused(root: Path, name: str) -> None:
    """Neither an option nor a path gets through."""
    with pytest.raises(UsageError):
        repository(root).commit(name, finding(root), "one", WHO)


def test_without_git_there_is_a_sentence(tmp_path: Path) -> None:
    """A folder that lies in no repository."""
    with pytest.raises(LeitstandError):
        repository(tmp_path).commit("learn/x", [Change(PAGE, None, ())], "one", WHO)
