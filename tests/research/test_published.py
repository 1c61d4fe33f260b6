"""What others publish: kept once as title, link, time and excerpt, dropped after a year, shown by `competitors news`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.community.mentions.papers import SETTINGS, Paper, entry, serving
from toolkit.cli import execute
from toolkit.errors import StateError
from toolkit.research.published import FILE, Published, file_published, read_news, read_published

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FEEDS = """\
feeds:
  - {{name: rivale, url: "{server}/rivale", kind: competitor, language: de}}
  - {{name: amt, url: "{server}/amt", kind: authority}}
  - {{name: blog, url: "{server}/blog"}}
terms:
  - {{term: Nordlicht}}
"""


def published(number: int, *, days: int = 0) -> Published:
    return Published(
        "rivale",
        f"tag:{number}",
        "competitor",
        f"Nummer {number}",
        f"https://x.example/{number}",
        NOW - timedelta(days=days),
    )


def test_an_entry_is_kept_once_and_for_a_year(tmp_path: Path) -> None:
    """The newest first; the same one again is not new, and what is older goes when something new comes."""
    assert file_published(tmp_path, [published(1, days=360), published(2)], NOW) == 2
    assert file_published(tmp_path, [published(2)], NOW) == 0
    assert [one.guid for one in read_published(tmp_path)] == ["tag:2", "tag:1"]
    assert file_published(tmp_path, [published(3)], NOW + timedelta(days=10)) == 1
    assert [one.guid for one in read_published(tmp_path)] == ["tag:3", "tag:2"]


def test_one_event_is_one_entry(tmp_path: Path) -> None:
    """The same address with another tracking, or nearly the same title within two weeks, names its teller beside the first."""

    def told(source: str, title: str, url: str, days: float = 0) -> Published:
        return Published(source, f"{source}:{title}", "topic", title, url, NOW - timedelta(days=days))

    first = told("agentur", "Röster ruft Winterkaffee wegen Glas zurück", "https://www.a.example/x?utm_source=rss", 2)
    same = [
        told("blatt", "Rückruf!", "http://a.example/x/#top", 1),
        told("zeitung", "Kiel: Röster ruft Winterkaffee wegen Glas zurück", "https://z.example/1", 1),
    ]
    others = [
        told("blatt", "Startseite", "https://blatt.example/", 1),
        told("blatt", "Noch etwas auf der Startseite", "https://blatt.example/", 1),
        told("archiv", "Röster ruft Winterkaffee wegen Glas zurück", "https://archiv.example/1", 300),
    ]
    assert file_published(tmp_path, [*same, first, *others], NOW) == 4
    assert file_published(tmp_path, [first, *same], NOW) == 0
    found = {one.source: one for one in read_published(tmp_path) if "zurück" in one.title}
    assert found["agentur"].sources == ("agentur", "blatt", "zeitung")
    assert found["archiv"].sources == ("archiv",)


def test_what_was_there_before_is_no_news(tmp_path: Path) -> None:
    """It says what is usual, and stays out of the list."""
    file_published(tmp_path, [replace(published(1), earlier=True), published(2)], NOW)
    assert [one.guid for one in read_published(tmp_path)] == ["tag:2", "tag:1"]
    assert [one.guid for one in read_news(tmp_path, NOW - timedelta(days=1), NOW)] == ["tag:2"]
    assert read_news(tmp_path, NOW - timedelta(days=1), NOW, "authority") == []


DAMAGED = [
    b"",
    b"[]",
    b"\xff",
    b"[" * 100_000,
    b'{"posts": []}',
    b'{"published": [7]}',
    b'{"published": [{"source": "blatt", "guid": "1", "kind": "topic", "title": "',
    b'{"published": [{"source": 1, "guid": "1", "kind": "topic", "title": "", "url": "", "at": "2026-11-21T11:00:00Z"}]}',
    b'{"published": [{"source": "a", "guid": "1", "kind": "topic", "title": "", "url": "", "at": "gestern"}]}',
    b'{"format": 2, "published": []}',
]


@pytest.mark.parametrize("data", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_is_refused_and_stays_as_it_is(tmp_path: Path, data: bytes) -> None:
    """Half-written, of wrong types, of another version: the file and the remedy are named, and nothing is written over it."""
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(StateError, match=r"published\.json: .*(backup|another version)"):
        read_published(tmp_path)
    with pytest.raises(StateError):
        file_published(tmp_path, [published(1)], NOW)
    assert (tmp_path / FILE).read_bytes() == data


def test_a_file_without_a_format_is_of_the_first(tmp_path: Path) -> None:
    """As they were written before there was one."""
    file_published(tmp_path, [published(1)], NOW)
    raw = json.loads((tmp_path / FILE).read_text("utf-8"))
    assert raw.pop("format") == 1
    (tmp_path / FILE).write_text(json.dumps(raw), encoding="utf-8")
    assert read_published(tmp_path) == [published(1)]


def test_a_damaged_file_stops_the_research_and_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The feed says why it failed, mentions of us are heard, and once the file is well again its entries are there."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "content/posts").mkdir(parents=True)
    paper = Paper()
    with serving(paper):
        (tmp_path / "leitstand.toml").write_text(SETTINGS.format(server=paper.url), encoding="utf-8")
        (tmp_path / "content/feeds.yml").write_text(FEEDS.format(server=paper.url), encoding="utf-8")
        for name in ("rivale", "amt", "blog"):
            paper.feed(name, entry(1, "Von früher"))
        assert execute(["research", "fetch", "-w", str(tmp_path), "--now", NOW.isoformat()], {}) == 0
        [file] = tmp_path.rglob("published.json")
        good = file.read_bytes()
        file.write_bytes(good[:-20])
        paper.feed("amt", entry(1, "Von früher"), entry(3, "Nordlicht mahnt"))
        capsys.readouterr()
        later = (NOW + timedelta(hours=1)).isoformat()
        assert execute(["research", "fetch", "-w", str(tmp_path), "--now", later, "--json"], {}) == 1
        heard = {one["feed"]: one for one in json.loads(capsys.readouterr().out)["feeds"]}
        assert "published.json: cannot be read" in heard["amt"]["failure"]
        assert heard["amt"]["mentions"] == 1
        assert heard["rivale"]["failure"] == ""
        assert execute(["research", "news", "-w", str(tmp_path), "--now", later], {}) == 1
        assert "put back a backup" in capsys.readouterr().err
        file.write_bytes(good)
        later = (NOW + timedelta(hours=2)).isoformat()
        assert execute(["research", "fetch", "-w", str(tmp_path), "--now", later], {}) == 0
        capsys.readouterr()
        assert execute(["research", "news", "-w", str(tmp_path), "--now", later, "--json"], {}) == 0
        assert [one["title"] for one in json.loads(capsys.readouterr().out)["published"]] == ["Nordlicht mahnt"]


def test_feeds_of_others_are_read_for_the_research(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the second round on, whomever they name; what names us is a mention as well, and a feed of ours is no research."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "content/posts").mkdir(parents=True)
    paper = Paper()
    with serving(paper):
        (tmp_path / "leitstand.toml").write_text(SETTINGS.format(server=paper.url), encoding="utf-8")
        (tmp_path / "content/feeds.yml").write_text(FEEDS.format(server=paper.url), encoding="utf-8")
        for minutes in (0, 20, 40):
            more = [entry(2, "Neu im Sortiment", "lang " * 100)] if minutes else []
            paper.feed("rivale", entry(1, "Von früher"), *more)
            paper.feed("amt", *([entry(3, "Nordlicht mahnt")] if minutes else []))
            paper.feed("blog", *([entry(4, "Nordlicht gefällt")] if minutes else []))
            now = (NOW + timedelta(minutes=minutes)).isoformat()
            assert execute(["inbox", "fetch", "-w", str(tmp_path), "--now", now], {}) == 0
    capsys.readouterr()
    later = (NOW + timedelta(hours=1)).isoformat()
    assert execute(["competitors", "news", "-w", str(tmp_path), "--now", later, "--json"], {}) == 0
    found = json.loads(capsys.readouterr().out)["published"]
    assert [(one["source"], one["kind"], one["title"]) for one in found] == [
        ("amt", "authority", "Nordlicht mahnt"), ("rivale", "competitor", "Neu im Sortiment"),
    ]  # fmt: skip
    assert len(found[1]["excerpt"]) == 300
    assert execute(["inbox", "list", "-w", str(tmp_path), "--now", later, "--json"], {}) == 0
    mentions = json.loads(capsys.readouterr().out)["conversations"]
    assert sorted(one["account"] for one in mentions) == ["amt", "blog"]
    assert execute(["competitors", "news", "-w", str(tmp_path), "--kind", "rival"], {}) == 2
