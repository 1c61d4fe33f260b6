from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.source import CommitTree, FolderTree, OverlayTree, Tree
from toolkit.source.tree import ask_git, read_head

FILES = {
    "content/a.md": b"A",
    "content/b/ä.md": b"B\r\n",
    "content/b/c.txt": b"C",
    "other.md": b"D",
    "content/b.md": b"E",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace inside a repository, with files that must not be seen."""
    root = tmp_path / "repo/brand"
    for path, data in {**FILES, "content/.hidden.md": b"H", "content/.git-stuff/x.md": b"H"}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    (tmp_path / "repo/secret.md").write_bytes(b"secret")
    (root / "content/link.md").symlink_to("a.md")
    (root / "content/out.md").symlink_to("../../secret.md")
    (root / "content/linked").symlink_to("b")
    git = ["git", "-C", str(tmp_path / "repo"), "-c", "user.name=n", "-c", "user.email=e"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    return root


@pytest.fixture(params=["folder", "commit", "overlay"])
def tree(request: pytest.FixtureRequest, folder: Path) -> Tree:
    """The same files from the folder, from a commit, and with one of them open in an editor."""
    if request.param == "commit":
        return CommitTree(folder, "HEAD")
    if request.param == "overlay":
        (folder / "content/a.md").write_bytes(b"saved")
        return OverlayTree(FolderTree(folder), {"content/a.md": b"A"})
    return FolderTree(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are not text")
def test_names_that_are_no_text_are_left_out_and_said(folder: Path) -> None:
    """A name in Latin-1 could be neither printed nor written into the site; it is listed with its bytes."""
    name = b"content/K\xe4se.md"
    (folder / os.fsdecode(name)).write_text("x")
    assert FolderTree(folder).paths("content", ".md") == ["content/a.md", "content/b.md", "content/b/ä.md"]
    assert FolderTree(folder).misnamed("content") == ["content/K\\xe4se.md"]
    git = ["git", "-C", str(folder), "-c", "user.name=n", "-c", "user.email=e"]
    for command in (["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    assert CommitTree(folder, "HEAD").paths("content", ".md") == ["content/a.md", "content/b.md", "content/b/ä.md"]


def test_all_trees_show_the_same_files(tree: Tree) -> None:
    """Regular files, sorted, by their path from the workspace; no hidden ones and no links."""
    assert tree.paths("content", ".md") == ["content/a.md", "content/b.md", "content/b/ä.md"]
    assert tree.paths("content/b") == ["content/b/c.txt", "content/b/ä.md"]
    assert tree.paths("content/nowhere") == []
    assert {path: tree.read(path) for path in FILES} == FILES
    assert read_head(tree, "content/b/ä.md", 2) == b"B\r"


@pytest.mark.parametrize(
    "path",
    ["content/link.md", "content/out.md", "content/linked/c.txt", "../secret.md", "content/../../secret.md", "/etc/passwd",
     "content", "nowhere.md", "content/nowhere/x.md"],
)  # fmt: skip
def test_what_is_not_there_cannot_be_read(tree: Tree, path: str) -> None:
    """Links, folders and what lies outside do not exist, however they are named."""
    assert not tree.exists(path)
    with pytest.raises(OSError):  # noqa: PT011  # a missing file, or a folder
        tree.read(path)


def test_a_commit_does_not_change(folder: Path) -> None:
    """What is written after the commit is not seen in it."""
    tree = CommitTree(folder, "HEAD")
    (folder / "content/a.md").write_bytes(b"changed")
    assert tree.read("content/a.md") == b"A"
    assert len(tree.commit) == 40


def test_links_are_named(folder: Path) -> None:
    """The links that `paths` leaves out can be listed, also when the folder itself is one."""
    tree = FolderTree(folder)
    assert tree.links("content") == ["content/link.md", "content/linked", "content/out.md"]
    assert tree.links("content/linked") == ["content/linked"]
    assert tree.paths("content/linked") == []


def test_a_commit_is_read_with_few_calls(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many posts a commit has, git is called a handful of times."""
    for number in range(200):
        (folder / f"content/{number:03}.md").write_text(f"Post {number}", encoding="utf-8")
    git = ["git", "-C", str(folder), "-c", "user.name=n", "-c", "user.email=e"]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "many"], check=True)
    calls = count_calls(tmp_path, monkeypatch)
    tree = CommitTree(folder, "HEAD")
    texts = [tree.read(path) for path in tree.paths("content", ".md")]
    assert len(texts) == 203
    assert b"Post 199" in texts
    assert len(calls.read_text(encoding="utf-8").splitlines()) < 6


def count_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that gets one line per call of git from now on."""
    real = shutil.which("git")
    (folder / "bin").mkdir()
    wrapper, calls = folder / "bin/git", folder / "calls"
    wrapper.write_text(f'#!/bin/sh\necho "$@" >> "{calls}"\nexec "{real}" "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder / "bin"), prepend=":")
    return calls


def test_git_knows_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What git starts, such as an alias or a filter, finds no token and no key in its environment."""
    monkeypatch.setenv("LEITSTAND_TOKEN_MASTODON", "canary-5f1d7c")
    environ = {**os.environ, "LEITSTAND_VAULT_KEY": "canary-5f1d7c"}
    for given in (None, environ):
        said = ask_git(tmp_path, "show-env", settings=("-c", "alias.show-env=!env"), environ=given)
        assert said.returncode == 0
        assert b"PATH=" in said.stdout
        assert b"canary" not in said.stdout
