"""The effects that are hidden in the sample history, so that tests can ask whether the report finds them.

All are on the natural logarithm of a post's final interactions: 0.4 means half as much again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, field
from datetime import date, datetime, timedelta
from math import cos, pi
from types import MappingProxyType
from typing import Final

from toolkit.kpis.dayparts import part_of_day
from toolkit.values import dataclass

# Best pillar, weekday, part of the day and format; what is not named has no effect.
PILLARS: Final = MappingProxyType({"wissen": 0.45, "begegnung": 0.2, "produkt": -0.1, "service": -0.45})
WEEKDAYS: Final = MappingProxyType({2: 0.3, 7: -0.2})
PARTS: Final = MappingProxyType({"morning": 0.3, "evening": -0.2})
FORMATS: Final = MappingProxyType({"video": 0.4, "text": -0.3})
CAMPAIGN: Final = 0.4
LABELS: Final = MappingProxyType({"versuch-frueh": 0.1})
PAID: Final = 0.6
SEASON: Final = 0.25  # up in December, down in June
BAD_WEEK: Final = -0.7
BAD_WEEK_AGO: Final = 38  # days before `now` that lie in the bad week
NOISE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Planted:
    """Everything that was planted, as it stands beside the exports."""

    seed: int
    now: str
    first_day: date
    bad_week: tuple[date, date]  # Monday and Sunday
    pillars: Mapping[str, float] = field(default_factory=lambda: dict(PILLARS))
    weekdays: Mapping[int, float] = field(default_factory=lambda: dict(WEEKDAYS))
    parts: Mapping[str, float] = field(default_factory=lambda: dict(PARTS))
    formats: Mapping[str, float] = field(default_factory=lambda: dict(FORMATS))
    campaign: float = CAMPAIGN
    labels: Mapping[str, float] = field(default_factory=lambda: dict(LABELS))
    paid: float = PAID
    season: float = SEASON
    bad_week_effect: float = BAD_WEEK
    noise: float = NOISE
    silent: str = ""  # the account whose exports stop, and since when
    silent_since: str = ""

    def effect(self, pillar: str, form: str, campaign: str, local: datetime) -> float:
        """The sum of the effects on a post that goes out at a local time."""
        return (
            self.pillars.get(pillar, 0)
            + self.formats.get(form, 0)
            + (self.campaign if campaign else 0)
            + self.weekdays.get(local.isoweekday(), 0)
            + self.parts.get(part_of_day(local.hour), 0)
            + self.of_day(local.date())
        )

    def of_post(self, labels: Collection[str], *, paid: bool | None) -> float:
        """What an experiment's label and bought reach add."""
        return sum(effect for label, effect in self.labels.items() if label in labels) + (self.paid if paid else 0)

    def of_day(self, day: date) -> float:
        """Season and the bad week; they also move visits and sales."""
        season = self.season * cos((day.timetuple().tm_yday - 349) / 365 * 2 * pi)
        return season + (self.bad_week_effect if self.bad_week[0] <= day <= self.bad_week[1] else 0)

    def as_json(self) -> dict[str, object]:
        """Stable keys, dates in ISO 8601."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def plant(seed: int, now: datetime, first_day: date) -> Planted:
    """The effects as seen from `now` (local)."""
    bad = now.date() - timedelta(days=BAD_WEEK_AGO)
    monday = bad - timedelta(days=bad.weekday())
    return Planted(seed, now.isoformat(), first_day, (monday, monday + timedelta(days=6)))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
