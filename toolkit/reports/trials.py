"""Experiments as files (`content/experiments/*.md`): what is tried, on which posts, until when, and what would decide it.

The arms are labels of posts::

    ---
    title: Question or statement
    owner: ines
    hypothesis: A question in the first line brings more interactions.
    metric: interactions            # a KPI of posts
    arms:
      - {name: question, label: try-question}
      - {name: statement, label: try-statement}
    start: 2026-10-01
    stop: 2026-11-30
    planned: 12                     # posts of each arm; before, nobody is called a winner
    factor: 1.5                     # the smallest difference that is worth knowing
    analysis: always-valid          # may be looked at and ended at any time; fixed (the default): one look at the end
    ---
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from toolkit.kpis import KPIS, Of
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.settings import unknown_name
from toolkit.source import Fields, Tree, decode, read_frontmatter

EXPERIMENTS: Final = "content/experiments"
KEYS: Final = {
    "title": "Name of the experiment.",
    "owner": "Person who answers for it.",
    "hypothesis": "What is expected, in one sentence.",
    "metric": "Name of a KPI of posts.",
    "arms": "The two things that are compared, each with a name and the label of its posts.",
    "start": "First day.",
    "stop": "Last day.",
    "planned": "Posts of each arm.",
    "factor": "The smallest difference that is worth knowing.",
    "analysis": "fixed: one look when all posts are counted; always-valid: may be looked at and ended at any time.",
}
ARM_KEYS: Final = {"name": "What the report calls it.", "label": "Label of its posts."}
FIXED: Final = "fixed"
ALWAYS: Final = "always-valid"
ANALYSES: Final = (FIXED, ALWAYS)
ARM_SHAPE: Final = "{name: question, label: try-question}"


@dataclass(frozen=True, slots=True)
class Arm:
    """One of the things that are compared."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One experiment. `name` is the file's name without .md."""

    name: str
    title: str
    owner: str
    hypothesis: str
    metric: str
    arms: tuple[Arm, ...]
    start: date
    stop: date
    planned: int
    factor: float
    text: str
    analysis: str = FIXED


def read_trials(tree: Tree) -> tuple[list[Trial], list[Problem]]:
    """All experiments in the order of their first days; what cannot be used is a problem with its place."""
    trials, problems = [], list[Problem]()
    for path in tree.paths(EXPERIMENTS, ".md"):
        trial, found = _read(path, tree.read(path))
        problems += found
        trials += [trial] if trial is not None else []
    return sorted(trials, key=lambda trial: (trial.start, trial.name)), problems


def _read(path: str, data: bytes) -> tuple[Trial | None, list[Problem]]:
    source, problems = decode(path, data)
    if source is None:
        return None, problems
    front, found = read_frontmatter(source)
    problems += found
    if front.root is None:
        return None, problems
    fields = Fields(front, problems)
    fields.refuse_unknown(KEYS)
    arms, start, stop = tuple(_arms(fields)), fields.day("start"), fields.day("stop")
    metric = fields.text("metric") or "interactions"
    if metric not in KPIS or KPIS[metric].of is not Of.POSTS:
        fields.problem("metric", _("{name!r} is no KPI of posts; leitstand kpi lists them").format(name=metric))
        return None, problems
    if len(arms) != 2 or start is None or stop is None or stop < start:
        text = _("an experiment needs a start, a later stop and two arms: {shape}").format(shape=ARM_SHAPE)
        fields.problem("arms" if len(arms) != 2 else "start", text)
        return None, problems
    analysis = fields.text("analysis") or FIXED
    if analysis not in ANALYSES:
        fields.problem("analysis", unknown_name(_("analysis"), analysis, dict.fromkeys(ANALYSES)))
        return None, problems
    name = path.rpartition("/")[2].removesuffix(".md")
    planned, factor = _number(fields, "planned", 12), _number(fields, "factor", 1.5)
    owner, hypothesis = fields.text("owner"), fields.text("hypothesis")
    title = fields.text("title") or name
    return Trial(
        name, title, owner, hypothesis, metric, arms, start, stop, int(planned), max(factor, 1.01), front.body, analysis
    ), problems


def _arms(fields: Fields) -> Iterator[Arm]:
    for item in fields.items("arms", ARM_SHAPE):
        item.refuse_unknown(ARM_KEYS)
        if item.text("label"):
            yield Arm(item.text("name") or item.text("label"), item.text("label"))


def _number(fields: Fields, name: str, default: float) -> float:
    numbers = fields.numbers(name)
    return numbers[0] if len(numbers) == 1 and numbers[0] > 0 else default
