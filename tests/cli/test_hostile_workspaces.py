"""Whole workspaces out of hostile pieces, from a seed, through every verb that reads one.

``LEITSTAND_FUZZ_SEEDS=100:400 pytest tests/cli/test_hostile_workspaces.py`` tries other seeds.
"""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from toolkit.cli import execute

FIRST, LAST = (int(bound) for bound in os.environ.get("LEITSTAND_FUZZ_SEEDS", "0:8").split(":"))
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
                "uid: ../../x", "campaign: ../../x", "channels: [nope]", "language: ../x", "grace: 999999999",
         "repeat: FREQ=DAILY;COUNT=1000", "repeat: FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2;COUNT=3",
         "repeat: FREQ=DAILY;UNTIL=99991231", "repeat: FREQ=WEEKLY;BYDAY=TU;COUNT=²", "repeat: FREQ=DAILY;COUNT=3;EXDATE=x",
         "repeat: FREQ=WEEKLY;BYWEEKNO=53;UNTIL=20301231\nexcept: [2026-12-01, 0000-00-00, x, 2026-12-01]",
         "repeat: FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU;COUNT=4\ninstances: {2026-12-29: {publish: 2026-12-01 07:30}}",
         "repeat: FREQ=DAILY;COUNT=3\ninstances: {2026-12-02: {publish: 9999-12-31 23:59}, 2026-12-03: [], x: {}}",
         "except: 2026-12-01", "instances: [1]", "repeat: [1]", "correction: {number: 99999999999999999999, reason: x}",
         "correction: {number: 1, reason: '<b>', otherwise: repost}", "correction: {number: ٣, reason: [x], otherwise: reply}",
         "correction: {number: 2, reason: x, otherwise: reply, reply: '<script>alert(1)</script>'}", "correction: x",
         "retract: {channels: [feed, nope, feed], reason: x}", "retract: {channels: feed, reason: x, otherwise: repost}",
         "retract: {reason: '', otherwise: reply}", "retract: []", "options: {mastodon: {first_comment: '<script>'}}",
         "options: {mastodon: {poll_options: '|||', poll_days: '²', poll_multiple: x}}", "options: {mastodon: {poll_days: 1e400}}",
         "options: {mastodon: {poll_options: 'a | b', poll_days: -1}, bluesky: {card: 'javascript:x', card_title: '<b>'}}",
         "options: {bluesky: {card: 'http://[::1', card_image: ../../etc/passwd, labels: '<'}}")  # fmt: skip
BODIES: Final = ("", "> " * 500 + "x", "\n".join("  " * depth + "- x" for depth in range(200)), "[" * 2000, "`" * 5001,
                 "<!-- open", "&#0;&#x110000;", "## @feed\n\nv\n\n## @feed\n\nw", "---\n" * 50, "http://[::1", "*a _b " * 500,
                 "a\r\nb\rc", "\u0301" * 2000, "## @2026-12-02\n\nv\n\n## @9999-99-99\n\nw", "## @first-comment\n\n<script>",
                 "[x](https://x.example/?a=1&utm_id=2#f) <https://x.example> [y](https://x.example:99999/)")  # fmt: skip
SETTINGS: Final = ("grace = " + "9" * 5000, "distance = " + "9" * 30, 'late = "x"', "grace = 1e400", "x = " + "[" * 3000,
                   'quiet_hours = ["x"]', "approvals = true")  # fmt: skip
TABLES_OF_SETTINGS: Final = (
    "[links]\ndomains = ['x.example']\nutm_id = '{uid}'", "[links]\ndomains = ['']\nutm_source = '{uid'", "[links]\ndomains = 'x'",
    "[links]\ndomains = ['x.example']\nutm_term = '{{}}%s\\n'", "[media_host]\nkind = 'folder'\nurl = 'http://127.0.0.1:9'",
    "[media_host]\nkind = 's3'\nurl = 'file:///etc'\nbucket = '../x'", "[media_host]\nurl = 'https://[::1'", "media_host = 1",
    "[alerts]\nrelay = 'smtp://x:canary@127.0.0.1:9'", "[alerts]\nhourly = 99999999999999999999", "[alerts]\nrelay = 'smtps://[::1'",
    "[alerts]\nheartbeat = 'http://127.0.0.1:9'\nrelay = 'smtp://127.0.0.1:9'\nsender = 'a@b\\r\\nBcc: x'", "[alerts]\nheartbeat = 'file:///x'",
    "[forge]\nkind = 'github'\nproject = '../..'", "[forge]\nkind = 'gitlab'\nproject = 'a/b'\nurl = 'http://127.0.0.1:9'",
    "[forge]\nkind = 'gitlab'\nproject = 'a/b'\nurl = 'http://[::1'", "forge = []", "[state]\nledger = 'postgresql://127.0.0.1:9/x'",
    "[state]\nledger = 'mysql://x'", "[state]\nledger = 'postgresql://u:p@[::1/x'", "[state]\nledger_id = '../x'", "[state]\nledger = 1",
    "[state]\nledger = 'postgresql://127.0.0.1:99999/x'", "state = 'x'",
)  # fmt: skip
TOKENS: Final = ("", "[]", '{"a":' * 3000, '{"a":{"$value":"{a}"}}', '{"color":{"b":{"$type":"color","$value":null}}}')
PAUSES: Final = ("x", "- {scope: all, reason: x}", "- *a", "\0", "- {scope: all, reason: r, until: 9999-12-31 23:59}")
TABLES: Final = (b"\xef\xbb\xbfuid,channel,metric,value\nx,feed,likes,1e400\n", "a;b\n1;2\n".encode("utf-16"), b"sep=;\nx;y\n",
                 b"a\0b,c\n", b'"open,\n', b"", b"date,channel,likes\n9999-12-31,feed,nan\n=cmd|x,feed,1\n")  # fmt: skip
VERBS: Final[Sequence[tuple[str, ...]]] = (
    ("check",), ("check", "--json"), ("fix", "--diff"), ("plan",), ("plan", "--json"), ("plan", "--format", "markdown"),
    ("preview", "a"), ("approve", "a", "--by", "jule"), ("publish", "--now", "2026-11-01T07:31+01:00"),
    ("publish", "--now", "2026-12-01T07:31+01:00", "--json"), ("publish", "--now", "9999-12-31T23:00-12:00"), ("status",),
    ("log", "--json"), ("hold", "a"), ("resolve", "a", "feed", "--drop"), ("import", "in.csv", "--dry-run"),
    ("correct", "a", "--reason", "<b>", "--otherwise", "reply", "--reply", "x"), ("retract", "a", "--reason", "\x1b[31m"),
    ("publish", "--now", "2026-12-01T08:31+01:00"), ("kit", "a", "--output", "kits"), ("confirm", "a", "instagram", "https://x.example/1"),
    ("resolve", "a", "mastodon", "--send-again"), ("export", "a", "--as", "listmonk", "--output", "out"), ("log", "--verify"),
    ("log", "--jsonl", "log.jsonl"), ("log", "--verify", "--jsonl", "in.csv"), ("alerts", "list"), ("alerts", "list", "--json"), ("alerts", "send"),
    ("alerts", "try", "jule"), ("login", "--list"), ("login", "--list", "--json"), ("login", "mastodon", "--token"),
    ("login", "mastodon", "--no-browser", "--timeout", "0.1"), ("logout", "mastodon"), ("networks", "check-age", "--days", "0", "--json"),
    ("simulate", "--from", "2026-12-01", "--to", "2026-12-03", "--faults", "all", "--resolve", "--json"), ("simulate", "--from", "2026-12-01", "--to", "2026-12-02", "--ledger", "copy"),
    ("simulate", "--month", "9999-12"), ("simulate", "--from", "0001-01-01"), ("import-posts", "galaxy-social", ".", "--into", "moved"),
    ("ledger", "backup", "copy.sqlite"), ("ledger", "restore", "in.csv"), ("ledger", "restore", "copy.sqlite"), ("ledger", "adopt"),
    ("ledger", "bind"), ("measure",), ("check", "--json"), ("status", "--json"), ("plan", "--json"),
    ("pause", "--reason", "x", "--by", "jule", "--until", "9999-12-31 23:59-12:00"), ("stage", "staged"), ("doctor",),
)  # fmt: skip

SLOW: Final = ("simulate",)  # in every sixth workspace


def make_workspace(root: Path, dice: random.Random) -> None:
    """A workspace whose every file may be hostile."""
    content = root / "content"
    (content / "posts").mkdir(parents=True)
    policy = dice.choice(SETTINGS) if dice.random() < 0.2 else "grace = 600"
    (root / "leitstand.toml").write_text(
        f"format = 1\n[workspace]\nid = 'x'\nname = {_quoted(dice)}\n[people.jule]\nname = {_quoted(dice)}\n"
        "[accounts.feed]\nnetwork = 'feed'\n[accounts.mastodon]\nnetwork = 'mastodon'\nserver = 'http://127.0.0.1:9'\n"
        "[accounts.instagram]\nnetwork = 'instagram'\nid = 'x'\nhand_off = true\n[accounts.bluesky]\nnetwork = 'bluesky'\nid = 'x.test'\n"
        f"[policy]\n{policy}\n{dice.choice(TABLES_OF_SETTINGS) if dice.random() < 0.4 else ''}\n",
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
        "channels: [feed, mastodon, instagram, bluesky]",
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
    """Every verb ends with 0, 1 or 2, changes no post that it was not told to, and shows a secret nowhere."""
    root, state = tmp_path / "brand", tmp_path / "state"
    make_workspace(root, random.Random(seed))  # repeatable, not secret
    posts = dict(_files(root / "content/posts"))
    monkeypatch.chdir(root)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(state))
    monkeypatch.setenv("LEITSTAND_TOKEN_MASTODON", CANARY)
    monkeypatch.setenv("LEITSTAND_ALERT_JULE", f"json://127.0.0.1:9/{CANARY}")
    for verb in VERBS:
        if verb[0] in SLOW and seed % 6:
            continue
        monkeypatch.setattr("sys.stdin", io.StringIO("x\n"))
        code = execute(list(verb), os.environ)
        said = capsys.readouterr()
        assert code in (0, 1, 2), (verb, said.err)
        assert "Traceback" not in said.err
        assert CANARY not in said.out + said.err
    after = dict(_files(root / "content/posts"))
    assert after.keys() == posts.keys()
    written = (b"approved:", b"correction:", b"retract:")
    assert all(after[path] == data or any(key in after[path] for key in written) for path, data in posts.items())
    assert all(CANARY.encode() not in data for _path, data in _files(tmp_path))
