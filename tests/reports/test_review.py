"""The yearly review of the plan, over a year of sample history."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from toolkit.kpis import KPIS, result_of
from toolkit.reports.blocks import Points, Section, Table
from toolkit.reports.planned import yearly_goals
from toolkit.reports.review import ReviewReport, open_report
from toolkit.workspace import Goal

if TYPE_CHECKING:
    from tests.reports.conftest import Filled

NOW = "2026-11-21T19:00:00+01:00"


@pytest.fixture(scope="module")
def review(filled: Filled) -> ReviewReport:
    return open_report(str(filled.root), str(filled.state), "2026-10", now=NOW, language="en")


def rows(section: Section | None) -> list[list[str]]:
    """The texts of the first table of a section."""
    assert section is not None
    table = next(block for block in section.blocks if isinstance(block, Table))
    return [[cell if isinstance(cell, str) else cell.text for cell in row] for row in table.rows]


def test_months_that_reached_a_goal_are_counted_one_by_one(review: ReviewReport) -> None:
    """As many as a month by month look at the same KPI finds."""
    scope, kpi = review.scope, KPIS["visits"]
    values = [result_of(kpi, scope.rows("visits", scope.period(ago))).value for ago in range(12)]
    reached = sum(value is not None and value >= 5000 for value in values)
    assert rows(review.goals())[0][:3] == ["Visits", "5,000", f"{reached} of 12"]


def test_a_month_has_the_value_of_its_own_report(review: ReviewReport) -> None:
    """Posts of the last days count with their full week, as in the monthly report, and not as they stood at the month's end."""
    plan = replace(review.plan, goals=(Goal("interactions", 1.0),))
    (found,) = yearly_goals(review.scope, plan)
    values = [(month, value) for month, value in found.months if month >= "2026-08"]
    assert [value for _month, value in values] == [
        review.scope.result(KPIS["interactions"], ago).value for ago in (2, 1, 0)
    ]
    assert not found.unripe


def test_what_nobody_counts_is_too_early_to_say(review: ReviewReport) -> None:
    """No account of this workspace delivers reach: no month, no expectation, no chance."""
    assert rows(review.goals())[1] == ["Reach", "100", "–", "–", "–", "too early to say"]  # noqa: RUF001  # dashes, as tables have them


def test_a_goal_that_is_always_passed_is_a_question(review: ReviewReport) -> None:
    """One interaction a month is certain: the review asks whether to keep it, and never says 100 %."""
    easy = ReviewReport(review.scope)
    easy.plan = replace(review.plan, goals=(Goal("interactions", 1.0),))
    assert rows(easy.goals()) == [["Interactions", "1", "12 of 12", rows(easy.goals())[0][3], "99%", "within reach"]]
    section = easy.decisions()
    assert section is not None
    points = next(block for block in section.blocks if isinstance(block, Points))
    assert any(text.startswith("Interactions: 99% chance") for text in points.items)


def test_a_post_on_several_channels_counts_once(review: ReviewReport) -> None:
    """The pillars' posts are those of the year, each one time, and their shares are of all of them."""
    units = {row.unit for row in review.scope.rows("posts", review.scope.year)}
    assert sum(mix.total for mix in review.months) == len(units)
    produkt = rows(review.pillars())[0]
    own = sum(review.scope.subjects[unit].pillar == "produkt" for unit in units)
    assert produkt[:4] == ["Produkt", "0% to 30%", f"{own / len(units):.0%}", str(own)]


def test_channels_stand_beside_their_purpose(review: ReviewReport) -> None:
    """A channel without a purpose in the plan shows that it has none."""
    found = {row[0]: row for row in rows(review.channels())}
    assert found["mastodon"][1:3] == ["talking", "3.0"]
    assert re.fullmatch(r"\d+\.\d", found["mastodon"][3])
    assert found["bluesky"][1] == "–"  # noqa: RUF001  # a dash, as tables have it


def test_campaigns_of_the_year_say_what_they_reached(review: ReviewReport) -> None:
    """The autumn campaign is over; of its two goals the tables of the campaign report say the same."""
    assert [row[0] for row in rows(review.yearly_campaigns())] == ["Herbst"]
    reached = sum(one.reached is not None and one.reached >= 1 for one in review.campaigns[0][2])
    assert rows(review.yearly_campaigns())[0][2] == f"{reached} / 2"
