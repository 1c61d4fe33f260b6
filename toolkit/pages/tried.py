"""What the pages about experiments and posting times show: counted once for each import, day and design."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from toolkit import __version__
from toolkit.experiments import (
    Difference,
    Experiment,
    Numbers,
    Outcome,
    Standing,
    changed_keys,
    fingerprint,
    first_post,
    labels_of,
    outcome_of,
    read_experiments,
    standing,
)
from toolkit.kpis import known_subjects
from toolkit.learning.times import CellTime, Times, read_times
from toolkit.source.writing import replace_file
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.metrics import Store

NAME: Final = "tried-pages.json"


@dataclass(frozen=True, slots=True)
class Experience:
    """One experiment; `outcome` is None before anything was counted, `changed` what differs from its registration."""

    experiment: Experiment
    standing: Standing
    outcome: Outcome | None
    changed: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """All experiments, the latest first, and channel → its week; "" is all channels together. Nothing for outsiders."""

    experiences: tuple[Experience, ...] = ()
    times: Mapping[str, Times] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Counted:
    times: Mapping[str, Times]
    outcomes: Mapping[str, Outcome]


def read_tried(workspace: Workspace, state: Path, now: datetime) -> Tried:
    """What is known now; without observations only the designs."""
    experiments, _problems = read_experiments(workspace.tree)
    store = _open(state)
    counted = _counts(workspace, experiments, state, store, now) if store else _Counted({}, {})
    found = (_experience(workspace, one, counted.outcomes.get(one.name)) for one in experiments)
    latest = sorted(found, key=lambda one: (one.experiment.stop, one.experiment.name), reverse=True)
    return Tried(tuple(latest), counted.times)


def _experience(workspace: Workspace, one: Experiment, outcome: Outcome | None) -> Experience:
    where = standing(one, first_post(one, workspace.posts))
    looked = where in (Standing.CHANGED, Standing.EXPLAINED)
    return Experience(one, where, outcome, changed_keys(workspace.root, one) if looked else ())


def _open(state: Path) -> Store | None:
    try:
        from toolkit.metrics import open_store

        store = open_store(state)
        return store if store.imports() else None
    except ImportError:
        return None


def _counts(
    workspace: Workspace, experiments: Sequence[Experiment], state: Path, store: Store, now: datetime
) -> _Counted:
    """Kept until an import, another design or label, or a new day."""
    zone = ZoneInfo(workspace.settings.timezone)
    said = [__version__, now.astimezone(zone).date().isoformat(), list(workspace.settings.accounts)]
    arms = {label for one in experiments for label in one.labels}
    labels = sorted((post.uid, sorted(arms & set(post.labels))) for post in workspace.posts if arms & set(post.labels))
    designs = [fingerprint(one) for one in experiments]
    key = hashlib.sha256(json.dumps([said, labels, designs, [one.id for one in store.imports()]]).encode()).hexdigest()
    path = state / "cache" / NAME
    known = {one.name: one for one in experiments}
    return _kept(path, key, known) or _keep(path, key, _count(workspace, experiments, store, now))


def _count(workspace: Workspace, experiments: Sequence[Experiment], store: Store, now: datetime) -> _Counted:
    subjects = known_subjects(store.subjects(), workspace.posts)
    numbers, labels = Numbers(store, subjects, ZoneInfo(workspace.settings.timezone), now), labels_of(workspace.posts)
    weeks = read_times(numbers, workspace.settings.accounts)
    outcomes = {one.name: outcome_of(one, numbers, labels) for one in experiments}
    return _Counted({one.channel: one.times for one in weeks}, outcomes)


def _kept(path: Path, key: str, experiments: Mapping[str, Experiment]) -> _Counted | None:
    try:
        raw = json.loads(path.read_bytes())
        if raw["key"] != key:
            return None
        times = {name: Times(n, tuple(CellTime(*cell) for cell in cells)) for name, (n, cells) in raw["times"].items()}
        outcomes = {
            name: Outcome(
                experiments[name], (tuple(one[0]), tuple(one[1])), date.fromisoformat(seen), over, tuple(posts)
            )
            for name, (one, seen, over, posts) in raw["outcomes"].items()
        }
        return _Counted(times, outcomes)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(path: Path, key: str, counted: _Counted) -> _Counted:
    times = {name: [one.n, [astuple(cell) for cell in one.cells]] for name, one in counted.times.items()}
    outcomes = {name: [one.lifts, one.seen.isoformat(), one.over, one.posts] for name, one in counted.outcomes.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, json.dumps({"key": key, "times": times, "outcomes": outcomes}).encode())
    return counted
