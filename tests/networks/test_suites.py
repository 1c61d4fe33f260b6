"""The networks' own conformance suites: every case comes out as they say. `pytest -s` shows how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.suites import SUITES


@pytest.mark.parametrize("name", SUITES)
def test_every_case_comes_out_as_the_suite_says(shared_data: Path, name: str) -> None:
    """Not one differs, and the suite is there at all."""
    ran = list(SUITES[name](shared_data))
    print(f"{name}: {sum(right for _case, right in ran)}/{len(ran)}")
    assert ran
    assert [case for case, right in ran if not right] == []
