"""Decisions on handbook pages that nobody could trace are told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import Desk

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
GOOD = "{id: part-morning, at: 2026-11-02T10:15:00+01:00, by: leitung, status: accepted, summary: Morgens.}"


def said(desk: Desk, head: str, path: str = "guidelines/zeiten.md") -> list[str]:
    desk.write(path, f"---\ntitle: Zeiten\nowner: leitung\n{head}---\n# Zeiten\n")
    return [str(problem) for problem in desk.check("decision", now=NOW)]


def test_a_whole_decision_is_no_problem(desk: Desk) -> None:
    """Who, when, what and a known topic: nothing is said."""
    assert said(desk, f"learns: [times]\ndecisions:\n  - {GOOD}\n") == []


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        (GOOD.replace("by: leitung", "by: leitng"), ":5:10: unknown person 'leitng'; did you mean 'leitung'?"),
        (
            GOOD.replace("by: leitung", "by: redaktion"),
            ":5:10: redaktion may not change the handbook; who may: leitung",
        ),
        (GOOD.replace(" by: leitung,", ""), ":5:10: part-morning was merged and nobody has signed it"),
        (GOOD.replace("2026-11-02", "2027-11-02"), ":5:10: part-morning is decided in the future"),
        (GOOD.replace("accepted", "rejected"), ":5:10: part-morning says no and not why; add a reason"),
        (GOOD.replace("accepted", "perhaps"), ":5:76: status must be one of accepted, rejected, withdrawn"),
        (GOOD.replace("summary", "sumary"), "unknown key 'sumary'; did you mean 'summary'?"),
        (GOOD.replace(", summary: Morgens.", ""), "summary is missing"),
    ],
)
def test_what_cannot_be_traced_is_told_at_its_place(desk: Desk, entry: str, wanted: str) -> None:
    """Nobody by that name, somebody without the right, no name at all, a day to come, a no without why, words that mean nothing."""
    found = said(desk, f"decisions:\n  - {entry}\n")
    assert any(wanted in one for one in found), found
    assert all(one.startswith("guidelines/zeiten.md:") for one in found)


def test_an_id_is_one_decision_s_alone(desk: Desk) -> None:
    """The same id on another page is told there, with an id that is free."""
    assert said(desk, f"decisions:\n  - {GOOD}\n") == []
    found = said(desk, f"decisions:\n  - {GOOD}\n", "guidelines/zwei.md")
    assert len(found) == 1
    assert "has a decision part-morning already; take another id, such as part-morning-2" in found[0]


def test_a_page_learns_about_what_there_is(desk: Desk) -> None:
    """A topic that nobody asks about is told with the one that is meant."""
    assert said(desk, "learns: [time]\n") == [
        "guidelines/zeiten.md:4:9: unknown topic 'time'; did you mean 'times'? (decision)"
    ]
