"""The report on experiments: who is in which arm, what came of it, and nobody is called a winner too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property

from toolkit.errors import UsageError
from toolkit.experiments.counted import Numbers
from toolkit.experiments.experiment import EXPERIMENTS, Arm, Experiment
from toolkit.experiments.fingerprint import Standing
from toolkit.experiments.reading import read_experiments
from toolkit.experiments.results import ArmPosts, Outcome, read_outcomes
from toolkit.experiments.saying import say_interim, say_next, say_rule, say_standing, say_verdict
from toolkit.kpis import AGE_HOURS, KPIS, median
from toolkit.messages import _
from toolkit.reports.actions import commentary_section, find_words
from toolkit.reports.blocks import Block, Cell, Heading, Paragraph, Points, Section, Table
from toolkit.reports.compared import DASH
from toolkit.reports.quality import method_section
from toolkit.reports.scope import Scope, open_scope
from toolkit.settings import unknown_name


class ExperimentReport:
    """Each method returns a `Section`, which a notebook cell shows as its last value."""

    def __init__(self, scope: Scope, experiment: str) -> None:
        self.scope = scope
        self.experiment = experiment

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """The experiments of the month, or the one that was named."""
        experiments, _problems = read_experiments(self.scope.workspace.tree)
        known = {one.name: one for one in experiments}
        if self.experiment and self.experiment not in known:
            raise UsageError(unknown_name(_("experiment"), self.experiment, known))
        month = self.scope.period()
        days = month.start.astimezone(self.scope.zone).date(), month.end.astimezone(self.scope.zone).date()
        running = [one for one in experiments if one.start < days[1] and one.stop >= days[0]]
        chosen = [known[self.experiment]] if self.experiment else running
        # All channels at the usual age, whatever else the report is about: an experiment has one verdict.
        numbers = Numbers(self.scope.engine, self.scope.subjects, self.scope.zone, _seen(self.scope))
        return read_outcomes(self.scope.workspace, numbers, chosen)

    def summary(self) -> Section:
        if not self.outcomes:
            text = _("No experiment ran in {month}. An experiment is a file in {folder}.")
            block = Paragraph(text.format(month=self.scope.title, folder=EXPERIMENTS), "lead")
            return Section("summary", _("Summary"), (block,))
        sentences = tuple(f"{one.experiment.title}: {say_verdict(one, self.scope.wording)}" for one in self.outcomes)
        return Section("summary", _("Summary"), (Points(sentences),))

    def commentary(self) -> Section | None:
        return commentary_section(self.scope, find_words(self.scope, "experiment"))

    def experiments(self) -> Section | None:
        blocks: list[Block] = []
        for one in self.outcomes:
            blocks += _blocks(self.scope, one)
        blocks += [Paragraph(str(problem), "note") for problem in read_experiments(self.scope.workspace.tree)[1]]
        return Section("experiments", _("Experiments"), tuple(blocks)) if blocks else None

    def method(self) -> Section:
        return method_section(self.scope)


def _seen(scope: Scope) -> datetime:
    """Up to when posts are known: a later month's report sees later ones."""
    return min(scope.now, scope.period().end + timedelta(hours=AGE_HOURS))


def _blocks(scope: Scope, one: Outcome) -> Iterator[Block]:
    experiment = one.experiment
    sentence = say_verdict(one, scope.wording)
    yield Heading(experiment.title)
    yield Paragraph(_about(scope, experiment).strip())
    yield Paragraph(sentence[:1].upper() + sentence[1:], "lead")
    head = (_("Arm"), _("Label"), "n", _("Median factor"))
    rows = tuple(_row(scope, arm, own) for arm, own in zip(experiment.arms, one.arms, strict=True))
    caption = _("Factor over what the channels usually had before: {title}").format(title=experiment.title)
    yield Table(caption, head, rows, frozenset({2, 3}))
    said = (say_interim(one, scope.wording), *say_next(one, scope.wording))
    yield from (Paragraph(text) for text in said if text)
    if experiment.decision:
        yield Paragraph(_("What is done with it: {decision}").format(decision=experiment.decision))
    yield Paragraph(_registered(scope, one), "note")
    yield Paragraph(say_rule(one, scope.wording), "note")


def _about(scope: Scope, experiment: Experiment) -> str:
    text = _("{hypothesis} What counts: {metric}, {start} to {stop}; {n} posts are planned for each arm.")
    metric, days = _(KPIS[experiment.metric].title), (experiment.start, experiment.stop)
    start, stop = map(scope.wording.day, days)
    return text.format(hypothesis=experiment.hypothesis, metric=metric, start=start, stop=stop, n=experiment.planned)


def _registered(scope: Scope, one: Outcome) -> str:
    """Whether it was done as it was registered."""
    said = say_standing(one.standing)
    text = f"{said[:1].upper()}{said[1:]}."
    if one.standing is Standing.EXPLAINED:
        reasons = scope.wording.join([change.why for change in one.experiment.changes])
        return f"{text} {reasons}"
    return text


def _row(scope: Scope, arm: Arm, own: ArmPosts) -> tuple[str | Cell, ...]:
    middle = median(own.lifts)
    return arm.name, arm.label, str(len(own.lifts)), DASH if middle is None else scope.wording.times(middle)


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
