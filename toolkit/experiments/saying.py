"""A verdict in one sentence, what happens next, and how it was decided, so that somebody can argue with it."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, isfinite
from typing import Protocol

from toolkit.dates import say_date
from toolkit.experiments.anytime import Gap
from toolkit.experiments.experiment import Analysis
from toolkit.experiments.fingerprint import Standing
from toolkit.experiments.results import Outcome
from toolkit.experiments.verdicts import Finding, Verdict, decide
from toolkit.kpis import posts_needed
from toolkit.messages import _, ngettext


class Words(Protocol):
    """How a language writes numbers; `toolkit.reports.wording.Wording` is one."""

    def number(self, value: float, decimals: int = 0) -> str: ...
    def percent(self, share: float, decimals: int = 1) -> str: ...
    def join(self, words: list[str]) -> str: ...


def say_verdict(outcome: Outcome, words: Words) -> str:
    """One sentence; a winner only when the planned posts are counted and chance does not explain the difference."""
    verdict = decide(outcome)
    found, experiment = verdict.gap, outcome.experiment
    known = found is not None and isfinite(found.low)
    if verdict.finding is Finding.COMING:
        return _("begins on {day}.").format(day=say_date(experiment.start))
    if verdict.finding is Finding.SHORT:
        text = _("over, and not enough posts to decide (n = {first} and {second} of {planned}).")
        return text.format(**_counts(outcome, None))
    if verdict.finding is Finding.RUNNING and (experiment.analysis is Analysis.FIXED or not known):
        text = _("running on {day}; {first} and {second} of {planned} posts are counted, and nobody wins before.")
        if experiment.analysis is Analysis.ALWAYS:
            text = _("not enough posts to say anything yet (n = {first} and {second}); look again whenever you like.")
        return text.format(day=say_date(outcome.seen), **_counts(outcome, None))
    return _say_gap(outcome, verdict, words)


def say_interim(outcome: Outcome, words: Words) -> str:
    """What is possible still while an experiment runs, as may be said at every look; "" where nothing can be said."""
    verdict = decide(outcome)
    found = verdict.gap
    if verdict.finding not in {Finding.RUNNING, Finding.SHORT} or found is None or not isfinite(found.low):
        return ""
    text = _(
        "So far “{winner}” brings {factor} times as much as “{other}”; anything from {low} to {high} is possible, {interval}."
    )
    return text.format(**_said(outcome, found, words), interval=say_interval(verdict))


def say_interval(verdict: Verdict) -> str:
    """What the interval of a verdict promises."""
    return _("interval at 95%, all looks together") if verdict.always else _("interval at 95%, one look")


def say_next(outcome: Outcome, words: Words) -> list[str]:
    """What is missing still and when it is decided at the latest; which posts came too late to count."""
    return list(_next(outcome, decide(outcome), words))


def say_rule(outcome: Outcome, words: Words) -> str:
    """How it is decided: how many comparisons, at which level, on which posts."""
    test = _(
        "One comparison of two arms, by ranks (Mann-Whitney, two-sided, 5%), at one look: when both have the planned posts. Whoever wants to look earlier writes analysis: always-valid into the experiment, before it begins."
    )
    if outcome.experiment.analysis is Analysis.ALWAYS:
        test = _(
            "One comparison of two arms, the logarithms of their factors by the t test that holds at all looks together at 5% (Lindon and others 2022, arXiv:2210.08589). The first look that decides stays."
        )
    counted = _(
        "Of each arm the first {planned} posts count, each as it stood when it was seven days old, over what its channels usually had before the experiment; later ones never do. Each experiment stands for itself: of twenty without a difference one has a winner all the same."
    )
    return f"{test} {counted.format(planned=words.number(outcome.experiment.planned))}"


def say_standing(standing: Standing) -> str:
    """Whether the design is the one that was registered."""
    return {
        Standing.OPEN: _("not registered"),
        Standing.REGISTERED: _("registered before the first post"),
        Standing.LATE: _("registered after the first post was out"),
        Standing.EXPLAINED: _("changed after it was registered, with a reason"),
        Standing.CHANGED: _("changed after it was registered, without a word"),
    }[standing]


def _say_gap(outcome: Outcome, verdict: Verdict, words: Words) -> str:
    """What can be said of the difference."""
    if verdict.gap is None:
        raise ValueError(f"{verdict.finding} without a difference")
    text = {
        Finding.WINNER: _(
            "“{winner}” does better: {factor} times as much as “{other}” ({low} to {high}, {interval}; n = {first} and {second})."
        ),
        Finding.EQUAL: _(
            "no difference worth knowing: between {low} and {high} times as much, less than a factor of {edge} ({interval}; n = {first} and {second})."
        ),
        Finding.OPEN: _(
            "over without a decision: “{winner}” brought {factor} times as much as “{other}”, but anything from {low} to {high} is possible ({interval}; n = {first} and {second}). To see a factor of {edge} it takes about {needed} posts of each."
        ),
        Finding.RUNNING: _(
            "undecided so far: “{winner}” brings {factor} times as much as “{other}”, anything from {low} to {high} is possible ({interval}; n = {first} and {second}); look again whenever you like."
        ),
        Finding.AFTERWARDS: _(
            "looked at afterwards, so nobody is called a winner: “{winner}” brought {factor} times as much as “{other}” ({low} to {high}, {interval}; n = {first} and {second}). To know it, register it and try it again with new posts."
        ),
    }[verdict.finding]
    experiment, needed = outcome.experiment, 0
    if verdict.finding is Finding.OPEN:
        needed = posts_needed(outcome.spread, experiment.factor, power=experiment.power)
    return text.format(
        **_counts(outcome, verdict.gap),
        **_said(outcome, verdict.gap, words),
        interval=say_interval(verdict),
        edge=words.number(experiment.factor, 1),
        needed=words.number(needed),
    )


def _next(outcome: Outcome, verdict: Verdict, words: Words) -> Iterator[str]:
    experiment = outcome.experiment
    if verdict.finding in {Finding.COMING, Finding.RUNNING}:
        missing = [max(experiment.planned - n, 0) for n in outcome.counts]
        each = [
            _("{posts} of “{arm}”").format(posts=ngettext("{count} post", "{count} posts", n), arm=arm.name)
            for n, arm in zip(missing, experiment.arms, strict=True)
            if n
        ]
        if each:
            text = _("Missing still: {posts}.")
            yield text.format(posts=words.join(each))
        text = _("It is decided when both arms have {planned} posts that are seven days old, at the latest on {day}.")
        if experiment.analysis is Analysis.ALWAYS:
            text = _("It may be decided from {least} posts of each arm on, and is over on {day} at the latest.")
        yield text.format(planned=experiment.planned, least=experiment.least, day=say_date(outcome.last))
    surplus = sum(len(arm.surplus) for arm in outcome.arms)
    if surplus:
        yield ngettext(
            "{count} post more was out when the arm was full, and is not counted.",
            "{count} posts more were out when their arm was full, and are not counted.",
            surplus,
        )
    if not outcome.proven and any(arm.counted for arm in outcome.arms):
        yield _("Nobody keeps the history of these files, so the labels are those of today.")


def _said(outcome: Outcome, found: Gap, words: Words) -> dict[str, str]:
    """The arm that is ahead, the other one, and the factor between them with its interval."""
    names = [arm.name for arm in outcome.experiment.arms]
    low, middle, high = found.low, found.difference, found.high
    if middle < 0:
        names, (low, middle, high) = names[::-1], (-high, -middle, -low)
    factors = {"low": low, "factor": middle, "high": high}
    return {"winner": names[0], "other": names[1]} | {
        name: words.number(exp(value), 2) for name, value in factors.items()
    }


def _counts(outcome: Outcome, found: Gap | None) -> dict[str, int]:
    first, second = outcome.counts if found is None else found.n
    return {"first": first, "second": second, "planned": outcome.experiment.planned}
