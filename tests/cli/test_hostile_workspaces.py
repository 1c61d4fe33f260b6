"""Whole workspaces out of hostile pieces, from a seed, through every verb that reads one.

``LEITSTAND_FUZZ_SEEDS=100:400 pytest tests/cli/test_hostile_workspaces.py`` tries other seeds.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from toolkit.cli import run

FIRST, LAST = (int(bound) for bound in os.environ.get("LEITSTAND_FUZZ_SEEDS", "0:12").split(":"))
CANARY: Final = "canary-5f1d7c"

WORDS: Final = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[a](javascript:alert(1))", "{{ 7*7 }}",
                "\u202eabc", "a\u200bb", "\x1b[31m", "u\u0308", "\u2028", "-->", "=1+1", "Kaffee", "%s{0}", "👩‍👩‍👧‍👦")  # fmt: skip
NAMES: Final = ("a.md", "ä.md", "a\u0308.md", "a b.md", "q'u\"o.md", "100%.md", "-rf.md", "n" * 240 + ".md", "x#y.md",
                "new\nline.md", "<b>.md", "index.md", "{{x}}.md", "2026/12/p.md", "README.md")  # fmt: skip
TIMES: Final = ("2026-12-01 07:30", "2026-02-29 10:00", "0001-01-01 00:00+14:00", "9999-12-31 23:59", "2026-03-29 02:30",
                "2199-12-31 23:59-23:59", "1971-01-01 00:00+23:59", "next", "٢٠٢٦-12-01 07:30")  # fmt: skip
LINES: Final = ("<<: {a: 1}", "a: &x 1\nb: *x", "title: [", "\ttitle: x", "media: [{file: ../../../etc/passwd, alt: x}]",
                "media: [{file: media/a.png, crop: '²:³', focus: [nan, 1e400]}]", "options: {x.y: {publish: bad}}",
                "approved: [{by: a, at: '0001-01-01T00:00:00+14:00', hash: x}]", "labels: ['..', '#', a/b]", "x.y: 1",
                "uid: ../../x", "campaign: ../../x", "channels: [nope]", "language: ../x", "grace: 999999999")  # fmt: skip
BODIES: Final = ("", "> " * 500 + "x", "\n".join("  " * depth + "- x" for depth in range(200)), "[" * 2000, "`" * 5001,
                 "<!-- open", "&#0;&#x110000;", "## @feed\n\nv\n\n## @feed\n\nw", "---\n" * 50, "http://[::1", "*a _b " * 500,
                 "a\r\nb\rc", "\u0301" * 2000)  # fmt: skip
SETTINGS: Final = ("grace = " + "9" * 5000, "distance = " + "9" * 30, 'late = "x"', "grace = 1e400", "x = " + "[" * 3000,
                   'quiet_hours = ["x"]', "approvals = true")  # fmt: skip
TOKENS: Final = ("", "[]", '{"a":' * 3000, '{"a":{"$value":"{a}"}}', '{"color":{"b":{"$type":"color","$value":null}}}')
PAUSES: Final = ("x", "- {scope: all, reason: x}", "- *a", "\0", "- {scope: all, reason: r, until: 9999-12-31 23:59}")
TABLES: Final = (b"\xef\xbb\xbfuid,channel,metric,value\nx,feed,likes,1e400\n", "a;b\n1;2\n".encode("utf-16"), b"sep=;\nx;y\n",
                 b"a\0b,c\n", b'"open,\n', b"", b"date,channel,likes\n9999-12-31,feed,nan\n=cmd|x,feed,1\n")  # fmt: skip
VERBS: Final[Sequence[tuple[str, ...]]] = (
    ("check",), ("check", "--json"), ("fix", "--diff"), ("plan",), ("plan", "--json"), ("plan", "--format", "markdown"),
    ("preview", "a"), ("approve", "a", "--by", "jule"), ("publish", "--now", "2026-11-01T07:31+01:00"),
    ("publish", "--now", "2026-12-01T07:31+01:00", "--json"), ("publish", "--now", "9999-12-31T23:00-12:00"), ("status",),
    ("log", "--json"), ("hold", "a"), ("resolve", "a", "feed", "--drop"), ("import", "in.csv", "--dry-run"),
    ("pause", "--reason", "x", "--by", "jule", "--until", "9999-12-31 23:59-12:00"), ("stage", "staged"), ("doctor",),
)  # fmt: skip


def make_workspace(root: Path, dice: random.Random) -> None:
    """A workspace whose every file may be hostile."""
    content = root / "content"
    (content / "posts").mkdir(parents=True)
    policy = dice.choice(SETTINGS) if dice.random() < 0.2 else "grace = 600"
    (root / "leitstand.toml").write_text(
        f"format = 1\n[workspace]\nid = 'x'\nname = {_quoted(dice)}\n[people.jule]\nname = {_quoted(dice)}\n"
        "[accounts.feed]\nnetwork = 'feed'\n[accounts.mastodon]\nnetwork = 'mastodon'\nserver = 'http://127.0.0.1:9'\n"
        f"[policy]\n{policy}\n",
        encoding="utf-8",
    )
    for number in range(dice.randint(1, 5)):
        path = content / "posts" / dice.choice(NAMES)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_post(dice, number))
    (content / "campaigns").mkdir()
    (content / "campaigns/c.md").write_text(
        f"---\ntitle: {_quoted(dice)}\n{dice.choice(LINES)}\n---\n{dice.choice(WORDS)}"
    )
    (root / "guidelines").mkdir()
    (root / "guidelines/tokens.json").write_text(dice.choice(TOKENS))
    if dice.random() < 0.3:
        (content / "pause.yml").write_text(dice.choice(PAUSES))
    (root / "in.csv").write_bytes(dice.choice(TABLES))


def _quoted(dice: random.Random) -> str:
    return json.dumps(" ".join(dice.choices(WORDS, k=2)), ensure_ascii=False)


def _post(dice: random.Random, number: int) -> bytes:
    head = [
        f"uid: 01JDK3V7Q2M8X4T6R9A0B1C2D{number}",
        f"title: {_quoted(dice)}",
        "author: jule",
        "status: ready",
        f"publish: {dice.choice(TIMES) if dice.random() < 0.4 else TIMES[0]}",
        "channels: [feed, mastodon]",
        *dice.choices(LINES, k=dice.choice((0, 0, 1, 2))),
    ]
    ending = dice.choice(("\n", "\n", "\n", "\r\n", "\r"))
    text = "\n".join(("---", *head, "---", dice.choice(BODIES), dice.choice(WORDS), ""))
    return text.replace("\n", ending).encode()


def _files(root: Path) -> Iterator[tuple[Path, bytes]]:
    return ((path, path.read_bytes()) for path in sorted(root.rglob("*")) if path.is_file())


@pytest.mark.parametrize("seed", range(FIRST, LAST))
def test_no_workspace_breaks_a_verb(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every verb ends with 0, 1 or 2, changes no post but by approval, and shows a secret nowhere."""
    root, state = tmp_path / "brand", tmp_path / "state"
    make_workspace(root, random.Random(seed))  # repeatable, not secret
    posts = dict(_files(root / "content/posts"))
    monkeypatch.chdir(root)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(state))
    monkeypatch.setenv("LEITSTAND_TOKEN_MASTODON", CANARY)
    for verb in VERBS:
        code = run(list(verb), os.environ)
        said = capsys.readouterr()
        assert code in (0, 1, 2), (verb, said.err)
        assert "Traceback" not in said.err
        assert CANARY not in said.out + said.err
    after = dict(_files(root / "content/posts"))
    assert after.keys() == posts.keys()
    assert all(after[path] == data or b"approved:" in after[path] for path, data in posts.items())
    assert all(CANARY.encode() not in data for _path, data in _files(tmp_path))
