"""Shrunken estimates of group effects, so that a lucky group of three posts does not win.

Interactions of posts are wildly different (a typical post is three times over or under the mean), so everything is on
their logarithm. Each kind of group (weekday, pillar …) is asked about what the other kinds leave unexplained, and a
group's mean is drawn towards zero as much as its noise deserves (`toolkit.kpis.chance.shrink`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

from toolkit.kpis.chance import FEWEST, shrink

Z90: Final = 1.6448536269514722  # two-sided 90 %
_ROUNDS: Final = 5  # it settles after three


@dataclass(frozen=True, slots=True)
class Sample:
    """One post's result: the logarithm of its interactions over what its channel usually has."""

    unit: str
    group: str
    lift: float


@dataclass(frozen=True, slots=True)
class Effect:
    """What a group is worth: 1.2 means a fifth more interactions than usual. 90 % interval."""

    group: str
    n: int  # posts
    factor: float
    low: float
    high: float

    @property
    def reliable(self) -> bool:
        """Whether the interval leaves "no difference" out."""
        return self.low > 1 or self.high < 1


def estimate(samples: Iterable[Sample], fewest: int = FEWEST) -> tuple[Effect, ...]:
    """The groups with at least `fewest` posts, best first.

    A post that went to several channels counts once, with the mean of its lifts: its channels share its luck.
    """
    groups: dict[str, list[float]] = {}
    for group, lift in _one_per_post(samples):
        groups.setdefault(group, []).append(lift)
    groups = {group: lifts for group, lifts in groups.items() if len(lifts) >= fewest}
    if len(groups) < 2:
        return ()
    noise = max(_pooled_variance(list(groups.values())), 1e-9)
    means = [sum(lifts) / len(lifts) for lifts in groups.values()]
    shrunken = shrink(means, [noise / len(lifts) for lifts in groups.values()])
    effects = []
    for (group, lifts), (value, deviation) in zip(groups.items(), shrunken, strict=True):
        low, high = exp(value - Z90 * deviation), exp(value + Z90 * deviation)
        effects.append(Effect(group, len(lifts), exp(value), low, high))
    return tuple(sorted(effects, key=lambda effect: (-effect.factor, effect.group)))


def unexplained(groups: Mapping[str, Sequence[str]], lifts: Sequence[float]) -> dict[str, list[float]]:
    """Kind → each lift less what the other kinds explain. `groups` names each lift's group, one list per kind.

    Otherwise a weekday would be praised for the good pillar that happened to go out on it.
    """
    return _fit(groups, lifts)[1]


def explain(groups: Mapping[str, Sequence[str]], lifts: Sequence[float]) -> dict[str, dict[str, float]]:
    """Kind → group → what it adds, all kinds fitted together: least squares by fitting one kind after another."""
    return _fit(groups, lifts)[0]


def _fit(
    groups: Mapping[str, Sequence[str]], lifts: Sequence[float]
) -> tuple[dict[str, dict[str, float]], dict[str, list[float]]]:
    explained = {kind: [0.0] * len(lifts) for kind in groups}
    levels: dict[str, dict[str, float]] = {}

    def rest(kind: str) -> list[float]:
        others = [values for other, values in explained.items() if other != kind]
        return [lift - sum(values[at] for values in others) for at, lift in enumerate(lifts)]

    for _round in range(_ROUNDS):
        for kind, names in groups.items():
            levels[kind] = _means(names, rest(kind))
            explained[kind] = [levels[kind][name] for name in names]
    return levels, {kind: rest(kind) for kind in groups}


def _means(names: Iterable[str], values: Iterable[float]) -> dict[str, float]:
    groups: dict[str, list[float]] = {}
    for name, value in zip(names, values, strict=True):
        groups.setdefault(name, []).append(value)
    return {name: sum(some) / len(some) for name, some in groups.items()}


def _one_per_post(samples: Iterable[Sample]) -> list[tuple[str, float]]:
    lifts: dict[tuple[str, str], list[float]] = {}
    for sample in samples:
        lifts.setdefault((sample.group, sample.unit), []).append(sample.lift)
    return [(group, sum(values) / len(values)) for (group, _unit), values in sorted(lifts.items())]


def _pooled_variance(groups: Sequence[Sequence[float]]) -> float:
    squares = sum(sum((lift - sum(lifts) / len(lifts)) ** 2 for lift in lifts) for lifts in groups)
    freedom = sum(len(lifts) - 1 for lifts in groups)
    return squares / freedom if freedom else 0.0
