"""The published branch is fetched from its remote."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toolkit.dispatch.fetching import Fetcher, remote_branch
from toolkit.model import SetClock
from toolkit.source import CommitTree

SETTINGS = 'format = 1\n[workspace]\nid = "probe"\n[publish]\nref = "origin/main"\n'


def git(folder: Path, *args: str) -> None:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """Where people push to: a repository with a workspace."""
    folder = tmp_path / "upstream"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "one")
    return folder


@pytest.fixture
def workspace(tmp_path: Path, upstream: Path) -> Path:
    git(tmp_path, "clone", "-q", str(upstream), "clone")
    return tmp_path / "clone"


def push(upstream: Path, name: str) -> None:
    (upstream / name).write_text(name, encoding="utf-8")
    git(upstream, "add", "-A")
    git(upstream, "commit", "-q", "-m", name)


def test_a_new_commit_arrives(upstream: Path, workspace: Path) -> None:
    """What was merged upstream is published after the next fetch, a minute after the last one, not earlier."""
    clock = SetClock(datetime(2026, 11, 21, tzinfo=UTC))
    fetcher = Fetcher(workspace, clock, os.environ)
    push(upstream, "first")
    assert fetcher.refresh() == ""
    assert CommitTree(workspace, "origin/main").exists("first")
    push(upstream, "second")
    clock.seconds = 59
    assert fetcher.refresh() == ""
    assert not CommitTree(workspace, "origin/main").exists("second")
    clock.seconds = 60
    assert fetcher.refresh() == ""
    assert CommitTree(workspace, "origin/main").exists("second")


def test_a_remote_that_is_gone_is_said_once(upstream: Path, workspace: Path) -> None:
    """A fetch that fails keeps the last commit and says so once, and again after it worked in between."""
    clock = SetClock(datetime(2026, 11, 21, tzinfo=UTC))
    fetcher = Fetcher(workspace, clock, os.environ)
    before = CommitTree(workspace, "origin/main").commit
    upstream.rename(upstream.parent / "moved")
    assert "cannot fetch origin/main" in fetcher.refresh()
    clock.seconds = 60
    assert fetcher.refresh() == ""
    assert CommitTree(workspace, "origin/main").commit == before
    (upstream.parent / "moved").rename(upstream)
    clock.seconds = 120
    assert fetcher.refresh() == ""
    upstream.rename(upstream.parent / "moved")
    clock.seconds = 180
    assert "cannot fetch origin/main" in fetcher.refresh()


def test_only_remote_branches_are_fetched(workspace: Path) -> None:
    """A local branch, a tag, a commit or nothing is taken as it is."""
    assert remote_branch(workspace, "origin/main") == ("origin", "main")
    assert remote_branch(workspace, "refs/remotes/origin/a/b") == ("origin", "a/b")
    assert [remote_branch(workspace, ref) for ref in ("", "main", "feature/x", "v1.0")] == [("", "")] * 4
