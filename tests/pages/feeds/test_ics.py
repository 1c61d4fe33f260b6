from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import example, given, settings
from hypothesis import strategies as some

from tests.pages.feeds.reading import instant, read_calendar, unescape
from toolkit.pages.feeds.ics import LINE, Event, escape, fold, make_calendar

NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
zones = some.sampled_from(sorted(name for name in available_timezones() if "/" in name)).map(ZoneInfo)
moments = some.datetimes(datetime(1971, 1, 3), datetime(2199, 12, 28), timezones=some.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@settings(max_examples=150, deadline=None)
@given(zones, moments, some.lists(some.integers(0, 3 * 366 * 86_400), min_size=1, max_size=6))
@example(BERLIN, datetime(2026, 10, 24, 23, tzinfo=UTC), [3600, 2 * 3600, 3 * 3600, 4 * 3600])
@example(BERLIN, datetime(2027, 3, 27, 23, tzinfo=UTC), [0, 3600, 2 * 3600, 3 * 3600])
@example(ZoneInfo("Africa/Casablanca"), datetime(2026, 2, 1, tzinfo=UTC), [0, 40 * 86_400, 70 * 86_400])
@example(ZoneInfo("Australia/Lord_Howe"), datetime(2026, 4, 4, 14, tzinfo=UTC), [0, 1800, 3600])
def test_events_come_back_at_their_instants(zone: ZoneInfo, first: datetime, seconds: list[int]) -> None:
    """Whatever zone and year: who reads the file by its own description of the zone finds the same instants."""
    given_ones = [first + timedelta(seconds=number) for number in seconds]
    events = [Event(f"{number}@x", at.astimezone(zone), "Post", NOW) for number, at in enumerate(given_ones)]
    calendar = read_calendar(make_calendar("All", zone, events, 2026))
    assert [instant(calendar, event) for event in calendar.all("VEVENT")] == given_ones


@given(some.text())
@example("a;b,c\\n\nd\r\ne\rf\u2028g\x00h")
def test_texts_come_back(text: str) -> None:
    """A text read back is the text, but for control characters and the many ways to end a line."""
    plain = text.replace("\r\n", "\n")
    for end in ("\r", "\x85", "\u2028", "\u2029"):
        plain = plain.replace(end, "\n")
    kept = "".join(sign for sign in plain if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
    assert unescape(escape(text)) == kept


@given(some.text(some.characters(blacklist_characters="\r\n", blacklist_categories=["Cs"]), max_size=400))
@example("ü" * 200)
@example("👩🏽‍🚀" * 40)
@example("x" * 75)
@example("x" * 76)
def test_lines_are_folded_between_characters(line: str) -> None:
    """No piece is longer than 75 octets, each is UTF-8 by itself, and together they are the line."""
    data = fold(line).encode()
    assert data.endswith(b"\r\n")
    pieces = data[:-2].split(b"\r\n ")
    assert pieces[0].decode() + "".join(piece.decode() for piece in pieces[1:]) == line
    assert len(pieces[0]) <= LINE
    assert all(0 < len(piece) < LINE for piece in pieces[1:])


def test_nothing_in_a_text_becomes_a_line_of_its_own() -> None:
    """A title that looks like the end of its event stays a title, an address loses what would end its line."""
    evil = "x\r\nEND:VEVENT\nBEGIN:VALARM\u2028ATTACH:file:///etc"
    event = Event(evil, datetime(2026, 12, 1, 7, tzinfo=BERLIN), evil, NOW, url="https://x.example/\r\nATTACH:y")
    calendar = read_calendar(make_calendar(evil, BERLIN, [event], 2026))
    (found,) = calendar.all("VEVENT")
    assert found.inside == []
    assert "ATTACH" not in found.properties
    assert found.value("SUMMARY").splitlines()[1] == "END:VEVENT"


def test_a_feed_without_events_is_a_calendar() -> None:
    """A calendar needs a component: one without posts describes its zone."""
    calendar = read_calendar(make_calendar("Nobody", BERLIN, [], 2026))
    assert [one.name for one in calendar.inside] == ["VTIMEZONE"]


def test_days_end_on_the_day_after() -> None:
    """A campaign from the 1st to the 24th ends, as the standard counts, on the 25th, which is no part of it."""
    event = Event("x@y", date(2026, 12, 1), "Advent", NOW, last=date(2026, 12, 24))
    (found,) = read_calendar(make_calendar("A", BERLIN, [event], 2026)).all("VEVENT")
    assert found.properties["DTSTART"] == ({"VALUE": "DATE"}, "20261201")
    assert found.properties["DTEND"] == ({"VALUE": "DATE"}, "20261225")


def test_the_same_events_are_the_same_bytes() -> None:
    """Nothing in a file depends on when it was written."""
    event = Event("x@y", datetime(2026, 12, 1, 7, tzinfo=BERLIN), "Tür 1", NOW)
    assert make_calendar("A", BERLIN, [event], 2026) == make_calendar("A", BERLIN, [event], 2026)
    assert b"DTSTAMP:20261121T110000Z" in make_calendar("A", BERLIN, [event], 2026)
