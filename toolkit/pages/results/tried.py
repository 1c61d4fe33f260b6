"""What the pages about experiments and posting times show; `trying` finds it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from toolkit.values import dataclass

if TYPE_CHECKING:
    from toolkit.experiments.experiment import Experiment
    from toolkit.experiments.fingerprint import Difference, Standing
    from toolkit.experiments.results import Outcome
    from toolkit.learning.times import Times


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
