"""What the research pages show; `reading` finds it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Final

from toolkit.values import dataclass

if TYPE_CHECKING:
    from toolkit.research.interest import Interest
    from toolkit.research.keywords import Keyword
    from toolkit.research.published import Published
    from toolkit.research.rivals import Brand
    from toolkit.research.trends import Trends
    from toolkit.research.voice import Voice

DAYS: Final = 90  # of posts that are compared


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of all brands: single posts of 90 days, and each month's shares, the oldest first."""

    brands: tuple[Brand, ...] = ()
    months: tuple[tuple[str, tuple[Voice, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Researched:
    """Everything; `topics` are what sets a competitor's own pages apart. Nothing for people outside."""

    trends: tuple[Trends, ...] = ()
    news: tuple[Published, ...] = ()
    interests: tuple[Interest, ...] = ()
    counts: Counts = field(default_factory=Counts)
    topics: Mapping[str, tuple[Keyword, ...]] = field(default_factory=dict)
    known: bool = False  # whether any feed of others was ever heard
    damaged: tuple[str, ...] = ()  # files that cannot be read, and what to do about each
