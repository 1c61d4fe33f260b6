from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lint.conftest import Desk
from toolkit.model import Severity, SourceText
from toolkit.source import Edit, apply_edits, read_frontmatter, set_key

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
OTHER = "01JDK3V7Q2M8X4T6R9A0B1C2D4"


def commit(root: Path) -> None:
    """Put everything into a commit of a repository in `root`."""
    git = ["git", "-C", str(root), "-c", "user.name=n", "-c", "user.email=e"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "posts"], check=True)


def test_a_uid_of_its_own_is_fine(desk: Desk) -> None:
    """A ULID that no other file has is no problem."""
    assert desk.messages("uid", f"---\nuid: {UID}\n---\n") == []


@pytest.mark.parametrize(("status", "severity"), [("ready", Severity.ERROR), ("draft", Severity.WARNING)])
def test_a_missing_uid_can_be_minted(desk: Desk, status: str, severity: Severity) -> None:
    """A post without uid comes with a safe fix; only for a ready post it is an error."""
    (message,) = desk.messages("uid", f"«---»\nstatus: {status}\n---\n")
    assert message == "no uid; mint one with: leitstand fix content/posts/post.md"
    (problem,) = desk.check("uid")
    assert problem.severity is severity
    assert problem.fix is not None
    assert problem.fix.safe
    assert re.fullmatch(r"uid: [0-9A-HJKMNP-TV-Z]{26}\n", problem.fix.text)


@pytest.mark.parametrize(
    "uid", ["abc", UID.lower(), UID + "4", "01JDK3V7Q2M8X4T6R9A0B1C2DU", "«»81JDK3V7Q2M8X4T6R9A0B1C2D3"]
)
def test_other_words_are_no_uid(desk: Desk, uid: str) -> None:
    """What is not a ULID is an error at its place, and nothing is minted over it."""
    uid = uid.replace("«»", "")
    (message,) = desk.messages("uid", f"---\nuid: «{uid}»\n---\n")
    assert "is not a ULID" in message
    assert [problem.fix for problem in desk.check("uid")] == [None]


def test_two_files_with_one_uid_name_each_other(desk: Desk) -> None:
    """Without git both files are reported, each with the other's path."""
    desk.post(f"---\nuid: {UID}\n---\n", "content/posts/a.md")
    desk.post(f"---\nuid: {UID}\n---\n", "content/posts/b.md")
    found = desk.check("uid")
    assert [(p.path, p.related, p.span.line, p.span.col) for p in found] == [
        ("content/posts/a.md", "content/posts/b.md", 2, 6),
        ("content/posts/b.md", "content/posts/a.md", 2, 6),
    ]


def test_in_git_only_the_copy_is_reported(desk: Desk) -> None:
    """The file that had the uid in the last commit is the original."""
    desk.post(f"---\nuid: {UID}\n---\n", "content/posts/z-original.md")
    commit(desk.root)
    desk.post(f"---\nuid: {UID}\n---\n", "content/posts/a-copy.md")
    (problem,) = desk.check("uid")
    assert (problem.path, problem.related) == ("content/posts/a-copy.md", "content/posts/z-original.md")


def test_a_changed_uid_is_reported(desk: Desk) -> None:
    """A uid that differs from the last commit's means a second publication."""
    desk.post(f"---\ntitle: x\nuid: {OTHER}  # minted\n---\nuid: not this one\n")
    commit(desk.root)
    (message,) = desk.messages("uid", f"---\ntitle: x\nuid: «{UID}»\n---\n")
    assert message == f"the uid was {OTHER} in the last commit; a new uid means a new post, which is sent again"


def test_a_uid_in_the_text_is_not_the_posts(desk: Desk) -> None:
    """Only the front matter's uid counts, also in the last commit."""
    desk.post(f"---\ntitle: x\n---\nuid: {OTHER}\n")
    commit(desk.root)
    assert desk.messages("uid", f"---\nuid: {UID}\n---\nuid: {OTHER}\n") == []


def test_a_workspace_below_the_repository(desk: Desk) -> None:
    """The repository may hold more than the workspace."""
    desk.post(f"---\nuid: {OTHER}\n---\n")
    commit(desk.root)
    inner = Desk(desk.root / "brand")
    inner.post(f"---\nuid: {OTHER}\n---\n")
    commit(desk.root)
    (message,) = inner.messages("uid", f"---\nuid: «{UID}»\n---\n")
    assert OTHER in message


def test_git_is_asked_once(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One call for all files, never one per file."""
    for number in range(50):
        desk.post(f"---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C{number:03}\n---\n", f"content/posts/{number}.md")
    commit(desk.root)
    calls, real = tmp_path / "calls", shutil.which("git")
    wrapper = tmp_path / "bin/git"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\necho "$@" >> "{calls}"\nexec "{real}" "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", str(wrapper.parent), prepend=":")
    assert desk.check("uid") == []
    assert len(calls.read_text(encoding="utf-8").splitlines()) == 1


HEADS = st.sampled_from(
    ["title: x\n", "title: x\r\nlabels:\r\n  - a\r\n", "{title: x}\n", "{}\n", "  title: x\n  status: draft\n",
     "# first a comment\ntitle: x\n", "title: x\nuid:\nlabels: [a]\n", "uid: # later\ntitle: x\n", "uid: ~\n",
     'uid: ""\ntitle: x\n', "{uid: , title: x}\n", "\n\ntitle: x\n"]
)  # fmt: skip


@given(HEADS, st.sampled_from(["---\n", "---\r\n", "--- \n"]))
def test_minting_changes_nothing_else(head: str, opening: str) -> None:
    """In whatever style the front matter is written: afterwards it has this uid, and all other values are as before."""
    text = f"{opening}{head}---\nText\n"
    front, _problems = read_frontmatter(SourceText("post.md", text))
    edit = set_key(front, "uid", UID)
    assert edit is not None
    again, problems = read_frontmatter(SourceText("post.md", apply_edits(text, [edit])))
    assert problems == []
    assert values(again) == {**values(front), "uid": UID}
    assert again.body == front.body


def test_without_front_matter_there_is_nothing_to_set() -> None:
    """A text without front matter gets no edit."""
    assert set_key(read_frontmatter(SourceText("post.md", "Text\n"))[0], "uid", UID) is None
    assert apply_edits("Text", [Edit(0, 0, "x")]) == "xText"


def values(front: object) -> dict[str, object]:
    """The front matter's values, without places."""
    from toolkit.source import FrontMatter
    from toolkit.source.nodes import Mapping, Node, Scalar, Sequence

    def plain(node: Node | None) -> object:
        if isinstance(node, Mapping):
            return {key: plain(value) for key, value in node.values.items()}
        if isinstance(node, Sequence):
            return [plain(item) for item in node.items]
        return node.text if isinstance(node, Scalar) else None

    assert isinstance(front, FrontMatter)
    found = plain(front.root)
    assert isinstance(found, dict)
    return found
