"""Campaign pages and the strategy's monthly goals."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.workspace.campaigns import Goal, Phase, read_campaign, read_goals

PAGE = b"""---
title: Advent 2026
owner: leitung
start: 2026-11-24
end: 2026-12-24
channels: [mastodon]
goals:
  - {metric: orders, target: 400, baseline: 310.5}
  - {metric: views, target: 90000, channel: mastodon}
---
Hinter jeder T\xc3\xbcr ein Kaffee.
"""


def test_a_campaign_has_a_period_and_goals() -> None:
    """First and last day belong to the campaign; goals carry numbers."""
    campaign, problems = read_campaign("content/campaigns/advent-2026.md", PAGE)
    assert problems == []
    assert campaign is not None
    assert (campaign.name, campaign.title) == ("advent-2026", "Advent 2026")
    assert campaign.goals == (Goal("orders", 400, "", 310.5), Goal("views", 90000, "mastodon"))
    days = (date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 24), date(2026, 12, 25))
    assert [campaign.contains(day) for day in days] == [False, True, True, False]


def test_mistakes_in_a_campaign_have_a_place() -> None:
    """A wrong target, a period backwards and an unknown key are problems where they stand."""
    page = PAGE.replace(b"400", b"viele").replace(b"2026-12-24", b"2026-01-24").replace(b"owner", b"ownr")
    _campaign, problems = read_campaign("content/campaigns/a.md", page)
    assert [(problem.span.line, problem.span.col) for problem in problems] == [(3, 1), (5, 6), (8, 30)]


def test_the_strategy_s_goals_are_read_and_its_other_keys_are_the_handbook_s() -> None:
    """The strategy page may have any front matter beside its goals."""
    goals, problems = read_goals(
        "guidelines/strategy.md", b"---\ntitle: Strategie\ngoals:\n  - {metric: likes, target: 9}\n---\n"
    )
    assert goals == (Goal("likes", 9),)
    assert problems == []


def phases(lines: str) -> tuple[tuple[Phase, ...], list[str]]:
    head = "---\nstart: 2026-11-24\nend: 2026-12-24\nphases:\n"
    campaign, problems = read_campaign("content/campaigns/a.md", f"{head}{lines}---\n".encode())
    assert campaign is not None
    return campaign.phases, [f"{problem.span.line}:{problem.span.col} {problem.message}" for problem in problems]


def test_phases_come_in_order_of_their_days() -> None:
    """Phases are sorted by their first days; both ends belong to a phase."""
    found, said = phases(
        "  - {name: launch, from: 2026-12-01, until: 2026-12-24}\n  - {name: teaser, from: 2026-11-24, until: 2026-11-30}\n"
    )
    assert said == []
    assert [phase.name for phase in found] == ["teaser", "launch"]
    days = (date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 30), date(2026, 12, 1))
    assert [found[0].contains(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("line", "kept", "said"),
    [
        ("{name: teaser, from: 2026-11-30, until: 2026-11-24}", 0, "5:45 the phase teaser ends before it starts"),
        ("{name: teaser, from: 2026-11-20, until: 2026-11-24}", 1, "5:26 the phase teaser lies outside the"),
        ("{name: teaser, from: 2026-12-20, until: 2026-12-27}", 1, "5:45 the phase teaser lies outside the"),
        ("{from: 2026-11-24, until: 2026-11-30}", 0, "5:5 a phase needs name, from and until"),
        ("{name: teaser, from: 2026-11-24, to: 2026-11-30}", 0, "5:38 unknown key 'to'"),
    ],
)
def test_mistakes_in_a_phase_have_a_place(line: str, kept: int, said: str) -> None:
    """A phase backwards, outside the campaign or incomplete is a problem where it stands."""
    found, messages = phases(f"  - {line}\n")
    assert len(found) == kept
    assert messages[0].startswith(said)
