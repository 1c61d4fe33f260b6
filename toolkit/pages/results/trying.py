"""Reading experiments and counting posting times: once for each import, day and design."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from toolkit import __version__
from toolkit.experiments.anytime import Gap
from toolkit.experiments.counted import Counted, Numbers
from toolkit.experiments.counts import Brought
from toolkit.experiments.experiment import Analysis, Experiment
from toolkit.experiments.fingerprint import Standing, fingerprint, standing
from toolkit.experiments.marks import Marks, read_marks
from toolkit.experiments.past import changed_keys
from toolkit.experiments.reading import read_experiments
from toolkit.experiments.results import ArmPosts, Outcome, first_post, outcome_of
from toolkit.kpis import known_subjects
from toolkit.learning.times import CellTime, Times, read_times
from toolkit.pages.kept import digest, kept, known_store
from toolkit.pages.results.tried import Experience, Tried
from toolkit.values import dataclass
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.metrics import Store


NAME: Final = "tried-pages.json"


@dataclass(frozen=True, slots=True)
class _Counted:
    times: Mapping[str, Times]
    outcomes: Mapping[str, Outcome]


def read_tried(workspace: Workspace, state: Path, now: datetime) -> Tried:
    """What is known now; without observations only the designs."""
    experiments, _problems = read_experiments(workspace.tree)
    store, marks = known_store(state), read_marks(workspace, experiments, now)
    counted = _counts(workspace, experiments, marks, state, store, now=now) if store else _Counted({}, {})
    found = (_experience(workspace, one, marks, counted.outcomes.get(one.name)) for one in experiments)
    latest = sorted(found, key=lambda one: (one.experiment.stop, one.experiment.name), reverse=True)
    return Tried(tuple(latest), counted.times)


def _experience(workspace: Workspace, one: Experiment, marks: Marks, outcome: Outcome | None) -> Experience:
    where = standing(one, first_post(one, marks)) if outcome is None else outcome.standing
    looked = where in (Standing.CHANGED, Standing.EXPLAINED)
    return Experience(one, where, outcome, changed_keys(workspace.root, one) if looked else ())


def _counts(
    workspace: Workspace, experiments: Sequence[Experiment], marks: Marks, state: Path, store: Store, *, now: datetime
) -> _Counted:
    """Kept until an import, another design or label, or a new day."""
    zone = ZoneInfo(workspace.settings.timezone)
    said = [__version__, now.astimezone(zone).date().isoformat(), list(workspace.settings.accounts)]
    arms = {label for one in experiments for label in one.labels}
    marked = ((uid, marks.labels(uid), marks.today.get(uid, frozenset())) for uid in sorted(marks.uids))
    labels = [
        [uid, sorted(arms & bound), sorted(arms & today), str(marks.times.get(uid))]
        for uid, bound, today in marked
        if arms & (bound | today)
    ]
    designs = [[one.name, fingerprint(one), str(one.registered), str(one.changes), marks.known] for one in experiments]
    key = digest(json.dumps([said, labels, designs, [one.id for one in store.imports()]]))
    known = {one.name: one for one in experiments}
    return kept(
        state / "cache" / NAME,
        key,
        lambda: _count(workspace, experiments, marks, store, now),
        _plain,
        lambda raw: _read(raw, known),
    )


def _count(
    workspace: Workspace, experiments: Sequence[Experiment], marks: Marks, store: Store, now: datetime
) -> _Counted:
    subjects = known_subjects(store.subjects(), workspace.posts)
    numbers = Numbers(store, subjects, ZoneInfo(workspace.settings.timezone), now)
    weeks = read_times(numbers, workspace.settings.accounts)
    outcomes = {one.name: outcome_of(one, numbers, marks) for one in experiments}
    return _Counted({one.channel: one.times for one in weeks}, outcomes)


def _plain(counted: _Counted) -> object:
    times = {name: [one.n, [astuple(cell) for cell in one.cells]] for name, one in counted.times.items()}
    return {"times": times, "outcomes": {name: _plain_outcome(one) for name, one in counted.outcomes.items()}}


def _read(raw: Any, experiments: Mapping[str, Experiment]) -> _Counted:
    times = {name: Times(n, tuple(CellTime(*cell) for cell in cells)) for name, (n, cells) in raw["times"].items()}
    outcomes = {name: _outcome(experiments[name], one) for name, one in raw["outcomes"].items()}
    return _Counted(times, outcomes)


def _plain_outcome(one: Outcome) -> dict[str, object]:
    """An outcome as JSON takes it; its experiment is the file's."""
    arms = [
        [
            [[post.uid, post.at.isoformat(), post.ripe.isoformat(), astuple(post.brought)] for post in arm.counted],
            arm.surplus,
            arm.waiting,
        ]
        for arm in one.arms
    ]
    days = [one.seen.isoformat(), one.last.isoformat()]
    # The one look at the end takes SciPy, whose loading alone takes a second.
    ranked = one.ranked if one.full and one.experiment.analysis is Analysis.FIXED else None
    return {
        "standing": one.standing.name,
        "arms": arms,
        "days": days,
        "proven": one.proven,
        "ranked": astuple(ranked) if ranked else None,
    }


def _outcome(experiment: Experiment, raw: Mapping[str, Any]) -> Outcome:
    first, second = (
        ArmPosts(tuple(_counted(post) for post in counted), tuple(surplus), tuple(waiting))
        for counted, surplus, waiting in raw["arms"]
    )
    seen, last = map(date.fromisoformat, raw["days"])
    found = Outcome(experiment, Standing[raw["standing"]], (first, second), seen, last, bool(raw["proven"]))
    if raw["ranked"]:
        (one, other), *numbers = raw["ranked"]
        vars(found)["ranked"] = Gap((int(one), int(other)), *map(float, numbers))
    return found


def _counted(raw: Sequence[Any]) -> Counted:
    uid, at, ripe, brought = raw
    return Counted(uid, datetime.fromisoformat(at), datetime.fromisoformat(ripe), Brought(*brought))
