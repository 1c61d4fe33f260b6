from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from toolkit.model import SourceText, WallTime
from toolkit.source import Fields, read_frontmatter


def fields(head: str) -> Fields:
    front, problems = read_frontmatter(SourceText("post.md", f"---\n{head}\n---\n"))
    assert problems == []
    return Fields(front, problems)


@pytest.mark.parametrize(
    ("written", "wall", "offset"),
    [
        ("2026-12-01 07:30", (2026, 12, 1, 7, 30), None),
        ("2026-12-1 7:30", (2026, 12, 1, 7, 30), None),
        ("2026-12-01T07:30:15", (2026, 12, 1, 7, 30, 15), None),
        ("'2026-12-01  07:30'", (2026, 12, 1, 7, 30), None),
        ("2026-12-01 07:30+01:00", (2026, 12, 1, 7, 30), 60),
        ("2026-12-01 07:30 -0330", (2026, 12, 1, 7, 30), -210),
        ("2026-12-01T07:30Z", (2026, 12, 1, 7, 30), 0),
    ],
)
def test_wall_times(written: str, wall: tuple[int, ...], offset: int | None) -> None:
    """The usual ways to write a time are the same time."""
    year, month, day, hour, minute, second = (*wall, 0)[:6]
    at = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # a wall time
    expected = WallTime(at, "Europe/Berlin", offset=None if offset is None else timedelta(minutes=offset))
    found = fields(f"publish: {written}")
    assert found.wall("publish", "Europe/Berlin") == expected
    assert found.problems == []


@pytest.mark.parametrize(
    "written",
    ["2026-12-01", "morgen", "1.12.2026 07:30", "2026-02-30 07:30", "2026-12-01 24:30", "2026-12-01 7", "[1]", "{a: 1}",
     "0001-01-01 00:00", "9999-12-31 23:59", "2026-12-01 07:30 +99:99", "2026-12-01 07:30 +24:00", "٢٠٢٦-12-01 07:30"],
)  # fmt: skip
def test_other_times_are_problems(written: str) -> None:
    """What is no time of day on a real day has exactly one problem, at the value."""
    found = fields(f"publish: {written}")
    assert found.wall("publish", "Europe/Berlin") is None
    (problem,) = found.problems
    assert (problem.span.line, problem.span.col) == (2, 10)


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-20T10:02:11"])
def test_a_moment_is_one_on_every_clock(written: str) -> None:
    """A moment without an offset, or at an edge of the calendar where other zones have none, is a problem."""
    found = fields(f"at: {written}")
    assert found.moment("at") is None
    assert len(found.problems) == 1


@pytest.mark.parametrize("written", ["-1", "1.5", "90 Minuten", "²", "\uff11", "99999999999"])
def test_numbers_are_plain_digits(written: str) -> None:
    """A number is written in digits, without sign, and is not astronomically large."""
    found = fields(f"grace: {written}")
    assert found.number("grace", 60) == 60
    assert len(found.problems) == 1


@pytest.mark.parametrize("written", ["", "~", "null", "[]"])
def test_nothing_is_the_default(written: str) -> None:
    """An empty value is as good as none, in every kind of field."""
    found = fields(f"labels: {written}")
    assert found.words("labels") == ()
    if written != "[]":
        assert (found.text("labels", "x"), found.number("labels", 3)) == ("x", 3)
    assert found.problems == []


def test_one_word_is_a_list_of_one() -> None:
    """`channels: mastodon` is what it looks like."""
    assert fields("channels: mastodon").words("channels") == ("mastodon",)
