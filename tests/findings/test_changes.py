from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import UsageError
from toolkit.findings.changes import Changes, compare, find_changes
from toolkit.model import Problem, Severity, Span
from toolkit.source import FolderTree

Git = Callable[..., str]
POST = "---\ntitle: x\nauthor: a\n---\nEins\nZwei\nDrei\n"
POSTS = "content/posts"


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Git in a repository whose first commit has three posts."""

    def call(*args: str) -> str:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "core.autocrlf=false")
        done = subprocess.run(["git", "-C", str(tmp_path), *who, *args], capture_output=True, check=True, text=True)
        return done.stdout.strip()

    call("init", "-q", "-b", "main")
    for name in "abc":
        write(tmp_path, name, POST.replace("x", name))
    call("add", ".")
    call("commit", "-q", "-m", "1")
    return call


def write(root: Path, name: str, text: str) -> None:
    file = root / POSTS / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def changes(root: Path, revision: str = "HEAD") -> dict[str, frozenset[int] | None]:
    return dict(find_changes(root, FolderTree(root), revision).lines)


def test_a_clean_folder_has_no_changes(tmp_path: Path, git: Git) -> None:
    """Also when the files were written again as they are."""
    assert git("status", "--short") == ""
    write(tmp_path, "a", POST.replace("x", "a"))
    assert changes(tmp_path) == {}


def test_changed_lines_by_number(tmp_path: Path, git: Git) -> None:
    """Saved and staged changes alike; the head's first line counts when the head changed, as what it lacks is said there."""
    write(tmp_path, "a", POST.replace("x", "a").replace("Zwei", "2"))
    write(tmp_path, "b", POST.replace("title: x\n", ""))
    git("add", f"{POSTS}/b.md")
    found = changes(tmp_path)
    assert found == {f"{POSTS}/a.md": frozenset({6}), f"{POSTS}/b.md": frozenset({1, 2})}


def test_new_moved_and_deleted_files(tmp_path: Path, git: Git) -> None:
    """A file that git does not know counts whole, a moved one by its changed lines, a deleted one not at all."""
    git("mv", f"{POSTS}/a.md", f'{POSTS}/ä "moved".md')
    write(tmp_path, 'ä "moved"', POST.replace("x", "a").replace("Drei", "3"))
    write(tmp_path, "new", POST)
    (tmp_path / POSTS / "c.md").unlink()
    assert changes(tmp_path) == {f'{POSTS}/ä "moved".md': frozenset({7}), f"{POSTS}/new.md": None}


def test_line_endings_alone_are_no_change(tmp_path: Path, git: Git) -> None:
    """An editor on Windows saves CRLF; the words are the same. A lone CR ends a line here as in every other place."""
    write(tmp_path, "a", POST.replace("x", "a").replace("\n", "\r\n"))
    write(tmp_path, "b", POST.replace("x", "b").replace("\n", "\r").replace("Drei", "3"))
    assert changes(tmp_path) == {f"{POSTS}/a.md": frozenset(), f"{POSTS}/b.md": frozenset({7})}
    assert git("status", "--short")


def test_what_others_did_meanwhile_is_not_ours(tmp_path: Path, git: Git) -> None:
    """Compared is with the commit at which our branch parted from theirs."""
    git("switch", "-q", "-c", "ours")
    write(tmp_path, "a", POST.replace("x", "a").replace("Eins", "1"))
    git("commit", "-q", "-a", "-m", "ours")
    git("switch", "-q", "main")
    write(tmp_path, "b", POST.replace("Zwei", "2"))
    git("commit", "-q", "-a", "-m", "theirs")
    git("switch", "-q", "ours")
    assert changes(tmp_path, "main") == {f"{POSTS}/a.md": frozenset({5})}


def test_a_workspace_in_a_folder_of_a_repository(tmp_path: Path, git: Git) -> None:
    """Paths are the workspace's own, and what lies beside it does not matter."""
    write(tmp_path / "brand", "d", POST)
    git("add", ".")
    git("commit", "-q", "-m", "2")
    write(tmp_path / "brand", "d", POST.replace("Eins", "1"))
    write(tmp_path, "a", "ganz anders")
    assert changes(tmp_path / "brand") == {f"{POSTS}/d.md": frozenset({5})}


def test_what_cannot_be_compared_is_said(tmp_path: Path, git: Git) -> None:
    """No repository, no commit, no such revision, no common history, an option in place of a revision."""
    with pytest.raises(UsageError, match="git knows no revision nirgends"):
        changes(tmp_path, "nirgends")
    with pytest.raises(UsageError, match="git knows no revision --output"):
        changes(tmp_path, f"--output={tmp_path}/x")
    git("switch", "-q", "--orphan", "island")
    git("commit", "-q", "--allow-empty", "-m", "0")
    with pytest.raises(UsageError, match="no commit in common here; in a shallow clone, fetch more"):
        changes(tmp_path, "main")


def test_without_git_it_is_a_usage_error(tmp_path: Path) -> None:
    """The sentence names the option and the folder."""
    with pytest.raises(UsageError, match="--diff-only compares with a revision of git"):
        changes(tmp_path)


def test_a_problem_that_only_reaches_into_a_changed_line_counts() -> None:
    """A part that is too long begins above the line that made it so."""
    changed = Changes({"a": frozenset({5}), "b": None})
    places = [("a", 3, 5), ("a", 3, 4), ("a", 6, 9), ("b", 1, 1), ("c", 5, 5)]
    touched = [
        changed.touch(Problem(path, Span(first, 1, last, 1), "length", Severity.ERROR, ""))
        for path, first, last in places
    ]
    assert touched == [True, False, False, True, False]


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_lines_that_did_not_change_are_in_the_old_text(before: list[str], after: list[str]) -> None:
    """What is not named stands in the old text in the same order; equal texts have no changes; numbers are lines."""
    changed = set(compare(before, after))
    rest = iter(before)
    assert all(any(line == other for other in rest) for at, line in enumerate(after, 1) if at not in changed)
    assert changed <= set(range(1, len(after) + 1))
    assert bool(changed) == (before != after and bool(after))
