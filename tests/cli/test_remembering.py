"""A check that remembers says what one that looks at everything anew says, whatever was done to the files before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from toolkit.cli.check.answering import find_answer
from toolkit.cli.context import open_context
from toolkit.model import Problem

SETTINGS = """format = 1
[workspace]
id = "x"
name = "X"
timezone = "Europe/Berlin"
languages = ["de", "en"]
[people.redaktion]
roles = ["editor"]
[accounts.mastodon]
network = "mastodon"
[accounts.bluesky]
network = "bluesky"
language = "en"
"""
MORE = ["", '[check.severity]\nHOUSE1 = "off"\n', '[check.severity]\nlength = "warning"\n']
MORE += ['[check.styles]\nignore = ["rot"]\n', "[check.styles]\npackages = []\n", "[check.styles]\nvocabularies = []\n"]
MORE += ['[check.styles.except]\n"content/posts/a.md" = ["HOUSE1"]\n', "[policy]\ndistance = 600\n"]
HEAD = "title: {title}\nauthor: redaktion\nstatus: ready\npublish: {day} {hour}:30\nchannels: [{channels}]\n"
IGNORE = "ignore:\n  - {{rule: {rule}, reason: darf, until: {day}}}\n"
UIDS = [f"01JDK3V7Q2M8X4T6R9A0B1C2D{n}" for n in (3, 4)]
NAMES = [f"content/posts/{name}.md" for name in ("a", "b", "ordner/c")]
PICTURES = ["content/media/a.jpg", "content/media/b.jpg"]
WORDS = [
    "rot",
    "blau",
    "Rot",
    "gelb",
    "Kaffee",
    "z.B.",
    "rot rot",
    "@uns",
    "#rot",
    "https://example.com/rot",
    "\n\n---\n\n",
]
PAGES = ["guidelines/a.md", "guidelines/b.md"]
BLOCK = """---
title: Seite
owner: redaktion
review: {day}
---
# Seite

```rule
id: {id}
extends: existence
message: "{message} %s"
level: {level}
scope: {scope}
tokens: [{token}]
{more}good: gut
bad: {token}
```
"""
STYLE = "extends: substitution\nmessage: m %s %s\nlevel: {level}\nswap: {{{token}: gut}}\n"
BYTES = [b"\xff\xd8\xff\xe0" + bytes(40), b"\xff\xd8\xff\xe1" + bytes(40), b"GIF89a" + bytes(38), b""]
DAYS = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-12-24", "2026-12-25", "2027-03-28"]
TOKENS = ["rot", "blau", "Kaffee", "'(rot'"]


class Editing(RuleBasedStateMachine):
    """A workspace in which somebody writes, renames and deletes, while days go by; after each step, both ways to check."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(mkdtemp())
        self.now = datetime.fromisoformat("2026-11-21T12:00:00+01:00")
        self.write("leitstand.toml", SETTINGS)

    def write(self, name: str, content: str | bytes) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    @rule(more=st.sampled_from(MORE))
    def set_up(self, more: str) -> None:
        self.write("leitstand.toml", SETTINGS + more)

    @rule(name=st.sampled_from(NAMES), data=st.data())
    def post(self, name: str, data: st.DataObject) -> None:
        """Any head, with or without uid, picture and exception, and a body of words that rules look for."""

        def draw(options: Sequence[str]) -> str:
            return data.draw(st.sampled_from(options))

        head = HEAD.format(
            title=draw(WORDS[:3]),
            day=draw(DAYS),
            hour=draw(["07", "12", "02"]),
            channels=draw(["mastodon", "bluesky", ""]),
        )
        head += draw(["", *(f"uid: {uid}\n" for uid in UIDS)])
        head += draw(
            ["", *(f"media: [{{file: {file[8:]}, alt: {word}}}]\n" for file in PICTURES for word in WORDS[:2])]
        )
        head += draw(["", IGNORE.format(rule=draw(["HOUSE1", "P.R", "length"]), day=draw(DAYS))])
        body = " ".join(data.draw(st.lists(st.sampled_from(WORDS), max_size=4)))
        self.write(name, f"---\n{head}---\n{body}\n")

    @rule(page=st.sampled_from(PAGES), data=st.data())
    def handbook(self, page: str, data: st.DataObject) -> None:
        """A page with a rule, or one that cannot be used."""

        def draw(options: Sequence[str]) -> str:
            return data.draw(st.sampled_from(options))

        text = BLOCK.format(
            day=draw(DAYS), id=draw(["HOUSE1", "HOUSE2"]), message=draw(["weg", "hin"]), token=draw(TOKENS),
            level=draw(["error", "warning"]), scope=draw(["text", "alt", "post", "raw"]),
            more=draw(["", "networks: [bluesky]\n", "language: en\n", "action: {name: replace, params: [grün]}\n"]),
        )  # fmt: skip
        self.write(page, text)

    @rule(token=st.sampled_from(TOKENS), level=st.sampled_from(["error", "suggestion"]))
    def package(self, token: str, level: str) -> None:
        self.write("guidelines/styles/P/R.yml", STYLE.format(token=token, level=level))

    @rule(words=st.sampled_from(["", "rot\n", "blau\nKaffee\n"]), name=st.sampled_from(["accept", "reject"]))
    def vocabulary(self, words: str, name: str) -> None:
        self.write(f"guidelines/styles/config/vocabularies/V/{name}.txt", words)

    @rule(name=st.sampled_from(PICTURES), data=st.sampled_from(BYTES), old=st.booleans())
    def picture(self, name: str, data: bytes, *, old: bool) -> None:
        """Other bytes of the same length, with the times of before."""
        file = self.root / name
        times = file.stat() if file.exists() else None
        self.write(name, data)
        if old and times is not None:
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))

    @rule(old=st.sampled_from([*NAMES, *PICTURES]), new=st.sampled_from([*NAMES, *PICTURES]))
    def rename(self, old: str, new: str) -> None:
        if (self.root / old).exists() and Path(old).suffix == Path(new).suffix:
            (self.root / new).parent.mkdir(parents=True, exist_ok=True)
            (self.root / old).rename(self.root / new)

    @rule(name=st.sampled_from([*NAMES, *PICTURES, *PAGES, "guidelines/styles/P/R.yml"]))
    def delete(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    @rule(hours=st.sampled_from([1, 12, 24, 24 * 30, -24]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(
        name=st.sampled_from(["alerts-1.json", "posts-1.json", "alike-1.json", "colours.json"]),
        data=st.sampled_from([b"", b"[]", b'{"house": 1']),
    )
    def spoil(self, name: str, data: bytes) -> None:
        """Something else writes into the cache."""
        self.write(f".leitstand/cache/{name}", data)

    @rule(name=st.sampled_from(NAMES))
    def check_one(self, name: str) -> None:
        """A check of a single file remembers, too."""
        if (self.root / name).exists():
            assert self.found([name], remember=True) == self.found([name], remember=False)

    @invariant()
    def both_say_the_same(self) -> None:
        assert self.found([], remember=True) == self.found([], remember=False)

    def found(self, asked: Sequence[str], *, remember: bool) -> tuple[list[Problem], Sequence[str]]:
        answer = find_answer(open_context(self.root, self.now.isoformat()), asked, remember=remember)
        # A uid that is offered is another one each time.
        return [problem for problem in answer.problems if problem.rule != "uid"], answer.posts

    def teardown(self) -> None:
        shutil.rmtree(self.root)


def test_remembering_changes_no_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After any sequence of edits, renames, deletions, changed rules and days, both answers are equal."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path))
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=int(os.environ.get("LEITSTAND_EDITING", "25")),
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
