"""How the goals of the plan and of campaigns stand, for the pages that show them; `counting` finds it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Stand:
    """A goal as the pages show it. `expected` with `low` and `high` (90 %) and `chance` are None where nobody can say.

    Of the plan, `steps` are the complete months and `state` is a `Realism`; of a campaign, `steps` are the days that are
    over, of `length` in all, and `state` is a `Pace`.
    """

    metric: str
    target: float
    state: str
    channel: str = ""
    value: float | None = None  # of the last month, or so far
    steps: tuple[float | None, ...] = ()
    names: tuple[str, ...] = ()  # of the months
    length: int = 0
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The stands of the plan's goals, and of each campaign's, by its name; in the order of the files."""

    goals: tuple[Stand, ...] = ()
    campaigns: Mapping[str, tuple[Stand, ...]] = field(default_factory=dict)
