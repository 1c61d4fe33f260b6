"""The report on experiments: who is in which arm, what came of it, and nobody is called a winner too early."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import exp, isfinite, log
from statistics import mean, stdev

from toolkit.errors import UsageError
from toolkit.kpis import AGE_HOURS, KPIS, Comparison, Period, compare, median, median_interval, midnight, posts_needed
from toolkit.kpis.leaving import near
from toolkit.kpis.lifts import PostResult, post_results
from toolkit.messages import _
from toolkit.reports.actions import commentary_section, find_words
from toolkit.reports.ages import counted_ages
from toolkit.reports.anytime import Anytime, compare_anytime
from toolkit.reports.blocks import Block, Cell, Heading, Paragraph, Points, Section, Table
from toolkit.reports.compared import DASH
from toolkit.reports.formats import p_text
from toolkit.reports.quality import method_section
from toolkit.reports.scope import Scope, open_scope
from toolkit.reports.trials import ALWAYS, EXPERIMENTS, Arm, Trial, read_trials
from toolkit.settings import unknown_name

SURE = 0.05


@dataclass(frozen=True, slots=True)
class Outcome:
    """What both arms brought: each post's mean factor over the usual of its channels and formats."""

    trial: Trial
    lifts: tuple[tuple[float, ...], tuple[float, ...]]
    over: bool  # the posts of the last day have their age, or both arms have their posts

    @property
    def counts(self) -> tuple[int, int]:
        return len(self.lifts[0]), len(self.lifts[1])

    @property
    def anytime(self) -> Anytime | None:
        """The difference of the logarithms; None where nothing can be said yet."""
        first, second = ([log(lift) for lift in lifts if lift > 0] for lifts in self.lifts)
        return compare_anytime(first, second)

    @property
    def comparison(self) -> Comparison:
        return compare(*self.lifts)


class ExperimentReport:
    """Each method returns a `Section`, which a notebook cell shows as its last value."""

    def __init__(self, scope: Scope, experiment: str) -> None:
        self.scope = scope
        self.experiment = experiment

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """The experiments of the month, or the one that was named."""
        trials, _problems = read_trials(self.scope.workspace.tree)
        known = {trial.name: trial for trial in trials}
        if self.experiment and self.experiment not in known:
            raise UsageError(unknown_name(_("experiment"), self.experiment, known))
        month = self.scope.period()
        days = month.start.astimezone(self.scope.zone).date(), month.end.astimezone(self.scope.zone).date()
        running = [one for one in trials if one.start < days[1] and one.stop >= days[0]]
        chosen = [one for one in trials if one.name == self.experiment] if self.experiment else running
        return [_outcome(self.scope, trial) for trial in chosen]

    def summary(self) -> Section:
        if not self.outcomes:
            text = _("No experiment ran in {month}. An experiment is a file in {folder}.")
            block = Paragraph(text.format(month=self.scope.title, folder=EXPERIMENTS), "lead")
            return Section("summary", _("Summary"), (block,))
        sentences = tuple(f"{one.trial.title}: {verdict(self.scope, one)}" for one in self.outcomes)
        return Section("summary", _("Summary"), (Points(sentences),))

    def commentary(self) -> Section | None:
        return commentary_section(self.scope, find_words(self.scope, "experiment"))

    def experiments(self) -> Section | None:
        blocks: list[Block] = []
        for one in self.outcomes:
            blocks += _blocks(self.scope, one)
        blocks += [Paragraph(str(problem), "note") for problem in read_trials(self.scope.workspace.tree)[1]]
        return Section("experiments", _("Experiments"), tuple(blocks)) if blocks else None

    def method(self) -> Section:
        return method_section(self.scope)


def _outcome(scope: Scope, trial: Trial) -> Outcome:
    lifts = (_lifts(scope, trial, trial.arms[0]), _lifts(scope, trial, trial.arms[1]))
    over = _seen(scope) >= midnight(trial.stop + timedelta(days=1), scope.zone) + scope.mature
    return Outcome(trial, lifts, over or min(map(len, lifts)) >= trial.planned)


def _seen(scope: Scope) -> datetime:
    """Up to when posts are known: a later month's report sees later ones."""
    return min(scope.now, scope.period().end + scope.mature)


def _lifts(scope: Scope, trial: Trial, arm: Arm) -> tuple[float, ...]:
    """One value for each post: its channels share its luck."""
    start, end = midnight(trial.start, scope.zone), midnight(trial.stop + timedelta(days=1), scope.zone)
    uids = {post.uid for post in scope.workspace.posts if arm.label in post.labels}
    lifts: dict[str, list[float]] = {}
    for post in _results(scope, trial):
        if post.uid in uids and start <= post.local < end and post.lift is not None:
            lifts.setdefault(post.uid, []).append(post.lift)
    return tuple(mean(lifts[uid]) for uid in sorted(lifts))


def _results(scope: Scope, trial: Trial) -> list[PostResult]:
    """All posts of the year and of the experiment with what is usual for them."""
    period = scope.year
    start, end = midnight(trial.start, scope.zone), midnight(trial.stop + timedelta(days=1), scope.zone)
    whole = Period(min(period.start, start), max(period.end, end), period.until, scope.age_hours)
    ages, enough = counted_ages(scope), near(scope.age_hours)
    rows = [row for row in scope.rows(trial.metric, whole) if ages.get((row.unit, row.channel), 0.0) >= enough]
    rates = scope.rows("engagement_rate_followers", whole)
    followers = {(row.unit, row.channel): row.base for row in rates if row.base}
    return post_results(rows, {} if KPIS[trial.metric].denominator else followers, scope.subjects, scope.zone)


def verdict(scope: Scope, one: Outcome) -> str:
    """One sentence; a winner only when it is over and chance does not explain the difference."""
    if one.trial.analysis == ALWAYS:
        return _anytime_verdict(scope, one)
    first, second = one.counts
    if not one.over:
        words = _("running on {day}; {first} and {second} of {planned} posts are counted, and nobody wins before.")
        day = scope.wording.day(_seen(scope).astimezone(scope.zone).date())
        return words.format(day=day, first=first, second=second, planned=one.trial.planned)
    found = one.comparison
    if found.p is None:
        return _("not enough posts to decide (n = {first} and {second}).").format(first=first, second=second)
    p = p_text(scope, found.p)
    if found.p >= SURE:
        words = _(
            "no difference that chance does not explain (p: {p}); to see a factor of {factor} it takes {n} posts of each."
        )
        factor = scope.wording.number(one.trial.factor, 1)
        return words.format(p=p, factor=factor, n=scope.wording.number(_needed(one)))
    winner = one.trial.arms[0 if found.effect > 0 else 1].name
    share = scope.wording.percent((1 + abs(found.effect)) / 2, 0)
    return _("“{winner}” does better: in {share} of all pairs it is ahead (p: {p}).").format(
        winner=winner, share=share, p=p
    )


def _anytime_verdict(scope: Scope, one: Outcome) -> str:
    """What can be said now, and could have been said at any look before."""
    found, n = one.anytime, dict(zip(("first", "second"), one.counts, strict=True))
    if found is None or not isfinite(found.low):
        return _(
            "not enough posts to say anything yet (n = {first} and {second}); look again whenever you like."
        ).format(**n)
    names = [arm.name for arm in one.trial.arms]
    low, middle, high = found.low, found.difference, found.high
    if middle < 0:
        names, (low, middle, high) = names[::-1], (-high, -middle, -low)
    between = {name: scope.wording.number(exp(value), 2) for name, value in (("low", low), ("high", high))}
    said = {**n, **between, "winner": names[0], "other": names[1], "factor": scope.wording.number(exp(middle), 2)}
    edge = scope.wording.number(one.trial.factor, 1)
    if low > 0:
        words = _(
            "“{winner}” does better: {factor} times as much as “{other}” ({low} to {high}, 95% at all looks together; n = {first} and {second})."
        )
    elif max(abs(low), abs(high)) < log(one.trial.factor):
        words = _(
            "no difference worth knowing: between {low} and {high} times as much, less than a factor of {edge} (95% at all looks together; n = {first} and {second})."
        )
    elif one.over:
        words = _(
            "over without a decision: “{winner}” brought {factor} times as much as “{other}”, but anything from {low} to {high} is possible (n = {first} and {second})."
        )
    else:
        words = _(
            "undecided so far: “{winner}” brings {factor} times as much as “{other}”, anything from {low} to {high} is possible (n = {first} and {second}); look again whenever you like."
        )
    return words.format(**said, edge=edge)


def _needed(one: Outcome) -> int:
    logs = [log(lift) for lifts in one.lifts for lift in lifts if lift > 0]
    return posts_needed(max(stdev(logs), 0.05) if len(logs) > 1 else 1.0, one.trial.factor)


def _blocks(scope: Scope, one: Outcome) -> list[Block]:
    trial = one.trial
    days = scope.wording.day(trial.start), scope.wording.day(trial.stop)
    about = _("{hypothesis} What counts: {metric}, {start} to {stop}; {n} posts are planned for each arm.")
    text = about.format(
        hypothesis=trial.hypothesis, metric=_(KPIS[trial.metric].title), start=days[0], stop=days[1], n=trial.planned
    )
    head = (_("Arm"), _("Label"), "n", _("Median factor"), _("Interval (90%)"))
    rows = tuple(_row(scope, arm, lifts) for arm, lifts in zip(trial.arms, one.lifts, strict=True))
    table = Table(
        _("Factor over the usual of channel and format: {title}").format(title=trial.title),
        head,
        rows,
        frozenset({2, 3, 4}),
    )
    sentence = verdict(scope, one)
    return [
        Heading(trial.title),
        Paragraph(text.strip()),
        Paragraph(sentence[:1].upper() + sentence[1:], "lead"),
        table,
        Paragraph(_how(one), "note"),
    ]


def _how(one: Outcome) -> str:
    """Which test it is, so that somebody can argue with it."""
    if one.trial.analysis == ALWAYS:
        return _(
            "Compared are the logarithms of the factors of all posts that are old enough, with the t test that holds at all looks together (Lindon and others 2022, arXiv:2210.08589). Stop when it has decided, or whenever you like."
        )
    return _(
        "Compared by ranks (Mann-Whitney, two-sided, 5%), once: when both arms have their posts or the posts of the last day are old enough. Whoever wants to look earlier writes analysis: always-valid into the experiment, before it begins."
    )


def _row(scope: Scope, arm: Arm, lifts: tuple[float, ...]) -> tuple[str | Cell, ...]:
    middle, interval = median(lifts), median_interval(lifts)
    between = _("not enough")
    if interval is not None:
        between = _("{low} to {high}").format(
            low=scope.wording.times(interval.low), high=scope.wording.times(interval.high)
        )
    return arm.name, arm.label, str(len(lifts)), DASH if middle is None else scope.wording.times(middle), between


def open_report(
    workspace: str,
    state: str,
    month: str,
    *,
    now: str,
    language: str = "",
    channels: list[str] | None = None,
    age: float = AGE_HOURS,
    experiment: str = "",
) -> ExperimentReport:
    """The experiments of a month, or one by name; the arguments are the notebook's parameters."""
    scope = open_scope(workspace, state, month, now=now, language=language, channels=tuple(channels or ()), age=age)
    return ExperimentReport(scope, experiment)
