"""A first comment is an option of networks that have comments, counted like their posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.cli import run

TOML = """\
format = 1

[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de"]

[accounts.bluesky]
network = "bluesky"
id = "probe.example"

[accounts.news]
network = "feed"
id = "news"
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
publish: 2026-12-01 07:30
channels: [bluesky, news]
options:
  bluesky: {{first_comment: "{comment}"}}
  news: {news}
---
Tür 1 ist auf.
"""


@pytest.fixture(autouse=True)
def _spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


def check(folder: Path, comment: str, news: str, capsys: object) -> str:
    (folder / "content/posts").mkdir(parents=True)
    (folder / "leitstand.toml").write_text(TOML, "utf-8")
    (folder / "content/posts/a.md").write_text(POST.format(comment=comment, news=news), "utf-8")
    run(["check", "-w", str(folder), "--now", "2026-11-21T12:00+01:00"], {"LEITSTAND_LANG": "en"})
    return str(capsys.readouterr().out)  # type: ignore[attr-defined]  # pytest's own fixture


def test_a_comment_that_is_too_long_is_named_where_it_stands(tmp_path: Path, capsys: object) -> None:
    """The place is the option, the count the network's."""
    said = check(tmp_path, "#kaffee " * 80, "{}", capsys)
    assert "a.md:6:28: the first comment on bluesky is too long: 639 of 300" in said


def test_a_network_without_comments_does_not_know_the_option(tmp_path: Path, capsys: object) -> None:
    """Nobody writes a comment that nobody would ever see."""
    said = check(tmp_path, "#kaffee", '{first_comment: "x"}', capsys)
    assert "first_comment" in said
    assert "a.md:7:" in said
    assert "a.md:6:" not in said
