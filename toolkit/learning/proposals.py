"""Proposals for the handbook: best weekday, part of the day, pillar and format, or that none is reliably better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis import KPIS, Engine, Period, unit_rows
from toolkit.kpis.effects import Effect
from toolkit.kpis.lifts import GroupLift, group_lifts, post_results
from toolkit.kpis.titles import group_title
from toolkit.messages import _, decimal
from toolkit.model import Subject

HISTORY: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Question:
    """Something that could be written into the handbook: the kind of groups that is compared, and where it stands."""

    name: str
    kind: str  # of `toolkit.kpis.lifts.KINDS`
    page: str  # of guidelines/


QUESTIONS: Final = (
    Question("weekday", "weekday", "posting-times"),
    Question("part of the day", "part", "posting-times"),
    Question("pillar", "pillar", "strategy"),
    Question("format", "format", "strategy"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer to one question: the groups with their effects, best first; `best` only if it is reliable."""

    question: Question
    n: int
    effects: tuple[Effect, ...]

    @property
    def best(self) -> Effect | None:
        first = self.effects[0] if self.effects else None
        return first if first is not None and first.low > 1 else None

    def title(self, effect: Effect) -> str:
        """How the group of one of the effects is called."""
        return group_title(self.question.kind, effect.group)

    @property
    def sentence(self) -> str:
        """One sentence for the handbook."""
        question = question_title(self.question.name)
        if not self.effects:
            return _("{question}: n = {n}, not enough posts to compare.").format(question=question, n=self.n)
        best = self.best
        if best is None:
            return _("{question}: no reliable difference; keep variety.").format(question=question)
        words = _(
            "{question}: {group} brings {factor} times the usual interactions (n = {n}, interval (90%) {low} to {high})."
        )
        numbers = {name: decimal(getattr(best, name), ".2f") for name in ("factor", "low", "high")}
        return words.format(question=question, group=self.title(best), n=best.n, **numbers)


def learn(engine: Engine, subjects: Mapping[str, Subject], zone: ZoneInfo, now: datetime) -> tuple[Proposal, ...]:
    """One proposal per question, from the last year's posts that are at least seven days old."""
    period = Period(now - HISTORY, now - timedelta(days=7), now)
    rates = unit_rows(KPIS["engagement_rate_followers"], engine, period)
    followers = {(row.unit, row.channel): row.base for row in rates if row.base}
    rows = unit_rows(KPIS["interactions"], engine, period)
    groups = group_lifts(post_results(rows, followers, subjects, zone))
    return tuple(_propose(question, groups) for question in QUESTIONS)


def _propose(question: Question, groups: Mapping[tuple[str, str], GroupLift]) -> Proposal:
    own = [one for (kind, _group), one in groups.items() if kind == question.kind]
    effects = sorted((one.effect for one in own if one.effect), key=lambda effect: (-effect.factor, effect.group))
    return Proposal(question, sum(one.n for one in own), tuple(effects))


def question_title(name: str) -> str:
    """How a question is called in the language spoken."""
    known = {
        "weekday": _("weekday"),
        "part of the day": _("part of the day"),
        "pillar": _("pillar"),
        "format": _("format"),
    }
    return known[name]
