"""A verdict in one sentence, and what to expect of it."""

from __future__ import annotations

from datetime import date
from math import exp, isfinite
from typing import Protocol

from toolkit.experiments.anytime import Anytime
from toolkit.experiments.experiment import Analysis
from toolkit.experiments.fingerprint import Standing
from toolkit.experiments.results import Outcome
from toolkit.experiments.verdicts import Finding, Verdict, arm_of, decide
from toolkit.kpis import posts_needed
from toolkit.messages import _


class Words(Protocol):
    """How a language writes numbers and days; `toolkit.reports.wording.Wording` is one."""

    def number(self, value: float, decimals: int = 0) -> str: ...
    def percent(self, share: float, decimals: int = 1) -> str: ...
    def day(self, day: date) -> str: ...


def say_verdict(outcome: Outcome, words: Words) -> str:
    """One sentence; a winner only when the planned posts are counted and chance does not explain the difference."""
    verdict = decide(outcome)
    if verdict.finding is Finding.COMING:
        return _("begins on {day}.").format(day=words.day(outcome.experiment.start))
    if verdict.finding is Finding.SHORT:
        text = _("over, and not enough posts to decide (n = {first} and {second} of {planned}).")
        return text.format(**_counts(outcome))
    if outcome.experiment.analysis is Analysis.ALWAYS or verdict.finding is Finding.EQUAL:
        return _say_anytime(outcome, verdict, words)
    return _say_fixed(outcome, verdict, words)


def say_interim(outcome: Outcome, words: Words) -> str:
    """What is possible still, as may be said at every look; "" where nothing can be said."""
    found = outcome.anytime
    if found is None or not isfinite(found.low):
        return ""
    text = _(
        "So far “{winner}” brings {factor} times as much as “{other}”; anything from {low} to {high} is possible (95% at all looks together)."
    )
    return text.format(**_said(outcome, found, words))


def say_standing(standing: Standing) -> str:
    """Whether the design is the one that was registered."""
    return {
        Standing.OPEN: _("not registered"),
        Standing.REGISTERED: _("registered before the first post"),
        Standing.LATE: _("registered after the first post was out"),
        Standing.EXPLAINED: _("changed after it was registered, with a reason"),
        Standing.CHANGED: _("changed after it was registered, without a word"),
    }[standing]


def p_words(p: float, words: Words) -> str:
    """A probability as people read it."""
    return _("below {least}").format(least=words.number(0.001, 3)) if p < 0.001 else words.number(p, 3)


def _say_fixed(outcome: Outcome, verdict: Verdict, words: Words) -> str:
    if verdict.p is None:
        text = _("running on {day}; {first} and {second} of {planned} posts are counted, and nobody wins before.")
        return text.format(day=words.day(outcome.seen), **_counts(outcome))
    p = p_words(verdict.p, words)
    if verdict.finding is Finding.WINNER:
        text = _("“{winner}” does better: in {share} of all pairs it is ahead (p: {p}).")
        return text.format(winner=arm_of(outcome, verdict).name, share=words.percent(verdict.ahead or 0.5, 0), p=p)
    text = _(
        "no difference that chance does not explain (p: {p}); to see a factor of {factor} it takes {n} posts of each."
    )
    factor = outcome.experiment.factor
    needed = posts_needed(outcome.spread, factor, power=outcome.experiment.power)
    return text.format(p=p, factor=words.number(factor, 1), n=words.number(needed))


def _say_anytime(outcome: Outcome, verdict: Verdict, words: Words) -> str:
    """What can be said now, and could have been said at any look before."""
    found, counts = verdict.interval, _counts(outcome)
    if found is None or not isfinite(found.low):
        return _(
            "not enough posts to say anything yet (n = {first} and {second}); look again whenever you like."
        ).format(**counts)
    texts = {
        Finding.WINNER: _(
            "“{winner}” does better: {factor} times as much as “{other}” ({low} to {high}, 95% at all looks together; n = {first} and {second})."
        ),
        Finding.EQUAL: _(
            "no difference worth knowing: between {low} and {high} times as much, less than a factor of {edge} (95% at all looks together; n = {first} and {second})."
        ),
        Finding.OPEN: _(
            "over without a decision: “{winner}” brought {factor} times as much as “{other}”, but anything from {low} to {high} is possible (n = {first} and {second})."
        ),
        Finding.RUNNING: _(
            "undecided so far: “{winner}” brings {factor} times as much as “{other}”, anything from {low} to {high} is possible (n = {first} and {second}); look again whenever you like."
        ),
    }
    edge = words.number(outcome.experiment.factor, 1)
    return texts[verdict.finding].format(**counts, **_said(outcome, found, words), edge=edge)


def _said(outcome: Outcome, found: Anytime, words: Words) -> dict[str, str]:
    """The arm that is ahead, the other one, and the factor between them with its interval."""
    names = [arm.name for arm in outcome.experiment.arms]
    low, middle, high = found.low, found.difference, found.high
    if middle < 0:
        names, (low, middle, high) = names[::-1], (-high, -middle, -low)
    factors = {"low": low, "factor": middle, "high": high}
    return {"winner": names[0], "other": names[1]} | {
        name: words.number(exp(value), 2) for name, value in factors.items()
    }


def _counts(outcome: Outcome) -> dict[str, int]:
    first, second = outcome.counts
    return {"first": first, "second": second, "planned": outcome.experiment.planned}
