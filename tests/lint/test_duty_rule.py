"""Ready posts after which nobody is there, and rosters that cannot be used."""

from __future__ import annotations

import pytest

from tests.lint.conftest import HANDBOOK_PAGE as PAGE
from tests.lint.conftest import Desk

ROSTER = "roster: [{person: redaktion, hours: [mon-fri 08:00-18:00]}]\n"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


def write(desk: Desk, publish: str, **more: str) -> None:
    keys = {
        "uid": "1" * 26,
        "title": "A",
        "status": "ready",
        "publish": publish,
        "channels": "[mastodon, feed]",
        **more,
    }
    desk.write(
        "content/posts/a.md", "---\n" + "".join(f"{key}: {said}\n" for key, said in keys.items()) + "---\nHallo\n"
    )


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("within: PT1H\n", "roster is missing"),
        ("roster: [{person: redaktion}]\n", "hours is missing"),
        ("roster: [{hours: [mon 08:00-18:00]}]\n", "person is missing"),
        ("roster: [{person: redaktoin, hours: [mon 08:00-18:00]}]\n", "did you mean 'redaktion'?"),
        ("roster: [{person: redaktion, hours: [mon 8-18]}]\n", "a time is written like"),
        (ROSTER + "days: [{person: redaktion, hours: [08:00-18:00]}]\n", "day is missing"),
        (ROSTER + "days: [{day: morgen, person: redaktion, hours: [08:00-18:00]}]\n", "day must be a date"),
        (ROSTER + "within: 1h\n", "within must be hours and minutes"),
        (ROSTER + "unattended: [sundays]\n", "a time is written like"),
        (ROSTER + "rosters: []\n", "did you mean 'roster'?"),
    ],
)
def test_rosters_that_cannot_be_used(desk: Desk, block: str, said: str) -> None:
    """One error each, in the page."""
    desk.block("duty", block)
    (problem,) = desk.check("duty")
    assert problem.path == PAGE
    assert said in problem.message


def test_two_rosters(desk: Desk) -> None:
    """The second one contradicts the first, which is named."""
    desk.block("duty", ROSTER, ROSTER)
    (problem,) = desk.check("duty")
    assert "krise.md:10 has the roster already" in problem.message


def test_a_post_that_nobody_looks_after(desk: Desk) -> None:
    """Once for all its channels, with the reason; on a weekday there is nothing to say."""
    desk.block("duty", ROSTER)
    write(desk, "2026-11-29 15:00")
    (problem,) = desk.check("duty")
    assert str(problem) == (
        "content/posts/a.md:5:10: Sun 29 Nov 15:00: nobody is there to answer (nobody is on duty then) (duty)"
    )
    write(desk, "2026-11-30 15:00")
    assert desk.check("duty") == []


@pytest.mark.parametrize("more", [{"status": "draft"}, {"publish": "2026-11-15 15:00"}])
def test_what_needs_nobody(desk: Desk, more: dict[str, str]) -> None:
    """What is not ready, and what is over."""
    desk.block("duty", ROSTER)
    write(desk, **{"publish": "2026-11-29 15:00", **more})
    assert desk.check("duty") == []
