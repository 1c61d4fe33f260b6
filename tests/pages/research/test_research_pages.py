"""The research pages: what comes up with its reasons, brands side by side, the board; only what there is, and nothing for partners."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pages.conftest import NOW, Outline, Studio
from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.pages.markup import Html
from toolkit.pages.research import reading
from toolkit.pages.research.reading import CHARTS, NAME, read_research
from toolkit.pages.research.researched import Counts
from toolkit.pages.research.sparks import spark
from toolkit.research.published import Published, file_published
from toolkit.research.seen import SeenPost, read_seen, write_seen
from toolkit.workspace import load_workspace

PAGES = ("research/index.md", "research/competitors.md", "research/board.md")
BRAND = '[competitors."Röstwerk"]\naccounts = {mastodon = "@r@x.example"}\n'
FEEDS = "feeds: [{name: Röstblog, url: 'https://x.example/f', competitor: Röstwerk, language: de}]\n"


def entry(number: int, title: str, days: float, source: str = "blatt", kind: str = "topic") -> Published:
    at = NOW - timedelta(days=days)
    return Published(source, f"{source}{number}", kind, title, f"https://{source}.example/{number}", at, language="de")


def news(state: Path, title: str = "Kaffeezoll") -> None:
    """Nine quiet weeks of two sources, and five entries about one word."""
    quiet = [
        entry(week * 10 + number, f"Haus Nummer {week * 4 + number} {source}", 7 * week + 1 + number, source, kind)
        for week in range(9)
        for number in range(4)
        for source, kind in (("blatt", "topic"), ("Röstblog", "competitor"))
    ]
    words = ("Streit um", "Was bringt der", "Kommentar zum", "Mehr über", "Fragen zum")
    fresh = [
        entry(900 + at, f"{word} {title}", at / 3, *(("blatt", "topic"), ("Röstblog", "competitor"))[at % 2])
        for at, word in enumerate(words)
    ]
    state.mkdir(parents=True, exist_ok=True)
    file_published(state, [*quiet, *fresh], NOW)


def seen(state: Path, posts: int = 10) -> None:
    """Posts of a competitor, and the counts of the month that they add up to."""
    state.mkdir(parents=True, exist_ok=True)
    moments = [NOW - timedelta(days=20 + number) for number in range(posts)]
    write_seen(state, [
        SeenPost("Röstwerk", "mastodon", f"https://x.example/{number}", at, ("photo", "video")[number > 8],
                 12 + 20 * (number > 8), at + timedelta(days=8), 1000)
        for number, at in enumerate(moments)
    ])  # fmt: skip
    rows = [
        Observation("competitor:Röstwerk", "mastodon", metric, value, NOW - timedelta(days=30), None, "csv", "one")
        for metric, value in (("posts", 3.0), ("interactions", 30.0), ("followers", 1000.0))
    ]
    rows.append(Observation("account", "mastodon", "followers", 500, NOW - timedelta(days=90), None, "csv", "one"))
    for number in range(9):
        at = NOW - timedelta(days=30 + number)
        rows.append(Observation(f"p{number}", "mastodon", "likes", 10, at + timedelta(days=7), at, "csv", "one"))
    open_store(state).append(rows, imported_at=NOW, name="mastodon.csv")


def test_without_feeds_and_numbers_there_are_no_pages(studio: Studio) -> None:
    """A workspace that researches nothing is not shown three empty pages."""
    assert not [path for path in studio.render() if path.startswith("research/")]


def test_a_trend_is_shown_with_its_reasons_and_entries(studio: Studio, outline: type[Outline]) -> None:
    """Escaped, with links to where it stands and to our own posts about it."""
    news(studio.state, "Kaffeezoll <b>&")
    studio.post("Der Kaffeezoll kommt.", publish="2026-11-24 08:00", title="Zollpost")
    page = studio.page(PAGES[0])
    assert "<h3 " in page
    assert "Kaffeezoll &lt;b&gt;&amp;" in page
    read = outline(page)
    assert read.open == []
    assert "https://blatt.example/900" in read.targets
    assert "../posts/2026/12/tuer-1/" in read.targets
    assert "competitors speak of it: Röstblog" in page
    assert len(set(read.anchors)) == len(read.anchors)
    assert page.count("competitor<") >= 3


def test_a_link_that_is_no_web_address_is_no_link(studio: Studio) -> None:
    """A feed's address is a stranger's."""
    studio.state.mkdir(parents=True)
    evil = replace(entry(1, "Klick mich", 1), url="javascript:alert(1)")
    file_published(studio.state, [evil], NOW)
    page = studio.page(PAGES[0])
    assert "Klick mich" in page
    assert "javascript" not in page


def test_brands_stand_side_by_side_with_n(studio: Studio, outline: type[Outline]) -> None:
    """Ours and theirs; too few posts of a format have no rate; subjects come from their own feeds."""
    studio.write("leitstand.toml", (studio.root / "leitstand.toml").read_text("utf-8") + BRAND)
    studio.write("content/feeds.yml", FEEDS)
    seen(studio.state)
    news(studio.state)
    page = studio.page(PAGES[1])
    assert "<strong>Nordlicht Kaffee</strong>" in page
    assert "n too small" in page
    assert "https://x.example/9" in outline(page).targets
    assert "Röstwerk" in page
    assert "Share of voice" in page
    assert page.index("posts a week") < page.index("Rhythm and response")
    assert "../" in outline(page).targets  # the way to the trends


def test_how_brands_develop_is_told_with_n(studio: Studio, outline: type[Outline]) -> None:
    """First and last month of followers, posts and rate; no rate of three posts; every share says of how many posts."""
    studio.write("leitstand.toml", (studio.root / "leitstand.toml").read_text("utf-8") + BRAND)
    seen(studio.state)
    before = NOW - timedelta(days=60)
    rows = [
        Observation("competitor:Röstwerk", "mastodon", metric, value, before, None, "csv", "two")
        for metric, value in (("posts", 9.0), ("interactions", 90.0), ("followers", 800.0))
    ]
    for number in range(9):
        at = before - timedelta(hours=number)
        rows.append(Observation(f"q{number}", "mastodon", "likes", 10, at + timedelta(days=7), at, "csv", "two"))
    open_store(studio.state).append(rows, imported_at=NOW, name="mastodon-before.csv")
    page = studio.page(PAGES[1])
    assert outline(page).open == []
    section = page.partition('id="development"')[2].partition("</section>")[0]
    theirs = " ".join(re.sub(r"<[^>]+>", " ", section.partition("Röstwerk")[2]).split())
    assert theirs.startswith("800 → 1,000 9 → 3 1.25 → \N{EN DASH}")
    assert "(n = 3)" in page
    assert "(n = 9)" in page


def test_a_damaged_file_is_told_on_the_page(studio: Studio) -> None:
    """The rest of the site is built, and whoever looks for the research reads which file it is and what to do."""
    news(studio.state)
    file = studio.state / "research/published.json"
    file.write_bytes(file.read_bytes()[:-9])
    found = read_research(load_workspace(studio.root), studio.state, NOW)
    assert (found.trends, found.known) == ((), False)
    assert [one.partition(":")[0] for one in found.damaged] == [str(file)]
    assert "put back a backup" in studio.page(PAGES[0])


def test_what_was_counted_is_counted_once(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until an import or a look at competitors; a damaged answer is counted anew."""
    studio.write("leitstand.toml", (studio.root / "leitstand.toml").read_text("utf-8") + BRAND)
    seen(studio.state)
    workspace = load_workspace(studio.root)
    first = read_research(workspace, studio.state, NOW).counts
    assert first.brands
    assert first.months
    with monkeypatch.context() as patched:
        patched.setattr(reading, "_count", lambda *_all: Counts())
        assert read_research(workspace, studio.state, NOW).counts == first
        seen_again = [replace(one, interactions=99) for one in read_seen(studio.state)]
        write_seen(studio.state, seen_again)
        assert read_research(workspace, studio.state, NOW).counts == Counts()
    (studio.state / "cache" / NAME).write_text('{"key": 7}', encoding="utf-8")
    again = read_research(workspace, studio.state, NOW).counts
    assert again.brands != first.brands
    assert again.months == first.months


def chart(state: Path, value: float) -> None:
    """Twelve weeks of one word, as imported: the last week is not over, and the one after it is only planned."""
    rows = [
        Observation(
            "trend:Kaffeezoll", "eins", "interest", value, NOW + timedelta(weeks=week), None, "trends", f"{value}"
        )
        for week in range(-11, 2)
    ]
    open_store(state).append(rows, imported_at=NOW, name=f"{value}.csv")


def test_charts_are_read_once_for_each_import(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their values are kept; which of them are past, each build finds anew; a damaged file is read again."""
    news(studio.state)
    chart(studio.state, 10.0)
    workspace = load_workspace(studio.root)
    (first,) = read_research(workspace, studio.state, NOW).interests
    assert (first.word, first.latest, len(first.points)) == ("Kaffeezoll", 10.0, 11)
    with monkeypatch.context() as patched:
        patched.setattr(reading, "read_charts", lambda _store: [])
        assert read_research(workspace, studio.state, NOW).interests == (first,)
        (later,) = read_research(workspace, studio.state, NOW + timedelta(weeks=1)).interests
        assert len(later.points) == 12
    (studio.state / "cache" / CHARTS).write_text('{"key"', encoding="utf-8")
    assert read_research(workspace, studio.state, NOW).interests == (first,)
    chart(studio.state, 20.0)
    (again,) = read_research(workspace, studio.state, NOW).interests
    assert again.latest == 20.0


def test_partners_see_nothing_of_it(studio: Studio) -> None:
    """Research is the house's own."""
    news(studio.state)
    given = studio.gather(partner=True)
    assert not given.researched.known
    assert given.board.points == ()


def test_a_line_of_values_ends_in_a_dot() -> None:
    """From the first to the last, as high as the box; one value is no line, and equal ones are no division by zero."""
    line = spark([1.0, 3.0, 2.0])
    assert isinstance(line, Html)
    assert 'points="2.0,22.0 60.0,2.0 118.0,12.0"' in line
    assert spark([1.0]) is None
    assert "nan" not in str(spark([5.0, 5.0]))
