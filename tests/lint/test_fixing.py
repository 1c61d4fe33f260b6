from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lint.conftest import NOW, SETTINGS, Desk
from toolkit.approval import content_hash
from toolkit.lint import check_workspace
from toolkit.lint.fixing import Fixes, plan_fixes
from toolkit.model import Problem

UID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


def fix(desk: Desk, *, unsafe: bool = False) -> Fixes:
    """Plan and write."""
    fixes = plan_fixes(desk.load(), now=NOW, unsafe=unsafe)
    for path, text in fixes.texts.items():
        desk.write(path, text)
    return fixes


def read(desk: Desk) -> str:
    return (desk.root / "content/posts/post.md").read_bytes().decode()


def test_several_fixes_in_one_file(desk: Desk) -> None:
    """A uid and a blank line in one go, every other byte as it was."""
    desk.post("---\r\ntitle: x\r\n---\r\nEins\r\n---\r\nZwei\r\n")
    fixes = fix(desk)
    assert [problem.rule for problem in fixes.applied] == ["uid", "thread-break"]
    assert UID.sub("U", read(desk)) == "---\r\nuid: U\r\ntitle: x\r\n---\r\nEins\r\n\r\n---\r\nZwei\r\n"


def test_unsafe_fixes_wait_to_be_asked_for(desk: Desk) -> None:
    """A plain http becomes https only on demand."""
    desk.post("---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\n---\n[Shop](http://example.com)\n")
    assert fix(desk).texts == {}
    assert [problem.rule for problem in fix(desk, unsafe=True).applied] == ["link"]
    assert read(desk).endswith("[Shop](https://example.com)\n")


def test_a_fix_that_would_void_an_approval_is_left_out(desk: Desk) -> None:
    """The text that was approved is not touched; the uid, which the approval does not cover, is minted all the same."""
    desk.settings(SETTINGS + "\n[policy]\napprovals = 1\n")
    post = (
        "---\nauthor: redaktion\npublish: 2026-12-01 09:00\nchannels: [mastodon]\n"
        "approved:\n  - {by: leitung, at: 2026-11-20T10:00:00+01:00, hash: HASH}\n---\nEins\n---\nZwei\n"
    )
    desk.post(post.replace("HASH", "sha256:0"))
    workspace = desk.load()
    desk.post(post.replace("HASH", content_hash(workspace.posts[0], workspace)))
    fixes = fix(desk)
    assert [problem.rule for problem in fixes.applied] == ["uid"]
    assert [problem.rule for problem in fixes.refused] == ["thread-break"]
    assert "Eins\n---\nZwei" in read(desk)


def test_files_without_front_matter_are_left_alone(desk: Desk) -> None:
    """What cannot be read is not written to."""
    desk.post("Nur Text\n---\nohne Kopf\n")
    assert fix(desk).texts == {}


LINES = st.sampled_from(
    ["title: x", "status: ready", "publish: 2026-12-01 09:00", "channels: [mastodon]", "uid:", "uid: ''", "# Notiz",
     "media:", "  - file: media/a.jpg", "", "options: {feed: {}}", "language: de", "labels: [a, b]"]
)  # fmt: skip
TEXTS = st.sampled_from(
    ["Hallo", "---", "--", "-", "", "## @feed", "## @mastodon", "http://example.com", "[x](example.com)", "> Zitat",
     "- Punkt", "    Code", "```", "#BLACKFRIDAY", "www.example.de", "- - -", "***", "===", "<!--", "-->"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(LINES, max_size=8), st.lists(TEXTS, max_size=10), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_fixing_ends_and_makes_nothing_worse(head: list[str], body: list[str], ending: str, unsafe: bool) -> None:
    """Afterwards no rule has more to say than before, a second run changes nothing, and no line of text is lost."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.post(ending.join(["---", *head, "---", *body, ""]))
        before = [problem.rule for problem in problems(desk)]
        old = read(desk)
        fix(desk, unsafe=unsafe)
        after = [problem.rule for problem in problems(desk)]
        assert all(after.count(rule) <= before.count(rule) for rule in set(after))
        new = read(desk)
        assert fix(desk, unsafe=unsafe).texts == {}
        assert old.count("\r\n") <= new.count("\r\n")
        if not unsafe:
            kept = iter(new.splitlines())
            assert all(any(line == other or line.startswith("uid") for other in kept) for line in old.splitlines())


def problems(desk: Desk) -> list[Problem]:
    return check_workspace(desk.load(), now=NOW)


def test_fixes_of_one_rule_do_not_wait_for_those_of_another_file(desk: Desk) -> None:
    """A refused fix in one file keeps no other file from being fixed."""
    for name in ("a", "b", "c"):
        desk.post("---\ntitle: x\n---\nEins\n---\nZwei\n", f"content/posts/{name}.md")
    fixes = fix(desk)
    assert sorted(fixes.texts) == [f"content/posts/{name}.md" for name in "abc"]
    assert len({UID.search(text)[0] for text in fixes.texts.values()}) == 3  # type: ignore[index]
    assert len(fixes.applied) == 6
