"""Service hours that cannot be used are told where they stand."""

from __future__ import annotations

import pytest

from tests.lint.conftest import HANDBOOK_PAGE as PAGE
from tests.lint.conftest import Desk


def found(desk: Desk) -> list[str]:
    return [str(problem) for problem in desk.check("service-hours")]


def test_hours_that_can_be_used_say_nothing(desk: Desk) -> None:
    """Days are known in German and English."""
    desk.block("hours", "hours: [mo-fr 08:00-18:00]\nfirst_response: PT2H\n")
    assert found(desk) == []


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("hours: [mon-fri 8-18]\n", "a time is written like mon-fri 08:00-18:00, not 'mon-fri 8-18'"),
        ("first_response: PT2H\n", "hours is missing"),
        ("hours: [08:00-18:00]\nfirst_response: 2h\n", "must be hours and minutes such as PT2H"),
        ("hours: [08:00-18:00]\nfirst_response: PT0H\n", "must be hours and minutes such as PT2H"),
        ("hours: [08:00-18:00]\nfirst_response: PT99999H\n", "must be hours and minutes such as PT2H"),
        ("hours: [08:00-18:00]\nclosed: [2026-12-31/2026-12-24]\n", "closed must be days such as 2026-12-24"),
        ("hours: [08:00-18:00]\nclosed: [24.12.]\n", "closed must be days such as 2026-12-24"),
        ("hours: [08:00-18:00]\ntimezone: Europe/Berln\n", "Europe/Berlin"),
        ("hours: [08:00-18:00]\nopen: [{day: 2026-12-27}]\n", "hours is missing"),
        ("hours: [08:00-18:00]\nlevels: [{kinds: [direct]}]\n", "first_response is missing"),
        ("hours: [08:00-18:00]\nlevels: [{risk: 9, first_response: PT1H}]\n", "risk must be between 1 and 3"),
        ("hours: [08:00-18:00]\nchannels: [mastodn]\n", "did you mean 'mastodon'?"),
        ("hours: [08:00-18:00]\nhouers: 1\n", "did you mean 'hours'?"),
    ],
)
def test_hours_that_cannot_be_used(desk: Desk, block: str, said: str) -> None:
    """One problem each, in the page."""
    desk.block("hours", block)
    (problem,) = found(desk)
    assert said in problem
    assert problem.startswith(PAGE)


def test_two_blocks_for_the_same(desk: Desk) -> None:
    """Two for everybody, and two for one network, contradict each other."""
    one, other = "hours: [08:00-18:00]\n", "channels: [mastodon]\nfirst_response: PT1H\n"
    desk.block("hours", one, other, one, other)
    general, network = found(desk)
    assert "has the service hours for everybody already" in general + network
    assert "has the service hours of mastodon already" in general + network
