from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.conformance import Outcome, outcomes
from toolkit.language.spelling import SpellingError, open_speller

# Scenarios of Vale's own suite that come out otherwise here, and why.
DEVIATIONS = {
    "Repetition": "Vale reports column 1 for a repeated word with markup in between; here it stands where it stands: "
    "27:9 and 35:12",
}


@pytest.fixture(scope="session")
def ran(shared_data: Path) -> list[Outcome]:
    """Every scenario, run once."""
    try:
        open_speller("en")
    except SpellingError as error:
        pytest.skip(str(error))
    return list(outcomes(shared_data))


@pytest.mark.parametrize("suite", ["Google", "Microsoft"])
def test_packages_find_what_vale_finds(ran: list[Outcome], suite: str) -> None:
    """Every alert of a package stands at the line, column and rule that Vale gives it, and there is no other."""
    own = [outcome for outcome in ran if outcome.scenario.suite == suite]
    assert len(own) >= 12
    for outcome in own:
        assert outcome.found.keys() == outcome.wanted.keys(), outcome.scenario.name
    wanted = sum(len(outcome.wanted) for outcome in own)
    assert sum(outcome.messages for outcome in own) / wanted >= 0.95


def test_vales_own_scenarios_come_out_the_same(ran: list[Outcome]) -> None:
    """Whatever of Vale's own suite comes out otherwise is named, with the reason."""
    own = [outcome for outcome in ran if outcome.scenario.suite.startswith("Vale/")]
    assert len(own) >= 28
    assert {outcome.scenario.name for outcome in own if not outcome.passed} == set(DEVIATIONS)
    assert sum(outcome.passed for outcome in own) / len(own) >= 0.9


def test_a_deviation_is_about_a_column_only(ran: list[Outcome]) -> None:
    """In the scenario that deviates the same words are found in the same lines."""

    def lines(places: object) -> list[str]:
        return sorted(":".join((*place.split(":")[:2], *place.split(":")[3:])) for place in places)  # type: ignore[attr-defined]  # the keys of a dictionary

    [outcome] = [outcome for outcome in ran if outcome.scenario.name in DEVIATIONS]
    assert lines(outcome.found) == lines(outcome.wanted)
