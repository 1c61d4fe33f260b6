"""Starting storms from tests and from `long`: each in a process of its own, because it forks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.storm.verdict import FAULTS
from tests.storm.weather import Weather

ROOT = Path(__file__).resolve().parents[2]


def start_storm(folder: Path, weather: Weather) -> subprocess.Popen[str]:
    """A storm that blows by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.storm.driver", str(folder), weather.to_json()]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end_storm(process: subprocess.Popen[str], weather: Weather) -> dict[str, object]:
    """Wait for it; its figures. Raises `AssertionError` with the seed when it came to nothing."""
    try:
        out, errors = process.communicate(timeout=2 * weather.seconds + 30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise AssertionError(f"seed {weather.seed}: the storm did not end") from None
    if process.returncode:
        raise AssertionError(f"seed {weather.seed}: {errors[-2000:]}")
    result: dict[str, object] = json.loads(out)
    return result


def storm(folder: Path, weather: Weather) -> dict[str, object]:
    """One storm; prints its figures."""
    result = end_storm(start_storm(folder, weather), weather)
    print(json.dumps({name: value for name, value in result.items() if name != "result"}))
    return result


def faults_of(result: dict[str, object]) -> list[str]:
    """What is promised and was not kept; [] after a good storm."""
    broken = [f"{name} {result[name]}" for name in FAULTS if result[name]]
    if result["rows"] != result["parts"]:
        broken.append(f"rows {result['rows']} of {result['parts']}")
    return broken


def count(result: dict[str, object], name: str) -> int:
    """A figure as a number."""
    return int(str(result[name]))
