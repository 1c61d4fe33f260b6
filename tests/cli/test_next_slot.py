"""`publish: next`, from the wish to the feed: check names the slot, fix writes it, and it goes out then, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Verbs
from tests.probe import PROBE

POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D{number}
title: Tür {number}
author: anna
status: ready
publish: next
channels: [news]
language: de
---
Tür {number} ist auf.
"""
PAGE = "# Zeiten\n\n```slots\nchannels: [news]\ntimes: [tue 07:30]\n```\n"
NOW, DUE, NEXT = "2026-11-28T12:00+01:00", "2026-12-01T07:30+01:00", "2026-12-08T07:30+01:00"


@pytest.fixture
def verb(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Verbs:
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    root = tmp_path / "brand"
    root.mkdir()
    (root / "leitstand.toml").write_text(PROBE, encoding="utf-8")
    terminal = Verbs(root, capsys)
    terminal.write("guidelines/zeiten.md", PAGE)
    return terminal


def test_a_post_goes_out_at_its_slot_once(verb: Verbs) -> None:
    """Without a slot nothing is even planned; with it the post goes out then, and no second time."""
    verb.write("content/posts/a.md", POST.format(number=3))
    assert verb("publish", "--now", "2026-11-28T11:00+01:00") == "nothing to do\n"
    assert "next free: news Tue 1 Dec 2026, 07:30" in verb("check", "--now", NOW)
    verb("fix", "--now", NOW)
    assert "publish: next\nslots: {news: 2026-12-01 07:30}\n" in (verb.root / "content/posts/a.md").read_text("utf-8")
    assert verb("publish", "--now", NOW) == "· 1 post is newly planned\n"
    assert "sent       content/posts/a.md → news" in verb("publish", "--now", DUE)
    assert verb("publish", "--now", NEXT) == "nothing to do\n"


def test_a_slot_is_kept_when_one_before_it_comes_free(verb: Verbs) -> None:
    """The first post is deleted; the second keeps what stands in its file, and a third takes the free one."""
    for name, number in (("a", 3), ("b", 4)):
        verb.write(f"content/posts/{name}.md", POST.format(number=number))
    verb("fix", "--now", NOW)
    kept = (verb.root / "content/posts/b.md").read_bytes()
    assert b"slots: {news: 2026-12-08 07:30}" in kept
    (verb.root / "content/posts/a.md").unlink()
    verb.write("content/posts/c.md", POST.format(number=5))
    verb("fix", "--now", NOW)
    assert (verb.root / "content/posts/b.md").read_bytes() == kept
    assert "slots: {news: 2026-12-01 07:30}" in (verb.root / "content/posts/c.md").read_text("utf-8")
