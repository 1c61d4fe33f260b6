from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.lint.conftest import NOW, Desk
from toolkit.lint.ignoring import find_waivers
from toolkit.lint.rule import View

SAMPLE = "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\nchannels: [mastodon]\nignore:\n  - {entry}\n---\nhttp://example.com\n"


def said(desk: Desk, entry: str, now: datetime = NOW) -> list[tuple[str, str]]:
    """The problems of a post with an http address and this entry."""
    desk.post(SAMPLE.replace("{entry}", entry))
    return [(problem.rule, problem.message) for problem in desk.check(now=now)]


def test_a_waiver_holds_through_its_last_day(desk: Desk) -> None:
    """Up to midnight of the workspace's own clock (Berlin) nothing is said; a second later both are."""
    entry = "{rule: link, reason: Partner ohne https, until: 2026-11-21}"
    assert said(desk, entry, datetime(2026, 11, 21, 22, 59, 59, tzinfo=UTC)) == []
    assert said(desk, entry, datetime(2026, 11, 21, 23, tzinfo=UTC)) == [
        ("front-matter", "the exception from link ended on 2026-11-21; put the post right, or give it a later day"),
        ("link", "http is not encrypted; write https://example.com"),
    ]


def test_an_ended_waiver_that_nobody_needs_is_to_be_removed(desk: Desk) -> None:
    """Whether its day is over does not matter then."""
    entry = "{rule: media, reason: r, until: 2026-01-01}"
    assert ("front-matter", "media has no complaint here; remove the entry") in said(desk, entry)


@pytest.mark.parametrize("until", ["bald", "31.12.2026", "2026-02-30", "[2026-12-31]"])
def test_a_day_that_cannot_be_read_excuses_nothing(desk: Desk, until: str) -> None:
    """A slip in the day must not become an exception for ever."""
    rules = [rule for rule, _message in said(desk, f"{{rule: link, reason: r, until: {until}}}")]
    assert rules == ["front-matter", "link"]


def test_waivers_are_listed_those_that_end_first_at_the_top(desk: Desk) -> None:
    """Each with its reason, last day, place, and whether it is over; without a day it is last."""
    for name, entry in (
        ("a", "{rule: link, reason: Für immer}"),
        ("b", "{rule: alt-text, reason: Läuft, until: 2026-12-31}"),
        ("c", "{rule: length, reason: Vorbei, until: 2026-11-20}"),
    ):
        desk.post(SAMPLE.replace("{entry}", entry), f"content/posts/{name}.md")
    found = find_waivers(View(desk.load(), NOW))
    assert [(one.path[-4], one.rule, one.reason, one.until, one.expired) for one in found] == [
        ("c", "length", "Vorbei", date(2026, 11, 20), True),
        ("b", "alt-text", "Läuft", date(2026, 12, 31), False),
        ("a", "link", "Für immer", None, False),
    ]
    assert {(one.span.line, one.span.col) for one in found} == {(5, 12)}
    assert [one.path for one in find_waivers(View(desk.load(), NOW, ["content/posts/a.md"]))] == ["content/posts/a.md"]
