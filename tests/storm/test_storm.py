"""Storms of real processes: killed, stopped, hindered, on a real ledger. See README.md for what they prove."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.servers.postgres import run_postgres
from tests.storm.storms import count, faults_of, storm
from tests.storm.weather import POINTS, Weather

# A longer storm: LEITSTAND_STORM_POSTS=2000 LEITSTAND_STORM_SEEDS=1,2,3
POSTS = int(os.environ.get("LEITSTAND_STORM_POSTS", "150"))
SEEDS = [int(seed) for seed in os.environ.get("LEITSTAND_STORM_SEEDS", "1").split(",")]
SECONDS = max(60.0, POSTS / 4)
MOST = 4  # storms until every crash point was met

pytestmark = [pytest.mark.storm, pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")]


def no_fault(result: dict[str, object]) -> None:
    """Nothing doubled, nothing lost, nothing forgotten."""
    said = f"replay with LEITSTAND_STORM_SEEDS={result['seed']}: {result}"
    assert faults_of(result) == [], said


def storms(folder: Path, weather: Weather) -> dict[str, object]:
    """The first storm; none of them has a fault, and together they met every crash point.

    Who is killed when is up to the machine, so that a busy one may leave out a point: then there is another storm.
    """
    first: dict[str, object] = {}
    met: set[str] = set()
    for more in range(MOST):
        result = storm(folder / str(more), replace(weather, seed=weather.seed + 100 * more))
        no_fault(result)
        first, points = first or result, result["crash_points"]
        assert isinstance(points, dict)
        met |= set(points)
        if met == set(POINTS):
            break
    assert met == set(POINTS)
    return first


@pytest.mark.parametrize("seed", SEEDS)
def test_no_kill_doubles_or_loses_a_post(tmp_path: Path, seed: int) -> None:
    """Three dispatchers, killed at random and at each crash point: 0 duplicates, 0 losses; only blind ones are held."""
    result = storms(tmp_path, Weather(seed=seed, posts=POSTS, seconds=SECONDS))
    assert count(result, "kills") >= 10
    assert count(result, "copies") >= 1


def test_no_kill_doubles_or_loses_a_reply(tmp_path: Path) -> None:
    """Every second one answers somebody: the same promise, at every crash point."""
    outcome = storms(tmp_path, Weather(seed=8, posts=POSTS, seconds=SECONDS, answers=2))["result"]
    assert isinstance(outcome, dict)
    assert sum(":answer:" in key for key in outcome) >= POSTS // 2


@pytest.mark.parametrize("seed", SEEDS)
def test_a_process_that_sleeps_through_its_lease_doubles_nothing(tmp_path: Path, seed: int) -> None:
    """Most blows stop a dispatcher for up to two and a half leases, and then let it go on."""
    result = storm(tmp_path, Weather(seed=seed, posts=POSTS // 2, stop=0.7, lease=1.0, seconds=SECONDS))
    no_fault(result)
    assert count(result, "stops") >= 2


def test_a_shared_database_doubles_and_loses_nothing(tmp_path: Path) -> None:
    """The same storm on PostgreSQL."""
    with run_postgres() as server:
        result = storm(tmp_path / "pg", Weather(seed=5, posts=POSTS, seconds=SECONDS, address=server.address))
    no_fault(result)
    assert count(result, "kills") >= 10


def test_one_two_four_or_eight_dispatchers_give_the_same_result(tmp_path: Path) -> None:
    """The weather is the same for whoever asks; so is what becomes of every part, however many send."""
    results = []
    for dispatchers in (1, 2, 4, 8):
        weather = Weather(seed=6, posts=POSTS // 3, dispatchers=dispatchers, kills=False, own_trouble=0.0)
        result = storm(tmp_path / str(dispatchers), weather)
        no_fault(result)
        results.append(result["result"])
    assert results[0]
    assert all(result == results[0] for result in results)
