"""Questions to the history of a real repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from toolkit.errors import LeitstandError
from toolkit.source.past import (
    commits_that_add,
    commits_that_touch,
    files_with,
    find_commit,
    fork_point,
    has_commit,
    is_id,
    is_part,
    parents,
    read_file_at,
)


def git(folder: Path, *args: str) -> str:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: Path, **files: str) -> str:
    for name, text in files.items():
        path = folder / f"content/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace below the top of a repository."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "brand").mkdir()
    return tmp_path / "brand"


@pytest.mark.parametrize("said", ["", "main", "HEAD", "--all", "a" * 39, "A" * 40, "g" * 40, "a" * 41, "a" * 40 + "\n"])
def test_what_is_no_id_is_no_commit(root: Path, said: str) -> None:
    """Names, options and halves are never handed to git as if they were ids."""
    commit(root, a="1")
    assert not is_id(said)
    assert not has_commit(root, said)
    assert not is_part(root, said, find_commit(root, "HEAD"))
    assert fork_point(root, said, find_commit(root, "HEAD")) == ""


def test_where_lines_of_history_part(root: Path) -> None:
    """An ancestor is part of what follows, not the other way round; strangers have no commit in common."""
    first = commit(root, a="1")
    second = commit(root, a="2")
    git(root, "switch", "-q", "-c", "topic", first)
    topic = commit(root, b="1")
    git(root, "switch", "-q", "--orphan", "stranger")
    stranger = commit(root, c="1")
    assert is_part(root, first, second)
    assert is_part(root, second, second)
    assert not is_part(root, second, first)
    assert fork_point(root, topic, second) == first
    assert fork_point(root, stranger, second) == ""
    assert (parents(root, first), parents(root, second)) == ((), (first,))
    assert find_commit(root, "nowhere") == ""
    assert not has_commit(root, "0" * 40)


def test_the_commits_of_the_branch_that_changed_a_file(root: Path) -> None:
    """Seen from the branch: a merge stands for what it brought; the newest first, and no more than asked for."""
    commit(root, a="1")
    git(root, "switch", "-q", "-c", "topic")
    commit(root, a="2")
    git(root, "switch", "-q", "main")
    commit(root, b="1")
    git(root, "merge", "-q", "--no-ff", "-m", "merge", "topic")
    merge = find_commit(root, "HEAD")
    last = commit(root, a="3")
    tip = commit(root, b="2")
    assert commits_that_touch(root, tip, ["content/a.md"], 2) == (last, merge)
    assert commits_that_touch(root, tip, [], 2) == ()
    assert commits_that_touch(root, tip, ["content/*.md"], 9) == ()  # a path, no pattern


def test_a_text_is_found_where_it_stands(root: Path) -> None:
    """By path from the workspace, whatever characters the name has; commits that neither add nor take it are left out."""
    added = commit(root, **{"ä b": "x sha256:1 y", "c": "sha256:2"})
    later = commit(root, **{"ä b": "z sha256:1 y"})
    assert files_with(root, later, "sha256:1", "content") == ("content/ä b.md",)
    assert files_with(root, later, "sha256:3", "content") == ()
    assert files_with(root, later, "sha256.1", "content") == ()
    assert commits_that_add(root, (later,), "sha256:1", "content", 9) == (added,)
    assert read_file_at(root, added, "content/ä b.md") == b"x sha256:1 y"
    with pytest.raises(LeitstandError):
        read_file_at(root, added, "content/nowhere.md")
