"""Questions about the strategy's monthly targets: whether one is a number that a month like the last ones could be.

The forecast is `toolkit.kpis.goals`'. A target is unlike the months when it lies in the tails of the forecast: then
nobody steers by it, because it is out of reach, or because it is reached by doing nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.errors import LeitstandError
from toolkit.kpis import Engine
from toolkit.kpis.goals import GoalOutlook, goal_outlooks
from toolkit.learning.changes import Change, read_page
from toolkit.learning.question import Answer, Kind, write_change
from toolkit.messages import _
from toolkit.model import SourceText
from toolkit.source import Edit, Fields, Tree, read_frontmatter
from toolkit.workspace import STRATEGY, Goal

_SHAPE: Final = "{metric: interactions, target: 600}"


def ask_goals(goals: Sequence[Goal], engine: Engine, zone: ZoneInfo, now: datetime) -> list[Answer]:
    """One answer for each goal whose months are known well enough to look ahead."""
    found = [_answer(one) for one in goal_outlooks(goals, engine, zone, now)]
    return [answer for answer in found if answer is not None]


def goal_change(tree: Tree, name: str, target: str, unless: str = "") -> Change:
    """The strategy with the other target in the goal's place.

    Raises `LeitstandError` when the goal is gone; with `unless`, when another number than that stands there.
    """
    text = read_page(tree, STRATEGY)
    if text is None:
        raise LeitstandError(_("{path} cannot be read").format(path=STRATEGY))
    front, problems = read_frontmatter(SourceText(STRATEGY, text))
    for fields in Fields(front, problems).items("goals", _SHAPE):
        if goal_name(fields.text("metric"), fields.text("channel")) == name and fields.has("target"):
            if unless and fields.text("target") != unless:
                raise LeitstandError(_("{path}: {name} is another one by now").format(path=STRATEGY, name=name))
            return Change(STRATEGY, text, (Edit(*front.offsets(fields.key("target")), target),))
    raise LeitstandError(_("{path}: there is no goal {name} any more").format(path=STRATEGY, name=name))


def goal_name(metric: str, channel: str) -> str:
    """The goal's name among the questions."""
    return f"{metric} {channel}" if channel else metric


def _answer(one: GoalOutlook) -> Answer | None:
    """The month to come with its interval; p is how often a month would lie as far out as the target, to either side."""
    if one.outlook is None or one.chance is None:
        return None
    interval, target = one.outlook.interval(), rounded(one.outlook.value)
    name = goal_name(one.goal.metric, one.goal.channel)
    return Answer(
        Kind.GOAL,
        name,
        n=len(one.known),
        others=one.reached,
        value=one.outlook.value,
        low=interval.low,
        high=interval.high,
        p=min(1.0, 2 * min(one.chance, 1 - one.chance)),
        remedy=f"{target:g}" if target != one.goal.target else "",
        changed=(write_change(name, f"{one.goal.target:g}", f"{target:g}"),),
    )


def rounded(value: float) -> float:
    """Two figures: nobody steers by more.

    >>> rounded(1368.2), rounded(0.0347)
    (1400.0, 0.035)
    """
    return float(f"{value:.2g}")
