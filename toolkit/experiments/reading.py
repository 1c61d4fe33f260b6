"""Experiments as files (`content/experiments/*.md`): read with the place of everything that cannot be used.

The arms are labels of posts::

    ---
    title: Question or statement
    owner: ines
    hypothesis: A question in the first line brings more interactions.
    metric: interactions            # a KPI of posts
    unit: post                      # what an arm is made of
    arms:
      - {name: question, label: try-question}
      - {name: statement, label: try-statement}
    start: 2026-10-01
    stop: 2026-11-30
    factor: 1.5                     # the smallest difference that is worth knowing
    power: 0.8                      # how often such a difference is to be found
    planned: 36                     # posts of each arm that this takes; before, nobody is called a winner
    analysis: fixed                 # one look at the end (the default); always-valid: may be looked at at any time
    least: 20                       # always-valid only: posts of each arm from which on somebody may win
    decision: If the question wins, Tuesday's posts begin with one.
    pool: coffee-tuesday            # label of the posts that are dealt out to the arms
    registered: {at: 2026-09-28T09:00:00+02:00, by: ines, needed: 34, chance: 0.82, hash: sha256:…}
    changes:
      - {at: 2026-10-12T09:00:00+02:00, by: ines, why: A holiday, hash: sha256:…}
    ---
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import inf
from typing import Final

from toolkit.experiments.experiment import (
    EXPERIMENTS,
    FACTOR,
    PLANNED,
    POWER,
    Analysis,
    Arm,
    Change,
    Experiment,
    Registration,
    Unit,
)
from toolkit.kpis import KPIS, Of
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.settings import unknown_name
from toolkit.source import Fields, Tree, decode, read_frontmatter

EXPERIMENT_KEYS: Final[Mapping[str, str]] = {
    "title": "Name of the experiment.",
    "owner": "Person who answers for it.",
    "hypothesis": "What is expected, in one sentence.",
    "metric": "Name of a KPI of posts.",
    "unit": "What is counted once: post.",
    "arms": "The two things that are compared, each with a name and the label of its posts.",
    "start": "First day.",
    "stop": "Last day.",
    "factor": "The smallest difference that is worth knowing, such as 1.5.",
    "power": "How often such a difference is to be found, such as 0.8.",
    "planned": "Posts of each arm; before, nobody is called a winner.",
    "analysis": "fixed: one look when all posts are counted; always-valid: may be looked at and ended at any time.",
    "least": "With always-valid: posts of each arm from which on somebody may win; default: planned.",
    "decision": "What is done with the result.",
    "pool": "Label of the posts that are dealt out to the arms.",
    "registered": "Who said when that it is done like this, with the design's fingerprint.",
    "changes": "What was changed after the first post, each with a reason.",
}
ARM_KEYS: Final[Mapping[str, str]] = {"name": "What the report calls it.", "label": "Label of its posts."}
REGISTERED_KEYS: Final[Mapping[str, str]] = {
    "at": "When, with an offset.",
    "by": "Person who registered it.",
    "hash": "The design at that moment: sha256:…",
    "needed": "Posts of each arm that it takes, as calculated then.",
    "chance": "How often the planned posts find the factor, such as 0.8, as calculated then.",
}
CHANGE_KEYS: Final[Mapping[str, str]] = {
    "at": "When, with an offset.",
    "by": "Person who changed it.",
    "why": "Why, in one sentence.",
    "hash": "The design since: sha256:…",
}
ARM_SHAPE: Final = "{name: question, label: try-question}"
REGISTERED_SHAPE: Final = "{at: 2026-09-28T09:00:00+02:00, by: anna, hash: sha256:…}"
CHANGE_SHAPE: Final = "{at: 2026-10-12T09:00:00+02:00, by: anna, why: …, hash: sha256:…}"
ARMS: Final = 2


def read_experiments(tree: Tree) -> tuple[list[Experiment], list[Problem]]:
    """All experiments in the order of their first days; what cannot be used is a problem with its place."""
    experiments, problems = [], list[Problem]()
    for path in tree.paths(EXPERIMENTS, ".md"):
        experiment, found = read_experiment(path, tree.read(path))
        problems += found
        experiments += [experiment] if experiment is not None else []
    return sorted(experiments, key=lambda one: (one.start, one.name)), problems


def read_experiment(path: str, data: bytes) -> tuple[Experiment | None, list[Problem]]:
    """The experiment in `data`; None when it has no metric, arms or days that can be used."""
    source, problems = decode(path, data)
    if source is None:
        return None, problems
    front, found = read_frontmatter(source)
    problems += found
    if front.root is None:
        return None, problems
    fields = Fields(front, problems)
    fields.refuse_unknown(EXPERIMENT_KEYS)
    base = _base(fields)
    return (None if base is None else _design(fields, base)), problems


def _base(fields: Fields) -> Experiment | None:
    """What there is no experiment without."""
    arms, days, metric = tuple(_arms(fields)), _days(fields), fields.text("metric") or "interactions"
    if metric not in KPIS or KPIS[metric].of is not Of.POSTS:
        fields.problem("metric", _("{name!r} is no KPI of posts; leitstand kpi lists them").format(name=metric))
        return None
    if len(arms) != ARMS or arms[0].label == arms[1].label or days is None:
        text = _("an experiment needs a start, a later stop and two arms: {shape}").format(shape=ARM_SHAPE)
        fields.problem("start" if days is None and len(arms) == ARMS else "arms", text)
        return None
    name, front = fields.front.source.path.rpartition("/")[2].removesuffix(".md"), fields.front
    title, owner, hypothesis = fields.text("title") or name, fields.text("owner"), fields.text("hypothesis")
    return Experiment(name, title, owner, hypothesis, metric, (arms[0], arms[1]), *days, front)


def _design(fields: Fields, base: Experiment) -> Experiment | None:
    analysis = fields.text("analysis") or Analysis.FIXED
    if analysis not in set(Analysis):
        fields.problem("analysis", unknown_name(_("analysis"), analysis, dict.fromkeys(map(str, Analysis))))
        return None
    planned = _count(fields, "planned", PLANNED)
    least = _count(fields, "least", planned)
    if fields.has("least") and analysis == Analysis.FIXED:
        fields.problem("least", _("fixed has one look, when all posts are counted; least belongs to always-valid"))
        least = planned
    power = _number(fields, "power", POWER)
    if not 0 < power < 1:
        fields.problem("power", _("power must lie between 0 and 1, such as 0.8"))
        power = POWER
    return replace(
        base,
        planned=planned,
        least=min(least, planned),
        factor=max(_number(fields, "factor", FACTOR), 1.01),
        power=power,
        decision=fields.text("decision"),
        pool=fields.text("pool"),
        unit=fields.choice("unit", Unit, Unit.POST),
        analysis=Analysis(analysis),
        text=fields.front.body,
        registered=_registration(fields),
        changes=tuple(_changes(fields)),
    )


def _arms(fields: Fields) -> Iterator[Arm]:
    for item in fields.items("arms", ARM_SHAPE):
        item.refuse_unknown(ARM_KEYS)
        if item.text("label"):
            yield Arm(item.text("name") or item.text("label"), item.text("label"))


def _days(fields: Fields) -> tuple[date, date] | None:
    start, stop = fields.day("start"), fields.day("stop")
    return (start, stop) if start is not None and stop is not None and start <= stop else None


def _registration(fields: Fields) -> Registration | None:
    item = fields.table("registered", REGISTERED_SHAPE)
    if item is None:
        return None
    item.refuse_unknown(REGISTERED_KEYS)
    needed = _count(item, "needed", 1) if item.has("needed") else 0
    chance = _number(item, "chance", POWER) if item.has("chance") else None
    return Registration(item.moment("at"), item.text("by"), item.text("hash"), needed, chance)


def _changes(fields: Fields) -> Iterator[Change]:
    for item in fields.items("changes", CHANGE_SHAPE):
        item.refuse_unknown(CHANGE_KEYS)
        if not item.text("why"):
            item.problem(next(iter(item.values), ""), _("{key} is missing").format(key="why"))
        yield Change(item.moment("at"), item.text("by"), item.text("why"), item.text("hash"))


def _count(fields: Fields, name: str, default: int) -> int:
    found = fields.number(name, default)
    if found < 1:
        fields.problem(name, _("{key} must be a number above 0").format(key=name))
    return found if found > 0 else default


def _number(fields: Fields, name: str, default: float) -> float:
    text = fields.text(name)
    try:
        found = float(text) if text else default
    except ValueError:
        found = 0.0
    if 0 < found < inf:
        return found
    fields.problem(name, _("{key} must be a number above 0").format(key=name))
    return default
