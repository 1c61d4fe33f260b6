"""Proposals for the handbook: best weekday, part of the day, pillar and format, or that none is reliably better."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log1p
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis import KPIS, Engine, Period, UnitRow, median, unit_rows
from toolkit.kpis.dayparts import part_of_day
from toolkit.learning.effects import Effect, Sample, estimate
from toolkit.messages import _
from toolkit.model import Subject

HISTORY: Final = timedelta(days=365)
_ROUNDS: Final = 5  # of explaining each question with what the others leave; it settles after three
_CAMPAIGN: Final = "campaign"

Group = Callable[[UnitRow, Mapping[str, Subject], ZoneInfo], str]


@dataclass(frozen=True, slots=True)
class Question:
    """Something that could be written into the handbook, and how posts are grouped to ask it."""

    name: str
    page: str  # of guidelines/
    group: Group


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer to one question: the groups with their effects, best first; `best` only if it is reliable."""

    question: str
    page: str
    n: int
    effects: tuple[Effect, ...]

    @property
    def best(self) -> Effect | None:
        first = self.effects[0] if self.effects else None
        return first if first is not None and first.low > 1 else None

    @property
    def sentence(self) -> str:
        """One sentence for the handbook."""
        if not self.effects:
            return _("{question}: n = {n}, not enough posts to compare.").format(question=_(self.question), n=self.n)
        best = self.best
        if best is None:
            return _("{question}: no reliable difference; keep variety.").format(question=_(self.question))
        words = _(
            "{question}: {group} brings {factor} times the usual interactions (n = {n}, 90 % interval {low} to {high})."
        )
        numbers = {"factor": f"{best.factor:.2f}", "low": f"{best.low:.2f}", "high": f"{best.high:.2f}"}
        return words.format(question=_(self.question), group=group_title(best.group), n=best.n, **numbers)


WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

QUESTIONS: Final = (
    Question("weekday", "posting-times", lambda row, _about, zone: WEEKDAYS[row.at.astimezone(zone).weekday()]),
    Question("part of the day", "posting-times", lambda row, _about, zone: part_of_day(row.at.astimezone(zone).hour)),
    Question("pillar", "strategy", lambda row, about, _zone: about[row.unit].pillar if row.unit in about else ""),
    Question("format", "strategy", lambda row, about, _zone: about[row.unit].format if row.unit in about else ""),
)


def learn(engine: Engine, subjects: Mapping[str, Subject], zone: ZoneInfo, now: datetime) -> tuple[Proposal, ...]:
    """One proposal per question, from the last year's posts that are at least seven days old."""
    period = Period(now - HISTORY, now - timedelta(days=7), now)
    samples = post_samples(unit_rows(KPIS["interactions"], engine, period), subjects, zone)
    return tuple(
        Proposal(question.name, question.page, _posts(samples[question.name]), estimate(samples[question.name]))
        for question in QUESTIONS
    )


def post_samples(rows: Iterable[UnitRow], subjects: Mapping[str, Subject], zone: ZoneInfo) -> dict[str, list[Sample]]:
    """Question → each post's lift over the median of its channel and month, less what the other questions explain.

    Otherwise a weekday would be praised for the good pillar that happened to go out on it. Posts without an answer
    to a question, such as a pillar, are left out of that question.
    """
    kept = list(rows)
    groups = {question.name: [question.group(row, subjects, zone) for row in kept] for question in QUESTIONS}
    groups[_CAMPAIGN] = [subjects[row.unit].campaign and _CAMPAIGN if row.unit in subjects else "" for row in kept]
    lifts = _lifts(kept)
    explained: dict[str, list[float]] = {name: [0.0] * len(kept) for name in groups}
    for _round in range(_ROUNDS):
        for name, names in groups.items():
            rest = [
                lift - sum(explained[other][at] for other in groups if other != name) for at, lift in enumerate(lifts)
            ]
            means = _means(names, rest)
            explained[name] = [means[group] for group in names]
    return {
        question.name: [
            Sample(row.unit, group, lift - sum(explained[other][at] for other in groups if other != question.name))
            for at, (row, group, lift) in enumerate(zip(kept, groups[question.name], lifts, strict=True))
            if group
        ]
        for question in QUESTIONS
    }


def _lifts(rows: Iterable[UnitRow]) -> list[float]:
    kept = list(rows)
    usual: dict[tuple[str, str], list[float]] = {}
    for row in kept:
        usual.setdefault((row.channel, f"{row.at:%Y-%m}"), []).append(log1p(row.part or 0))
    middle = {cell: median(values) or 0.0 for cell, values in usual.items()}
    return [log1p(row.part or 0) - middle[row.channel, f"{row.at:%Y-%m}"] for row in kept]


def _means(names: Iterable[str], values: Iterable[float]) -> dict[str, float]:
    groups: dict[str, list[float]] = {}
    for name, value in zip(names, values, strict=True):
        groups.setdefault(name, []).append(value)
    return {name: sum(some) / len(some) for name, some in groups.items()}


def _posts(samples: Iterable[Sample]) -> int:
    return len({sample.unit for sample in samples})


def group_title(group: str) -> str:
    """How a group is called in the language spoken; pillars and formats are the workspace's own words."""
    known = {
        "Monday": _("Monday"),
        "Tuesday": _("Tuesday"),
        "Wednesday": _("Wednesday"),
        "Thursday": _("Thursday"),
        "Friday": _("Friday"),
        "Saturday": _("Saturday"),
        "Sunday": _("Sunday"),
        "morning": _("morning"),
        "midday": _("midday"),
        "afternoon": _("afternoon"),
        "evening": _("evening"),
        "photo": _("photo"),
        "graphic": _("graphic"),
        "video": _("video"),
        "document": _("document"),
        "text": _("text"),
    }
    return known.get(group, group)
