"""A part of the day sheet: a number that leads to its page, and the first few things it counts."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from toolkit.values import dataclass

MOST: Final = 5  # things that are shown of a part; the number says how many there are


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that somebody can look at. `when` is on the workspace's clock."""

    title: str
    href: str
    sub: str = ""
    when: datetime | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part; `unknown` says why it cannot be told, and then the number is no zero."""

    name: str
    title: str
    href: str
    count: int = 0
    tone: str = ""
    things: tuple[Thing, ...] = ()
    quiet: str = ""  # what is said when there is nothing
    unknown: str = ""
    hint: str = ""
