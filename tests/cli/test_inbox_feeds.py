"""Feeds of `content/feeds.yml`, heard by `leitstand inbox fetch`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.community.mentions.papers import SETTINGS, Paper, entry, serving
from toolkit.cli import execute

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FEEDS = """\
feeds:
  - {{name: kaffeeblog, url: "{server}/kaffeeblog", language: de}}
terms:
  - {{term: Nordlicht}}
"""


def run(root: Path, *args: str, minutes: int = 0) -> int:
    now = (NOW + timedelta(minutes=minutes)).isoformat()
    return execute(["inbox", *args, "--workspace", str(root), "--now", now, "--json"], {})


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace told in English."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "content" / "posts").mkdir(parents=True)
    return tmp_path


def test_a_mention_in_a_feed_waits_in_the_inbox(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the second round on, once, under the feed's name."""
    paper = Paper()
    with serving(paper):
        (root / "leitstand.toml").write_text(SETTINGS.format(server=paper.url), encoding="utf-8")
        (root / "content" / "feeds.yml").write_text(FEEDS.format(server=paper.url), encoding="utf-8")
        for minutes, new in ((0, 0), (20, 1), (40, 0)):
            paper.feed("kaffeeblog", *(entry(number, f"Nordlicht {number}") for number in range(1, 2 + bool(minutes))))
            assert run(root, "fetch", minutes=minutes) == 0
            accounts = json.loads(capsys.readouterr().out)["accounts"]
            assert [(one["account"], one["new"], one["failure"]) for one in accounts] == [("kaffeeblog", new, "")]
        assert run(root, "list", minutes=41) == 0
        (found,) = json.loads(capsys.readouterr().out)["conversations"]
        assert (found["account"], found["kind"], found["last"]) == ("kaffeeblog", "mention", "Nordlicht 2")
        assert run(root, "show", found["id"], minutes=42) == 0
        assert run(root, "done", found["id"], minutes=43) == 0


def test_a_feed_that_is_written_wrongly_is_told_at_its_place(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Path, line and column; exit 1, and the others are heard."""
    (root / "leitstand.toml").write_text(SETTINGS.format(server="http://127.0.0.1:1"), encoding="utf-8")
    text = "feeds:\n  - {name: eins, url: kaffeeblog.example}\n  - {nam: x}\nterms: [{term: ''}]\n"
    (root / "content" / "feeds.yml").write_text(text, encoding="utf-8")
    assert run(root, "fetch") == 1
    failures = [one["failure"] for one in json.loads(capsys.readouterr().out)["accounts"]]
    assert [one.split(" ", 1)[0] for one in failures] == [
        "content/feeds.yml:2:23:", "content/feeds.yml:3:6:", "content/feeds.yml:3:5:", "content/feeds.yml:4:9:",
    ]  # fmt: skip


def test_nobody_waits_below_an_article(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is new until somebody looks, without a clock; a reply is refused with what helps, and done is done."""
    paper = Paper()
    with serving(paper):
        settings = SETTINGS.format(server=paper.url) + '[people.mai]\nroles = ["community"]\n'
        (root / "leitstand.toml").write_text(settings, encoding="utf-8")
        (root / "content" / "feeds.yml").write_text(FEEDS.format(server=paper.url), encoding="utf-8")
        for minutes in (0, 20):
            paper.feed("kaffeeblog", *(entry(number, f"Nordlicht {number}") for number in range(1, 2 + bool(minutes))))
            run(root, "fetch", minutes=minutes)
    capsys.readouterr()
    run(root, "list", minutes=21)
    (found,) = json.loads(capsys.readouterr().out)["conversations"]
    assert (found["stage"], found["waiting_since"]) == ("new", None)
    assert run(root, "reply", found["id"], "--by", "mai", "--text", "Danke!", minutes=22) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "kaffeeblog is a feed: nobody can be answered there. Read https://blog.example/2" in said
    assert run(root, "done", found["id"], minutes=23) == 0
    capsys.readouterr()
    run(root, "list", minutes=24)
    assert json.loads(capsys.readouterr().out)["conversations"] == []
