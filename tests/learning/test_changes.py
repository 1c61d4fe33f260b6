"""Proposals become patches that git applies, and files that change by their own lines alone, or not at all."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import ChangedError
from toolkit.learning.changes import (
    MARK,
    Change,
    add_decision,
    add_finding,
    patch_text,
    take_finding,
    write_changes,
)
from toolkit.learning.decisions import Decided, Decision, read_decisions
from toolkit.source import Edit, FolderTree
from toolkit.workspace.handbook import read_handbook

PAGE = "guidelines/zeiten.md"
HEAD = "---\ntitle: Zeiten\nowner: tarek\n---\n# Zeiten\n\nWir posten, wenn jemand da ist.\n"
ONE = Decision("part-morning", datetime(2026, 11, 2, 9, tzinfo=UTC), "tarek", Decided.ACCEPTED, "Morgens.")


@pytest.fixture
def tree(tmp_path: Path) -> FolderTree:
    """A workspace whose handbook is one page."""
    (tmp_path / "guidelines").mkdir()
    (tmp_path / PAGE).write_text(HEAD)
    return FolderTree(tmp_path)


def test_a_finding_gets_a_section_and_the_next_one_its_list(tree: FolderTree, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first makes heading and list, the second joins it, and what stood there stays byte for byte."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    write_changes(tree.root, [add_finding(tree, PAGE, "part-morning", "Morgens.")])
    write_changes(tree.root, [add_finding(tree, PAGE, "weekday-2", "Dienstags.")])
    text = (tree.root / PAGE).read_text()
    assert text.startswith(HEAD)
    assert text.endswith(f"{MARK}\n\n- Morgens. <!-- part-morning -->\n- Dienstags. <!-- weekday-2 -->\n")
    assert text.count("## ") == 1


def test_the_same_question_changes_its_own_line(tree: FolderTree) -> None:
    """A newer finding takes the place of the older one."""
    write_changes(tree.root, [add_finding(tree, PAGE, "part-morning", "Morgens.")])
    write_changes(tree.root, [add_finding(tree, PAGE, "weekday-2", "Dienstags.")])
    write_changes(tree.root, [add_finding(tree, PAGE, "part-morning", "Morgens, mehr denn je.")])
    text = (tree.root / PAGE).read_text()
    assert text.endswith("- Morgens, mehr denn je. <!-- part-morning -->\n- Dienstags. <!-- weekday-2 -->\n")


def test_an_item_that_somebody_broke_into_lines_is_still_the_same(tree: FolderTree) -> None:
    """All of its lines go, and no other."""
    (tree.root / PAGE).write_text(
        f"{HEAD}\n{MARK}\n\n- Eins. <!-- a -->\n- Zwei,\n  das lange\n  *n = 4* <!-- b -->\n- Drei. <!-- c -->\n"
    )
    write_changes(tree.root, [add_finding(tree, PAGE, "b", "Neu.")])
    assert (
        tree.root / PAGE
    ).read_text() == f"{HEAD}\n{MARK}\n\n- Eins. <!-- a -->\n- Neu. <!-- b -->\n- Drei. <!-- c -->\n"


def test_a_finding_that_is_taken_out_leaves_no_gap(tree: FolderTree) -> None:
    """Putting in and taking out gives the page that was; what is not there cannot be taken out."""
    write_changes(tree.root, [add_finding(tree, PAGE, "part-morning", "Morgens.")])
    before = (tree.root / PAGE).read_bytes()
    write_changes(tree.root, [add_finding(tree, PAGE, "weekday-2", "Dienstags.")])
    taken = take_finding(tree, PAGE, "weekday-2")
    assert taken is not None
    write_changes(tree.root, [taken])
    assert (tree.root / PAGE).read_bytes() == before
    assert take_finding(tree, PAGE, "weekday-2") is None


@pytest.mark.parametrize(
    "text", [HEAD, HEAD.replace("\n", "\r\n"), "# Ohne Kopf\n", "\ufeff" + HEAD, HEAD.rstrip("\n")]
)
def test_finding_and_decision_come_in_one_writing(tree: FolderTree, text: str) -> None:
    """With and without a head, with Windows' endings, a byte order mark, no last line ending: both are read back."""
    (tree.root / PAGE).write_bytes(text.encode())
    changes = add_decision(tree, [add_finding(tree, PAGE, "part-morning", "Morgens.")], PAGE, ONE)
    write_changes(tree.root, changes)
    written = (tree.root / PAGE).read_bytes().decode()
    assert written.startswith("\ufeff") == text.startswith("\ufeff")
    [found], problems = read_decisions(read_handbook(FolderTree(tree.root)).pages)
    assert (found.id, found.at, problems) == (ONE.id, ONE.at, [])
    assert written.count("- Morgens. <!-- part-morning -->") == 1


def test_a_page_that_is_new_is_whole(tree: FolderTree) -> None:
    """It has a head with its owner and the decision, a heading and the finding."""
    path = "guidelines/learned.md"
    changes = add_decision(tree, [add_finding(tree, path, "part-morning", "Morgens.", "tarek")], path, ONE)
    assert [change.before for change in changes] == [None]
    write_changes(tree.root, changes)
    page = next(one for one in read_handbook(FolderTree(tree.root)).pages if one.path == path)
    assert page.owner == "tarek"
    assert len(read_decisions([page])[0]) == 1
    assert (tree.root / path).read_text().endswith("- Morgens. <!-- part-morning -->\n")


def test_a_file_that_changed_meanwhile_stops_all_of_them(tree: FolderTree) -> None:
    """Two files are to change, the second is no longer what was read: the first stays, too."""
    other = "guidelines/zwei.md"
    (tree.root / other).write_text(HEAD)
    changes = [add_finding(tree, PAGE, "a", "A."), add_finding(tree, other, "b", "B.")]
    (tree.root / other).write_text(HEAD + "Neu.\n")
    with pytest.raises(ChangedError):
        write_changes(tree.root, changes)
    assert (tree.root / PAGE).read_text() == HEAD
    assert (tree.root / other).read_text() == HEAD + "Neu.\n"


def test_a_page_that_somebody_made_meanwhile_is_not_overwritten(tree: FolderTree) -> None:
    """What was to be a new file exists now."""
    change = add_finding(tree, "guidelines/learned.md", "a", "A.")
    (tree.root / "guidelines/learned.md").write_text("Meins.\n")
    with pytest.raises(ChangedError):
        write_changes(tree.root, [change])
    assert (tree.root / "guidelines/learned.md").read_text() == "Meins.\n"


@pytest.mark.parametrize("text", [HEAD, HEAD.rstrip("\n"), HEAD.replace("\n", "\r\n"), "\ufeff" + HEAD])
@pytest.mark.parametrize("folder", ["", "eine marke/"])
def test_git_applies_the_patch(tmp_path: Path, text: str, folder: str) -> None:
    """`git apply` makes of the patch what `write_changes` makes of the changes, also where the workspace is a folder."""
    root = tmp_path / folder
    (root / "guidelines").mkdir(parents=True)
    (root / PAGE).write_bytes(text.encode())
    tree = FolderTree(root)
    changes = [
        add_finding(tree, PAGE, "part-morning", "Größer. Morgens."),
        add_finding(tree, "guidelines/neu.md", "weekday-2", "Dienstags."),
    ]
    apply(tmp_path, f"Warum.\n\n{patch_text(tree, changes, folder)}", git=True)
    assert (root / PAGE).read_bytes() == text[: text.startswith("\ufeff")].encode() + changes[0].after.encode()
    assert (root / "guidelines/neu.md").read_bytes() == changes[1].after.encode()


# What one or another library takes for the end of a line, and git does not; and what it does.
LINES = st.lists(
    st.sampled_from(
        ["a", "ß", "", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\r", "\r\n", "\n", "\n", "- b", "-- c"]
    ),
    max_size=40,
).map("".join)


@given(
    mark=st.sampled_from(["", "\ufeff"]), before=LINES, edits=st.lists(st.tuples(st.integers(0, 40), LINES), max_size=3)
)
@settings(max_examples=60, deadline=None)
def test_git_sees_the_lines_that_we_see(
    tmp_path_factory: pytest.TempPathFactory, mark: str, before: str, edits: list[tuple[int, str]]
) -> None:
    """Whatever separates words or lines in a page, with and without a byte order mark: the patch gives the new text."""
    root = tmp_path_factory.mktemp("page")
    (root / "p.md").write_bytes((mark + before).encode())
    change = Change("p.md", before, tuple(Edit(at, at, text) for at, text in edits if at <= len(before)))
    patch = patch_text(FolderTree(root), [change])
    if patch:
        apply(root, patch)
    assert (root / "p.md").read_bytes() == (mark + change.after).encode()


def apply(root: Path, patch: str, *, git: bool = False) -> None:
    """Let git apply a patch, in a repository or in a plain folder."""
    if git:
        subprocess.run(["git", "init", "-q", "."], cwd=root, check=True)
    words = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    environ = {**os.environ, "GIT_CEILING_DIRECTORIES": str(root.parent)}
    subprocess.run(words, cwd=root, check=True, input=patch.encode(), env=environ)


def test_a_change_of_nothing_is_no_patch(tree: FolderTree) -> None:
    """Neither a header nor a hunk."""
    assert patch_text(tree, [Change(PAGE, HEAD, ())]) == ""
