"""What experiments brought: each that has been decided by its own registered rule is a question answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import exp
from zoneinfo import ZoneInfo

from toolkit.experiments.counted import Numbers
from toolkit.experiments.reading import read_experiments
from toolkit.experiments.results import Outcome, read_outcomes
from toolkit.experiments.verdicts import DECIDED, decide
from toolkit.kpis import Engine
from toolkit.learning.question import Answer, Kind
from toolkit.messages import _
from toolkit.model import Subject
from toolkit.workspace import Workspace


def ask_experiments(
    workspace: Workspace, engine: Engine, subjects: Mapping[str, Subject], now: datetime
) -> list[Answer]:
    """One answer for each experiment that may be decided now; nobody looks at one before."""
    numbers = Numbers(engine, subjects, ZoneInfo(workspace.settings.timezone), now)
    experiments, _problems = read_experiments(workspace.tree)
    found = [_answer(one) for one in read_outcomes(workspace, numbers, experiments)]
    return [one for one in found if one is not None]


def _answer(outcome: Outcome) -> Answer | None:
    """The leading arm over the other one, with the verdict's own interval; None before its time."""
    verdict = decide(outcome)
    found = verdict.gap
    if verdict.finding not in DECIDED or found is None:
        return None
    sign = -1 if verdict.leading else 1
    low, high = sorted(exp(sign * edge) for edge in (found.low, found.high))
    value = exp(sign * found.difference)
    first, second = (outcome.experiment.arms[at] for at in (verdict.leading, 1 - verdict.leading))
    label = _("“{first}” instead of “{second}”").format(first=first.name, second=second.name)
    n, others = (found.n[at] for at in (verdict.leading, 1 - verdict.leading))
    return Answer(
        Kind.EXPERIMENT,
        outcome.experiment.name,
        n,
        others,
        value=value,
        low=low,
        high=high,
        p=found.p,
        expected=value,
        won=verdict.winner is not None,
        label=label,
    )
