"""The rule about occasions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import Desk

DAY = "occasions:\n  - {name: Tag des Kaffees, from: 2026-10-01, yearly: true, lead: 28, owner: redaktion}\n"
IDEA = "---\ntitle: Frühschicht\nsource: occasion\norigin: Tag des Kaffees\ncreated: %s\nstatus: %s\nreason: r\n---\n"


def said(desk: Desk, day: str = "2027-09-10") -> list[str]:
    now = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    return [f"{one.span.line}:{one.span.col} {one.severity} {one.message}" for one in desk.check("occasion", now=now)]


@pytest.mark.parametrize(
    ("day", "count"), [("2027-09-02", 0), ("2027-09-03", 1), ("2027-10-01", 1), ("2027-10-02", 0), ("2026-11-21", 0)]
)
def test_the_work_begins_in_time(desk: Desk, day: str, count: int) -> None:
    """28 days before, each year, and not after the day."""
    desk.write("content/occasions/tage.yml", DAY)
    assert len(said(desk, day)) == count


def test_who_answers_for_it_is_told(desk: Desk) -> None:
    """At the name of the occasion, with the way to an idea."""
    desk.write("content/occasions/tage.yml", DAY)
    assert said(desk) == [
        '2:12 hint comes on 2027-10-01, and redaktion has no idea yet: leitstand idea new … --occasion "Tag des Kaffees"'
    ]


@pytest.mark.parametrize(
    ("created", "status", "count"),
    [
        ("2027-09-05", "new", 0),
        ("2027-09-05", "dropped", 0),
        ("2026-09-05", "planned", 1),
        ("2027-02-01", "planned", 0),
    ],
)
def test_an_idea_of_this_time_counts(desk: Desk, created: str, status: str, count: int) -> None:
    """Also one that was dropped: somebody decided. Last year's does not."""
    desk.write("content/occasions/tage.yml", DAY)
    desk.write("content/ideas/a.md", IDEA % (created, status))
    assert len(said(desk)) == count


def test_names_of_nobody_are_told(desk: Desk) -> None:
    """People, accounts, and pillars once there is a strategy with some."""
    desk.write(
        "content/occasions/tage.yml",
        "occasions:\n  - {name: A, from: 2026-10-01, owner: x, channels: [y], pillar: z}\n",
    )
    assert [one.partition(";")[0] for one in said(desk)] == [
        "2:40 warning unknown person 'x'",
        "2:54 warning unknown account 'y'",
    ]
