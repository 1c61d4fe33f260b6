"""Loading a workspace from real folders and real commits."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from toolkit.errors import LeitstandError, SettingsError
from toolkit.settings import read_settings
from toolkit.source import FolderTree, OverlayTree
from toolkit.workspace import find_root, load_workspace, open_tree, state_dir

TOML = 'format = 1\n[workspace]\nid = "x"\n[accounts.feed]\nnetwork = "feed"\n'
POST = "---\ntitle: Eins\nchannels: [feed]\n---\nHallo\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "leitstand.toml").write_text(TOML)
    folder = tmp_path / "content" / "posts" / "2026"
    folder.mkdir(parents=True)
    (folder / "eins.md").write_text(POST)
    return tmp_path


def git(root: Path, *args: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", str(root), *identity, *args], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_workspace_is_found_from_any_folder_inside(root: Path) -> None:
    """Commands work from wherever an editor happens to be."""
    assert find_root(root / "content" / "posts" / "2026") == root.resolve()


def test_without_a_workspace_the_remedy_is_named(tmp_path: Path) -> None:
    """The error names `leitstand init`."""
    with pytest.raises(SettingsError, match="leitstand init"):
        find_root(tmp_path)


def test_one_bad_file_is_a_problem_and_the_rest_loads(root: Path) -> None:
    """A binary file beside the posts costs nobody his day."""
    (root / "content/posts/kaputt.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (root / "content/posts/notiz.markdown").write_text("x")
    workspace = load_workspace(root)
    assert [post.title for post in workspace.posts] == ["Eins"]
    assert [problem.path for problem in workspace.problems] == [
        "content/posts/kaputt.md",
        "content/posts/notiz.markdown",
    ]


def test_hidden_files_and_links_are_not_posts(root: Path) -> None:
    """Editors' swap files and links to elsewhere never become posts."""
    (root / "content/posts/.eins.md").write_text(POST)
    (root / "content/posts/link.md").symlink_to(root / "content/posts/2026/eins.md")
    (root / "content/posts/ordner").symlink_to(root / "content/posts/2026", target_is_directory=True)
    assert len(load_workspace(root).posts) == 1


def test_a_commit_is_read_whatever_happens_to_the_working_files(root: Path) -> None:
    """Publishing from a commit sees the reviewed text, not the half-written one."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "eins")
    (root / "content/posts/2026/eins.md").write_text(POST.replace("Hallo", "halb fert"))
    (root / "content/posts/2026/zwei.md").write_text(POST)
    workspace = load_workspace(root, open_tree(root, "main"))
    assert [post.body for post in workspace.posts] == ["Hallo\n"]
    assert workspace.tree.commit == git(root, "rev-parse", "HEAD")
    with pytest.raises(LeitstandError, match="rev-parse"):
        open_tree(root, "gibt-es-nicht")


def test_a_workspace_may_lie_below_the_repository(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Paths of a commit are relative to the workspace, not to the repository."""
    repository = tmp_path_factory.mktemp("repo")
    root.rename(repository / "marke")
    git(repository, "init", "-q", "-b", "main")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "eins")
    tree = open_tree(repository / "marke", "HEAD")
    assert tree.paths("content/posts", ".md") == ["content/posts/2026/eins.md"]
    assert tree.read("content/posts/2026/eins.md") == POST.encode()


@pytest.mark.parametrize(
    "path", ["../geheim.txt", "content/../../geheim.txt", "/etc/hostname", "content/media/link.png"]
)
def test_nothing_outside_the_workspace_is_read(root: Path, path: str) -> None:
    """Paths that leave the folder, absolute ones and links do not exist."""
    (root.parent / "geheim.txt").write_text("x")
    (root / "content/media").mkdir()
    (root / "content/media/link.png").symlink_to(root.parent / "geheim.txt")
    tree = FolderTree(root)
    assert not tree.exists(path)
    with pytest.raises(FileNotFoundError):
        tree.read(path)


def test_an_overlay_shows_unsaved_text(root: Path) -> None:
    """The editor's text wins over the file's; new files appear."""
    open_files = {"content/posts/2026/eins.md": b"neu", "content/posts/zwei.md": b"zwei"}
    tree = OverlayTree(FolderTree(root), open_files)
    assert tree.paths("content/posts", ".md") == sorted(open_files)
    assert tree.read("content/posts/2026/eins.md") == b"neu"


@pytest.mark.parametrize(
    ("reference", "found"), [("eins", True), ("eins.md", True), ("2026/eins.md", True), ("ins.md", False)]
)
def test_a_post_is_found_by_the_end_of_its_path(root: Path, reference: str, found: bool) -> None:
    """Whole path steps count, not letters."""
    assert (load_workspace(root).find_post(reference) is not None) is found


def test_state_lies_outside_the_tree_unless_said_otherwise(root: Path) -> None:
    """`git clean` cannot delete the truth; the variable wins over the setting, the setting over the platform."""
    settings, _problems = read_settings(TOML)
    placed, _problems = read_settings(TOML + '[state]\ndir = "zustand"\n')
    assert settings is not None
    assert placed is not None
    assert not state_dir(root, settings, {}).is_relative_to(root)
    assert state_dir(root, placed, {}) == root / "zustand"
    assert state_dir(root, placed, {"LEITSTAND_STATE_DIR": "/srv/x"}) == Path("/srv/x")
