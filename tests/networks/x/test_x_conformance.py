"""What the suites (tests/networks/test_suites.py) leave open about X: the cases of an older configuration."""

from __future__ import annotations

from pathlib import Path

import yaml

from toolkit.networks.x.counting import length


def test_older_weights_differ_only_for_emoji(shared_data: Path) -> None:
    """The cases for configuration 2, which gave emoji no discount, agree wherever they hold no emoji sequence."""
    suite = yaml.safe_load((shared_data / "twitter-text/validate.yml").read_text(encoding="utf-8"))["tests"]
    cases = suite["WeightedTweetsCounterTest"]
    different = [case for case in cases if length(case["text"]) != case["expected"]["weightedLength"]]
    assert all("\u200d" in case["text"] or "🏽" in case["text"] for case in different)
    assert len(different) < len(cases) / 4
