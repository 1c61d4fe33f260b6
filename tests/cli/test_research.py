"""`leitstand research`: feeds of a real server, trends of the sample, keywords, searches, brands."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.community.mentions.papers import SETTINGS, Paper, entry, serving
from toolkit.cli import execute

ROOT = Path(__file__).parents[2]
NOW = ("--now", "2026-11-21T12:00+01:00")
FEEDS = """\
feeds:
  - {{name: rivale, url: "{server}/rivale", competitor: Röstwerk, language: de}}
  - {{name: amt, url: "{server}/amt", kind: authority}}
  - {{name: blog, url: "{server}/blog"}}
terms:
  - {{term: Nordlicht}}
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    made = Paper()
    with serving(made):
        (tmp_path / "content/posts").mkdir(parents=True)
        (tmp_path / "leitstand.toml").write_text(SETTINGS.format(server=made.url), encoding="utf-8")
        (tmp_path / "content/feeds.yml").write_text(FEEDS.format(server=made.url), encoding="utf-8")
        yield made


def call(root: Path, *words: str) -> int:
    return execute([*words, "-w", str(root)], {})


def test_feeds_of_others_are_asked_and_ours_are_left_alone(
    tmp_path: Path, paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first round is no news, the second one is; what names us is a mention of the inbox, and a failure is exit 1."""
    begun = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def fetch(minutes: int) -> tuple[int, dict[str, dict[str, object]]]:
        code = call(tmp_path, "research", "fetch", "--json", "--now", (begun + timedelta(minutes=minutes)).isoformat())
        return code, {one["feed"]: one for one in json.loads(capsys.readouterr().out)["feeds"]}

    paper.feed("rivale", entry(1, "Von früher"))
    paper.feed("amt")
    code, first = fetch(0)
    assert (code, first["rivale"]["new"], first["rivale"]["earlier"], set(first)) == (0, 0, 1, {"rivale", "amt"})
    paper.feed("rivale", entry(1, "Von früher"), entry(2, "Neu im Regal"))
    paper.feed("amt", entry(3, "Nordlicht mahnt"))
    assert fetch(5)[1]["rivale"]["waiting"]
    code, second = fetch(20)
    assert (code, second["rivale"]["new"], second["amt"]["new"], second["amt"]["mentions"]) == (0, 1, 1, 1)
    paper.raw["/amt"] = (500, b"")
    code, third = fetch(40)
    assert (code, third["rivale"]["new"]) == (1, 0)
    assert "answers 500" in str(third["amt"]["failure"])
    later = (begun + timedelta(hours=1)).isoformat()
    assert call(tmp_path, "research", "news", "--now", later) == 0
    said = capsys.readouterr().out
    assert "Neu im Regal" in said
    assert "Von früher" not in said
    assert "/blog" not in {path for path, _tag, _status in paper.asked}


def test_without_feeds_it_is_said_where_they_stand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is asked, and nothing is wrong."""
    (tmp_path / "leitstand.toml").write_text(SETTINGS.format(server="https://social.example"), encoding="utf-8")
    assert call(tmp_path, "research", "fetch") == 0
    assert "content/feeds.yml" in capsys.readouterr().out


def test_the_sample_has_trends_searches_keywords_and_brands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was planted, with its reasons; every form for people has the same for programs."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path))
    assert call(ROOT, "sample", "research", *NOW) == 0
    assert call(ROOT, "sample", "history", str(tmp_path / "exports"), "--now", NOW[1]) == 0
    chart = tmp_path / "exports/google-trends.csv"
    assert execute(["import", str(chart), str(chart.with_name("mastodon.csv")), "-w", str(ROOT), *NOW], {}) == 0
    capsys.readouterr()

    def told(*words: str) -> dict[str, list[dict[str, object]]]:
        assert call(ROOT, "research", *words, *NOW, "--json") == 0
        found: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
        return found

    german = told("trends")["languages"][0]
    trends = german["trends"]
    assert isinstance(trends, list)
    assert [one["phrase"] for one in trends] == ["Frachtraten", "Adventskalender"]
    assert trends[0]["interest"] == {"word": "frachtraten", "latest": 12.0, "usual": 4.0}
    assert [one["word"] for one in told("interest")["words"] if one["high"]] == ["frachtraten"]
    phrases = [one["phrase"] for one in told("keywords", "--days", "7")["keywords"]]
    assert {"Frachtraten", "Adventskalender"} <= set(phrases)
    brands = {one["brand"]: one for one in told("competitors")["brands"]}
    assert set(brands) == {"", "Kontor Elbkaffee", "Röstwerk Süd"}
    assert all(one["n"] and one["formats"] for one in brands.values())
    for words in (["trends"], ["interest"], ["keywords", "--days", "7"], ["competitors"]):
        assert call(ROOT, "research", *words, *NOW) == 0
    said = capsys.readouterr().out
    assert "told 8 times since Mon 16 Nov" in said
    assert "nobody here has written about it" in said
    assert re.search(r"Röstwerk Süd: \d+\.\d posts a week", said)


def test_the_board_quotes_the_report_and_counts_the_inbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The newest month's own sentences; before there is anything, that is said."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path))
    assert call(ROOT, "research", "board", *NOW) == 0
    assert "says anything yet" in capsys.readouterr().out
    for month, said in (("2026-09", "old"), ("2026-10", "Orders: 376 of 340")):
        page = tmp_path / "reports/monthly" / month / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<h3 id="strengths-good">Strengths</h3><ul><li>{said}</li></ul>', encoding="utf-8")
    assert call(ROOT, "research", "board", *NOW) == 0
    assert "  - Orders: 376 of 340 (report)" in capsys.readouterr().out
    assert call(ROOT, "research", "board", *NOW, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"points": [{"side": "strength", "origin": "report", "text": "Orders: 376 of 340"}], "messages": 0}


def test_keywords_of_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a file or of the input; what cannot be read is told with its name."""
    (tmp_path / "leitstand.toml").write_text(SETTINGS.format(server="https://social.example"), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("Winterröster, nochmal Winterröster"))
    assert call(tmp_path, "research", "keywords", "--text", "-", "--language", "de", "--json") == 0
    assert json.loads(capsys.readouterr().out)["keywords"][0] == {"phrase": "Winterröster", "n": 2}
    (tmp_path / "latin.txt").write_bytes(b"R\xf6ster")
    assert call(tmp_path, "research", "keywords", "--text", str(tmp_path / "latin.txt")) == 2
    assert "latin.txt: not UTF-8" in capsys.readouterr().err
    assert call(tmp_path, "research", "keywords", "--source", "nobody") == 2
    assert call(tmp_path, "research", "keywords", "--text", str(tmp_path / "nowhere.txt")) == 1
