"""What an experiment's design is, as a fingerprint: whoever changes it after the first post cannot do so unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto

from toolkit.experiments.experiment import Experiment
from toolkit.values import dataclass


class Standing(Enum):
    """Whether the design is the one that was registered."""

    OPEN = auto()  # nobody has registered it
    REGISTERED = auto()
    LATE = auto()  # registered when posts of an arm were out already
    EXPLAINED = auto()  # changed afterwards, and the change says why
    CHANGED = auto()  # changed afterwards without a word


@dataclass(frozen=True, slots=True)
class Difference:
    """One key of the design, as it was and as it is."""

    key: str
    before: str
    after: str


def design_of(experiment: Experiment) -> Mapping[str, str]:
    """Key → value of everything that decides what the result will be; title, owner and text do not.

    Numbers as they are meant, so that 1.5 and 1.50 are the same design.
    """
    return {
        "hypothesis": " ".join(experiment.hypothesis.split()),
        "metric": experiment.metric,
        "unit": experiment.unit,
        "arms": " / ".join(experiment.labels),
        "start": experiment.start.isoformat(),
        "stop": experiment.stop.isoformat(),
        "factor": f"{experiment.factor:g}",
        "power": f"{experiment.power:g}",
        "planned": str(experiment.planned),
        "analysis": experiment.analysis,
        "least": str(experiment.least) if experiment.least < experiment.planned else "",
        "decision": " ".join(experiment.decision.split()),
        "pool": experiment.pool,
    }


def fingerprint(experiment: Experiment) -> str:
    """``sha256:…`` of the design."""
    text = json.dumps(design_of(experiment), ensure_ascii=False, sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def standing(experiment: Experiment, first_post: datetime | None) -> Standing:
    """How the design stands to what was registered; `first_post` is when an arm's first post was or will be out."""
    record = experiment.registered
    if record is None:
        return Standing.OPEN
    last = experiment.changes[-1].hash if experiment.changes else record.hash
    if last != fingerprint(experiment):
        return Standing.CHANGED
    if record.at is not None and first_post is not None and record.at > first_post:
        return Standing.LATE
    return Standing.EXPLAINED if experiment.changes else Standing.REGISTERED


def differences(before: Experiment, after: Experiment) -> tuple[Difference, ...]:
    """The keys in which two designs differ."""
    old, new = design_of(before), design_of(after)
    return tuple(Difference(key, old[key], new[key]) for key in new if old[key] != new[key])
