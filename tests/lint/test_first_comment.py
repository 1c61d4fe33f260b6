"""A first comment is an option of networks that have comments, counted like their posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.cli import execute

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
    execute(["check", "-w", str(folder), "--now", "2026-11-21T12:00+01:00"], {"LEITSTAND_LANG": "en"})
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


def test_a_comment_is_measured_by_the_limit_of_comments(tmp_path: Path, capsys: object) -> None:
    """LinkedIn takes 3,000 characters as a post and 1,250 as a comment; the rule and the preview say the latter."""
    toml = TOML + '\n[accounts.linkedin]\nnetwork = "linkedin"\nid = "probe"\n'
    for length, too_long in ((1250, False), (1251, True)):
        (tmp_path / "content/posts").mkdir(parents=True, exist_ok=True)
        (tmp_path / "leitstand.toml").write_text(toml, "utf-8")
        post = POST.format(comment="a" * length, news="{}").replace("bluesky", "linkedin")
        (tmp_path / "content/posts/a.md").write_text(post, "utf-8")
        execute(["check", "-w", str(tmp_path), "--now", "2026-11-21T12:00+01:00"], {"LEITSTAND_LANG": "en"})
        said = capsys.readouterr().out  # type: ignore[attr-defined]  # pytest's own fixture
        assert ("too long: 1251 of 1250 characters" in said) is too_long
        execute(["preview", "a", "-w", str(tmp_path), "--json"], {"LEITSTAND_LANG": "en"})
        assert '"limit": 1250' in capsys.readouterr().out  # type: ignore[attr-defined]  # pytest's own fixture
