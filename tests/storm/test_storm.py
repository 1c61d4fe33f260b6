from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storm.weather import POINTS, Weather

ROOT = Path(__file__).resolve().parents[2]
# A longer storm: LEITSTAND_STORM_POSTS=2000 LEITSTAND_STORM_SEEDS=1,2,3
POSTS = int(os.environ.get("LEITSTAND_STORM_POSTS", "160"))
SEEDS = [int(seed) for seed in os.environ.get("LEITSTAND_STORM_SEEDS", "1").split(",")]

FAULTS = (
    "duplicates",
    "losses",
    "confirmed_but_absent",
    "held_but_not_blind",
    "out_without_intent",
    "wrong_order",
    "forgotten_in_copies",
)

pytestmark = [pytest.mark.storm, pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")]


def storm(folder: Path, weather: Weather) -> dict[str, object]:
    """Run a storm in a process of its own, because it forks."""
    command = [sys.executable, "-m", "tests.storm.driver", str(folder), weather.to_json()]
    limit = 2 * weather.seconds + 30
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False)
    assert done.returncode == 0, f"seed {weather.seed}: {done.stderr[-2000:]}"
    result: dict[str, object] = json.loads(done.stdout)
    print(json.dumps(result))
    return result


def no_fault(result: dict[str, object]) -> None:
    """Nothing doubled, nothing lost, nothing forgotten."""
    said = f"replay with LEITSTAND_STORM_SEEDS={result['seed']}: {result}"
    for name in FAULTS:
        assert result[name] == 0, said
    assert result["rows"] == result["parts"], said
    assert result["integrity"] == "ok", said


@pytest.mark.parametrize("seed", SEEDS)
def test_no_kill_doubles_or_loses_a_post(tmp_path: Path, seed: int) -> None:
    """Three dispatchers, killed at random and at each crash point: 0 duplicates, 0 losses; only blind ones are held."""
    result = storm(tmp_path, Weather(seed=seed, posts=POSTS, seconds=max(60.0, POSTS / 4)))
    no_fault(result)
    assert int(str(result["kills"])) >= 10
    met = result["crash_points"]
    assert isinstance(met, dict)
    assert set(met) == set(POINTS)
    assert int(str(result["copies"])) >= 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_process_that_sleeps_through_its_lease_doubles_nothing(tmp_path: Path, seed: int) -> None:
    """Most blows stop a dispatcher for up to two and a half leases, and then let it go on."""
    weather = Weather(seed=seed, posts=POSTS // 2, stop=0.7, lease=1.0, seconds=max(60.0, POSTS / 4))
    result = storm(tmp_path, weather)
    no_fault(result)
    assert int(str(result["stops"])) >= 2


def test_without_the_intent_row_the_storm_finds_duplicates(tmp_path: Path) -> None:
    """The storm is worth something: it finds the fault of a scheduler that writes down only what is over."""
    result = storm(tmp_path, Weather(seed=2, posts=120, intent=False, own_kill=0.03, seconds=20))
    assert int(str(result["duplicates"])) > 0


def test_without_settling_the_storm_finds_duplicates(tmp_path: Path) -> None:
    """Believing at once that a post is absent doubles it while the network lags."""
    weather = Weather(seed=3, posts=120, settle=0.0, over=0.0, lag=1.0, lost=0.2, seconds=20)
    result = storm(tmp_path, weather)
    assert int(str(result["duplicates"])) > 0


def test_replaying_forgotten_keys_the_storm_finds_duplicates(tmp_path: Path) -> None:
    """A network that forgets its keys sooner than it says gets posts twice."""
    result = storm(tmp_path, Weather(seed=4, posts=120, key_memory=0.2, lost=0.2, lag=1.0, settle=2.0, seconds=20))
    assert "key" in str(result["duplicate_classes"])
