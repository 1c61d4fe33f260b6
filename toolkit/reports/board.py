"""Strengths and weaknesses on one board: what the last monthly report measured, and what people in the inbox say (`heard`).

Sentences of the report are taken as they stand there, with their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from html import unescape
from typing import Final

from toolkit.values import dataclass

# The ids of their headings in a report.
GOOD: Final = "strengths-good"
BAD: Final = "strengths-bad"


class Side(StrEnum):
    """Where a point stands."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"
    WISH = "wish"


class Origin(StrEnum):
    """Who says so."""

    REPORT = "report"
    INBOX = "inbox"


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence with its numbers."""

    side: Side
    origin: Origin
    text: str


@dataclass(frozen=True, slots=True)
class Board:
    """All points, those of the report first. `heard` messages of four weeks up to now."""

    points: tuple[Point, ...] = ()
    heard: int = 0

    def on(self, side: Side) -> tuple[Point, ...]:
        """The points of a side."""
        return tuple(one for one in self.points if one.side is side)


def read_points(html: bytes) -> Iterator[Point]:
    """The strengths and weaknesses of a monthly report; none of one that was made before they had names."""
    page = html.decode("utf-8", "replace")
    for name, side in ((GOOD, Side.STRENGTH), (BAD, Side.WEAKNESS)):
        found = re.search(rf'<h3[^>]*\bid="{name}"[^>]*>[^<]*</h3>\s*<ul[^>]*>(.*?)</ul>', page, re.DOTALL)
        for item in re.findall(r"<li[^>]*>(.*?)</li>", found[1], re.DOTALL) if found else ():
            yield Point(side, Origin.REPORT, " ".join(unescape(re.sub(r"<[^>]+>", "", item)).split()))
