"""What is written about more than usual: against the weeks before, from several sources, languages apart."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.research import phrases
from toolkit.research.bursts import Bursts, find_bursts
from toolkit.research.phrases import phrases_of
from toolkit.research.published import Published

NOW = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
USUAL = ("Röster öffnet Filiale", "Kaffee im Test", "Neue Mühle vorgestellt", "Interview mit einer Barista")
_NUMBERS = count()


def told(title: str, days: float, source: str = "blatt", language: str = "de", **more: object) -> Published:
    number = next(_NUMBERS)
    address = f"https://{source}.example/{number}"
    at = NOW - timedelta(days=days)
    return Published(source, f"tag:{number}", "topic", title, address, at, language=language, **more)  # type: ignore[arg-type]  # also, earlier


def quiet(weeks: int = 9) -> list[Published]:
    """The same two papers with the same news, week after week."""
    return [
        told(f"{title} {week}", 7 * week + 1 + number, source)
        for week in range(weeks)
        for number, title in enumerate(USUAL)
        for source in ("blatt", "zeitung")
    ]


def german(entries: list[Published]) -> Bursts:
    return find_bursts(entries, ["de", "en"], NOW)[0]


def test_what_the_docstrings_show_is_so() -> None:
    """The phrases of a headline, as the example says."""
    found = doctest.testmod(phrases)
    assert (found.attempted, found.failed) == (1, 0)


def test_a_subject_that_comes_up_in_several_places_is_a_burst() -> None:
    """With who tells it, since when, how many were usual, and the words that came with it; the rest stays as it was."""
    fresh = [
        told(title, days, source)
        for title, days, source in [
            ("Kaffeezoll: was Röster jetzt wissen müssen", 3, "blatt"),
            ("EU beschließt Kaffeezoll", 2, "zeitung"),
            ("Kaffeezoll trifft kleine Röster", 1, "zeitung"),
            ("EU: Kaffeezoll gilt ab Januar", 0.5, "blatt"),
            ("Streit um den Kaffeezoll", 0.2, "amt"),
        ]
    ]
    known = [told("Warnung vor Tassen", 40, "amt")]
    bursts = german([*quiet(), *known, *fresh])
    assert bursts.enough
    (first, *rest) = bursts.found
    assert (first.phrase, first.told, first.rise.expected) == ("Kaffeezoll", 5, 0)
    assert first.since == NOW - timedelta(days=3)
    assert sorted(first.sources) == ["amt", "blatt", "zeitung"]
    assert first.entries[0].title == "Streit um den Kaffeezoll"
    assert rest == []


def test_one_paper_with_a_series_is_no_trend() -> None:
    """However often it says the word."""
    series = [told(f"Espresso-Woche, Teil {number}", number / 2, "blatt") for number in range(9)]
    assert german([*quiet(), *series]).found == ()


def test_one_event_that_many_tell_counts_for_each_of_them() -> None:
    """It is one entry, and a wave all the same."""
    papers = [f"zeitung{number}" for number in range(6)]
    before = [
        told(f"{title} {week}", 7 * week + 2, paper) for week in range(1, 9) for paper in papers for title in USUAL
    ]
    event = told("Rückruf: Glassplitter in Kaffeedosen", 1, papers[0], also=tuple(papers[1:]))
    (burst,) = [one for one in german([*before, event]).found if "Rückruf" in (one.phrase, *one.beside)]
    assert burst.told == 6
    assert burst.entries == (event,)


def test_a_feed_that_was_added_today_is_no_wave() -> None:
    """Its subjects would all be new; it takes part when three weeks of it are known, and is named until then."""
    places, blogs = ("Assam", "Ceylon", "Darjeeling"), ("teeblog", "teepost")
    tea = [told(f"Grüntee aus {place}", 1 + at / 9, blog) for blog in blogs for at, place in enumerate(places)]
    bursts = german([*quiet(), *tea])
    assert (bursts.found, bursts.learning) == ((), blogs)
    earlier = [told(f"Sencha von {blog}, {day}", day, blog, earlier=True) for blog in blogs for day in range(9, 33, 3)]
    bursts = german([*quiet(), *tea, *earlier])
    assert [(one.phrase, one.told) for one in bursts.found] == [("Grüntee", 6)]
    assert bursts.learning == ()


def test_a_compound_says_its_head_as_well() -> None:
    """Seefracht and Luftfracht are both about Fracht."""
    words = ["Fracht wird teurer", "Seefracht stockt", "Luftfracht knapp", "Fracht: Häfen voll", "Seefracht im Stau"]
    fresh = [told(word, number / 3, ("blatt", "zeitung")[number % 2]) for number, word in enumerate(words)]
    assert ("Fracht", 5) in [(one.phrase, one.told) for one in german([*quiet(), *fresh]).found]


def test_a_head_that_stands_alone_in_one_week_only_counts_in_all() -> None:
    """Compounds of the weeks before say Fracht as those of this week do, also where only this week has the word alone."""
    usual = [
        told(f"Seefracht {week} {paper}", 7 * week + 1, paper) for week in range(1, 9) for paper in ("blatt", "amt")
    ]
    fresh = [told("Fracht stockt", 1, "blatt"), told("Luftfracht knapp", 2, "amt"), told("Seefracht voll", 3, "blatt")]
    assert german([*quiet(), *usual, *fresh]).found == ()


def test_without_weeks_before_nothing_is_unusual() -> None:
    """Three weeks with news are needed; that is said."""
    bursts = german(quiet(2))
    assert (bursts.enough, bursts.found) == (False, ())


def test_languages_stay_apart() -> None:
    """What says no language counts for the first one."""
    mixed = [told("Coffee tax", 1, language="en-GB"), told("Kaffee", 1, language="")]
    found = find_bursts(mixed, ["de", "en"], NOW)
    assert [(one.language, one.learning) for one in found] == [("de", ("blatt",)), ("en", ("blatt",))]


@pytest.mark.parametrize("word", ["EU", "KI", "Rohkaffee"])
def test_abbreviations_count_as_words(word: str) -> None:
    """Short words do only in capitals."""
    assert word in phrases_of(f"Was {word} uns bringt, und was es so ist", "de").values()


@given(st.text(max_size=200), st.sampled_from(["de", "en", "da", ""]))
def test_any_headline_can_be_read(text: str, language: str) -> None:
    """Whatever a feed says, a phrase is never empty, and a pair is made of words that stand there."""
    for stem, phrase in phrases_of(text, language).items():
        assert stem
        assert all(word in text for word in phrase.split(" "))
