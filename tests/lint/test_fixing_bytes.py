"""Fixing as it is written to disk: whatever the encoding of line ends, marks and letters."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.lint.conftest import NOW, SETTINGS, Desk
from toolkit.cli import execute
from toolkit.lint import check_workspace
from toolkit.lint.fixing import Fixes, plan_fixes
from toolkit.source import Edit, write_edits

HEADS = st.lists(
    st.sampled_from(
        ["title: Tür 😀", "status: ready", "publish: 2026-12-01 09:00", "channels: [mastodon, feed]", "uid:", "# 😀",
         "options: {feed: {}}", "language: de", "{title: x}", "  title: eingerückt", "labels: [a\u2028b]"]
    ),
    max_size=6,
)  # fmt: skip
BODIES = st.lists(
    st.sampled_from(
        ["Hallo 😀👩‍👩‍👧", "---", "", "## @feed", "## @mastodon", "http://example.com 😀", "😀 [x](example.com)", "#schwarzerfreitag",
         "> Zitat", "```", "Zeile\u2028mit\u0085Trennern", "ä\u0308", "<!-- 😀", "-->"]
    ),
    max_size=10,
)  # fmt: skip
ENDINGS = st.sampled_from([b"\n", b"\r\n"])
PATH = "content/posts/post.md"


def make(head: list[str], body: list[str], ending: bytes, mark: bytes) -> bytes:
    return mark + ending.join(line.encode() for line in ["---", *head, "---", *body, ""])


def expected(data: bytes, fixes: Fixes) -> bytes:
    """The bytes of the file with the fixes applied one rule after the other, counted in bytes."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    for _rule, group in groupby(fixes.applied, key=lambda problem: problem.rule):
        text = data.removeprefix(mark).decode()
        data = data.removeprefix(mark)
        edits = {(one.fix.start, one.fix.end, one.fix.text) for one in group if one.fix is not None}
        for start, end, new in sorted(edits, reverse=True):
            first, last = len(text[:start].encode()), len(text[:end].encode())
            data = data[:first] + new.encode() + data[last:]
        data = mark + data
    return data


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@example(
    head=["title: 😀"],
    body=["😀 Eins", "---", "Zwei", "## @feed", "Drei", "---", "Vier"],
    ending=b"\r\n",
    mark=b"\xef\xbb\xbf",
    unsafe=True,
)
@given(head=HEADS, body=BODIES, ending=ENDINGS, mark=st.sampled_from([b"", b"\xef\xbb\xbf"]), unsafe=st.booleans())
def test_only_the_bytes_of_applied_fixes_change(
    head: list[str], body: list[str], ending: bytes, mark: bytes, *, unsafe: bool
) -> None:
    """Line ends, the byte order mark and every other letter stay; no rule has more to say; a second run does nothing."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        data = make(head, body, ending, mark)
        file = desk.write(PATH, data)
        workspace = desk.load()
        before = [problem.rule for problem in check_workspace(workspace, now=NOW)]
        fixes = plan_fixes(workspace, now=NOW, unsafe=unsafe)
        for path, text in fixes.texts.items():
            old = workspace.posts[0].source.text
            write_edits(desk.root / path, old, [Edit(0, len(old), text)])
        assert file.read_bytes() == expected(data, fixes)
        after = [problem.rule for problem in desk.check()]
        assert all(after.count(rule) <= before.count(rule) for rule in set(after))
        assert plan_fixes(desk.load(), now=NOW, unsafe=unsafe).texts == {}


def test_fix_writes_the_very_bytes(tmp_path: Path) -> None:
    """At the command line: a mark, CRLF and astral letters before the fixes move none of them."""
    desk = Desk(tmp_path)
    desk.settings(SETTINGS)
    file = desk.write(PATH, make(["title: 😀"], ["😀 Eins", "---", "Zwei 😀"], b"\r\n", b"\xef\xbb\xbf"))
    environ = {**os.environ, "LEITSTAND_LANG": "en"}
    assert execute(["fix", "-w", str(tmp_path), "--now", "2026-11-21T12:00Z", "--json"], environ) == 0
    lines = file.read_bytes().split(b"\r\n")
    assert lines[0] == b"\xef\xbb\xbf---"
    assert lines[1].startswith(b"uid: 01")
    assert lines[2:] == ["title: 😀".encode(), b"---", "😀 Eins".encode(), b"", b"---", "Zwei 😀".encode(), b""]
    changed = file.stat().st_mtime_ns
    assert execute(["fix", "-w", str(tmp_path)], environ) == 0
    assert file.stat().st_mtime_ns == changed
