"""Bugs planted on purpose: each storm has to find its bug within a minute, or storms prove nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.storm.storms import count, storm
from tests.storm.weather import Weather

pytestmark = [pytest.mark.storm, pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")]

BUGS = {
    "no-intent": Weather(seed=2, posts=120, own_trouble=0.02),
    "no-fencing": Weather(seed=3, posts=120, dispatchers=4),
    # Absence is believed at once, while the network lags.
    "no-settling": Weather(seed=3, posts=120, settle=0.0, over=0.0, lag=1.0, lost=0.2),
    # The network forgets its keys sooner than it says, and they are replayed all the same.
    "old-key": Weather(seed=4, posts=240, key_memory=0.2, lost=0.4, lag=1.0, settle=2.0),
    "resend-blind": Weather(seed=5, posts=120, lost=0.2),
    "upsert": Weather(seed=6, posts=120),
}
# Bugs that show on one class alone.
WHERE = {"old-key": "key", "resend-blind": "blind"}


@pytest.mark.parametrize("bug", sorted(BUGS))
def test_a_planted_bug_is_found(tmp_path: Path, bug: str) -> None:
    """Within 60 seconds the storm reports more than 0 duplicates."""
    result = storm(tmp_path, replace(BUGS[bug], bug=bug, seconds=40.0))
    assert count(result, "duplicates") > 0
    assert float(str(result["seconds"])) < 60
    if bug in WHERE:
        assert result["duplicate_classes"] == [WHERE[bug]]
