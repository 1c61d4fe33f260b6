"""Groups of real posts compared: the status stands out, seven videos are not enough, and noise stays noise."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pytest

from toolkit.kpis.comparing import compare_values


@pytest.fixture(scope="module")
def consumers(shared_data: Path) -> dict[str, list[float]]:
    """Consumers of five hundred posts of one page (Moro, Rita, Vala 2016) by their type."""
    groups: dict[str, list[float]] = {}
    with (shared_data / "facebook_metrics" / "dataset_Facebook.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            groups.setdefault(line["Type"], []).append(float(line["Lifetime Post Consumers"]))
    return groups


def test_the_papers_finding(consumers: dict[str, list[float]]) -> None:
    """Of the types that have enough posts a status does best, beyond chance; of seven videos nothing is said."""
    found = compare_values(consumers)
    groups = {one.name: one.against_rest for one in found.groups}
    assert found.overall is not None
    assert found.overall[0] == pytest.approx(79.7, abs=0.05)
    assert (groups["Video"].n[0], groups["Video"].enough) == (7, False)
    enough = {name: one for name, one in groups.items() if one.enough}
    assert max(enough, key=lambda name: enough[name].effect) == "Status"
    assert (groups["Status"].p or 1) < 1e-9
    assert groups["Link"].effect < -0.4


def test_the_needed_posts_grow_with_the_spread(consumers: dict[str, list[float]]) -> None:
    """Wilder posts need more of them before a doubling shows; where all are equal nothing can be said."""
    tame = {name: [value**0.5 for value in some] for name, some in consumers.items()}
    wild, calm = compare_values(consumers).needed, compare_values(tame).needed
    assert wild is not None
    assert calm is not None
    assert wild > 2 * calm
    assert compare_values({"a": [3.0] * 9, "b": [3.0] * 9}).needed is None


def test_weekdays_of_noise_do_not_differ() -> None:
    """In a hundred tries with seven equal groups, hardly ever one is said to differ."""
    claimed = 0
    for seed in range(100):
        chance = Random(seed)
        groups = {day: [chance.lognormvariate(3, 1.2) for _post in range(15)] for day in "1234567"}
        claimed += any((one.against_rest.p or 1) < 0.05 for one in compare_values(groups).groups)
    assert claimed <= 10
