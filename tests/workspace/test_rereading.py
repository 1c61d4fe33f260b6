from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.source import FolderTree, OverlayTree
from toolkit.workspace import Workspace, load_workspace
from toolkit.workspace.rereading import reread

PATHS = ("content/posts/a.md", "content/posts/b/c.md", "content/campaigns/advent.md", "guidelines/strategy.md")
TEXTS = (
    "---\ntitle: Hallo\n---\nText\n",
    "---\ntitle: Advent\nstart: 2026-12-01\ngoals: [{metric: orders, target: 4}]\n---\n",
    "---\nunknown: 1\n---\n",
    "no front matter",
    "---\nbroken: [\n---\n",
)
FILES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(TEXTS))


def comparable(workspace: Workspace) -> object:
    """What a workspace holds, without the places, which compare by identity."""
    posts = [(post.path, post.source.text, post.title) for post in workspace.posts]
    problems = sorted(str(problem) for problem in workspace.problems)
    return posts, dict(workspace.campaigns), list(workspace.campaigns), workspace.goals, problems


def tree_of(root: Path, files: dict[str, str]) -> OverlayTree:
    return OverlayTree(FolderTree(root), {path: text.encode() for path, text in files.items()})


@given(before=FILES, after=FILES)
def test_what_is_read_again_is_what_is_loaded(
    before: dict[str, str], after: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Reading the changed files again, new, changed and gone ones, gives the workspace that loading all would give."""
    root = tmp_path_factory.getbasetemp()
    (root / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "x"\n')
    loaded = load_workspace(root, tree_of(root, before))
    changed = {path for path in PATHS if before.get(path) != after.get(path)}
    fresh = load_workspace(root, tree_of(root, after))
    assert comparable(reread(loaded, tree_of(root, after), changed)) == comparable(fresh)


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    """Posts at other paths stay the very objects that they were."""
    (tmp_path / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "x"\n')
    loaded = load_workspace(tmp_path, tree_of(tmp_path, {PATHS[0]: TEXTS[0], PATHS[1]: TEXTS[0]}))
    again = reread(loaded, tree_of(tmp_path, {PATHS[0]: TEXTS[0], PATHS[1]: TEXTS[2]}), [PATHS[1]])
    assert again.posts[0] is loaded.posts[0]
    assert again == replace(again, settings=loaded.settings)


def test_the_handbook_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    """What was read of the handbook stays while posts change; a page that changes is another handbook."""
    (tmp_path / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "x"\n')
    page = {"guidelines/stimme.md": "---\ntitle: Stimme\nowner: jule\n---\n"}
    loaded = load_workspace(tmp_path, tree_of(tmp_path, page))
    assert loaded.handbook.pages[0].owner == "jule"
    posts = {**page, PATHS[0]: TEXTS[0]}
    typed = reread(loaded, tree_of(tmp_path, posts), [PATHS[0]])
    assert typed.handbook is loaded.handbook
    changed = {**posts, "guidelines/stimme.md": "---\ntitle: Stimme\nowner: finja\n---\n"}
    again = reread(typed, tree_of(tmp_path, changed), ["guidelines/stimme.md"])
    assert again.handbook.pages[0].owner == "finja"
