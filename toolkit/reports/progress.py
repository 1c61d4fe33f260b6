"""Goals of the strategy and of campaigns: where they stand, and how much of the time is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from toolkit.kpis import KPIS, Of, Period, Unit, UnitRow, midnight, result_of, unit_rows
from toolkit.kpis.pace import Landing, Pace
from toolkit.kpis.units import daily_total
from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Paragraph, Section, Table
from toolkit.reports.compared import DASH, goal_cell
from toolkit.reports.landing import course_of, find_landing, find_pace, is_sum, pace_mood
from toolkit.reports.scope import Scope
from toolkit.reports.verdicts import pace_word
from toolkit.values import dataclass
from toolkit.workspace import Campaign, Goal

# A campaign's posts age as long as they like: what counts is what it brought.
ANY_AGE: Final = 24.0 * 3650


@dataclass(frozen=True, slots=True)
class Standing:
    """One goal of one campaign: what was reached by now, None without data, and the share of its time that is gone."""

    campaign: Campaign
    goal: Goal
    value: float | None
    attributed: bool  # whether `value` is known to come from the campaign, not only from its time
    elapsed: float
    landing: Landing | None = None  # where it comes out; None where nobody can say

    @property
    def reached(self) -> float | None:
        return None if self.value is None or not self.goal.target else self.value / self.goal.target

    @property
    def pace(self) -> Pace:
        """How the goal stands."""
        if self.elapsed <= 0:
            return Pace.EARLY
        return find_pace(self.goal.metric, self.value, self.goal.target, self.landing, over=self.elapsed >= 1)

    @property
    def missed(self) -> bool:
        """Whether the time is over and the goal is not reached."""
        return self.pace is Pace.MISSED

    @property
    def behind(self) -> bool:
        """Whether the goal will in all likelihood not be reached."""
        return self.pace is Pace.BEHIND

    @property
    def chance(self) -> float | None:
        """The probability that the goal is reached; None where that is certain or nobody can say."""
        if self.landing is None or self.pace not in {Pace.AHEAD, Pace.ON_TRACK, Pace.BEHIND}:
            return None
        return self.landing.chance(self.goal.target)


def running(scope: Scope) -> list[tuple[Campaign, Period]]:
    """The campaigns that run in the month, each with its whole time."""
    month, found = scope.period(), []
    for campaign in sorted(scope.workspace.campaigns.values(), key=lambda one: (one.start or date.min, one.name)):
        period = planned_period(scope, campaign)
        if period is not None and period.start < month.end and period.end > month.start:
            found.append((campaign, period))
    return found


def planned_period(scope: Scope, campaign: Campaign) -> Period | None:
    """A campaign's whole time as known when the month's posts have their age; None for one without both ends."""
    if campaign.start is None or campaign.end is None:
        return None
    start, end = midnight(campaign.start, scope.zone), midnight(campaign.end + timedelta(days=1), scope.zone)
    return Period(start, end, min(scope.now, scope.period().end + scope.mature), ANY_AGE)


def standings(scope: Scope) -> list[Standing]:
    """Every goal of the campaigns that run in the month, as known now."""
    return [one for campaign, period in running(scope) for one in campaign_standings(scope, campaign, period)]


def campaign_standings(scope: Scope, campaign: Campaign, period: Period) -> list[Standing]:
    """Every goal of one campaign."""
    elapsed = max(0.0, min(1.0, (period.until - period.start) / (period.end - period.start)))
    return [_standing(scope, campaign, goal, period, elapsed) for goal in campaign.goals]


def _standing(scope: Scope, campaign: Campaign, goal: Goal, period: Period, elapsed: float) -> Standing:
    value, attributed = _value(scope, campaign, goal, period)
    landing = None
    if value is not None and 0 < elapsed < 1 and is_sum(goal.metric):
        rows, _own = _goal_rows(scope, campaign, goal, period)
        landing = find_landing(rows, period, course_of(scope, goal.metric, _past(scope, goal)))
    return Standing(campaign, goal, value, attributed, elapsed, landing)


def _past(scope: Scope, goal: Goal) -> Iterator[tuple[list[UnitRow], Period]]:
    """What the campaigns that are over brought of the goal's metric, as far as it is known to come from them."""
    for campaign in scope.workspace.campaigns.values():
        period = planned_period(scope, campaign)
        if period is not None and period.until >= period.end:
            rows, attributed = _goal_rows(scope, campaign, replace(goal, channel=""), period)
            if attributed:
                yield rows, period


def _value(scope: Scope, campaign: Campaign, goal: Goal, period: Period) -> tuple[float | None, bool]:
    """What was reached, and whether it is known to come from the campaign."""
    kpi = KPIS.get(goal.metric)
    if kpi is None:
        return None, True
    rows, attributed = _goal_rows(scope, campaign, goal, period)
    if goal.metric == "followers":
        return _gain(scope, rows, period), False
    return result_of(kpi, rows).value, attributed


def goal_rows(scope: Scope, one: Standing, period: Period) -> list[UnitRow]:
    """The posts or days that a goal's value is made of."""
    return _goal_rows(scope, one.campaign, one.goal, period)[0] if one.goal.metric in KPIS else []


def _goal_rows(scope: Scope, campaign: Campaign, goal: Goal, period: Period) -> tuple[list[UnitRow], bool]:
    """Of the campaign itself where that is known, else all of its time."""
    kpi = KPIS[goal.metric]
    rows = [row for row in scope.rows(kpi.name, period) if not goal.channel or row.channel == goal.channel]
    if goal.metric == "followers":
        return rows, False
    if kpi.of is Of.POSTS:
        return [row for row in rows if belongs(scope, row, campaign)], True
    attributed = replace(kpi, units=daily_total(f"campaign:{campaign.name}", goal.metric))
    own = unit_rows(attributed, scope.engine, period)
    return (own, True) if own else (rows, False)


def belongs(scope: Scope, row: UnitRow, campaign: Campaign) -> bool:
    """Whether a post names the campaign."""
    about = scope.subjects.get(row.unit)
    return about is not None and about.campaign == campaign.name


def _gain(scope: Scope, ends: list[UnitRow], period: Period) -> float | None:
    """Followers won since the campaign began."""
    channels = {row.channel for row in ends}
    growth = [row for row in scope.rows("follower_growth", period) if row.channel in channels]
    return sum(row.part or 0 for row in growth) if growth else None


def progress_section(scope: Scope) -> Section:
    """The strategy's monthly goals and the goals of running campaigns."""
    blocks: list[Block] = []
    if scope.workspace.goals:
        blocks.append(_goals_table(scope))
    found = standings(scope)
    if found:
        blocks.append(_campaigns_table(scope, found))
        note = _(
            "As known on {day}. Posts count for the campaign they name, at any age; visits and sales when its links brought them. Values with * are all of the campaign's time; followers are those won. What is expected comes with its 90% interval from the days so far and the course of past campaigns; ahead and behind are chances above 80% and below 20%."
        )
        day = scope.wording.day(min(scope.now, scope.period().end + scope.mature).astimezone(scope.zone).date())
        blocks.append(Paragraph(note.format(day=day), "note"))
    if not blocks:
        blocks.append(Paragraph(_("No goals are set for this month, and no campaign is running.")))
    return Section("progress", _("Goals and campaigns"), tuple(blocks))


def _goals_table(scope: Scope) -> Table:
    rows = []
    for goal in scope.workspace.goals:
        kpi = KPIS.get(goal.metric)
        value = scope.result(kpi, 0, goal.channel).value if kpi else None
        unit = kpi.unit if kpi else Unit.COUNT
        name = _(kpi.title) if kpi else goal.metric
        shown = f"{name}, {scope.channel_title(goal.channel)}" if goal.channel else name
        rows.append(
            (
                shown,
                Cell(scope.wording.value(value, unit), exact=scope.wording.exact(value, unit)),
                goal_cell(scope, value, goal.target, unit),
            )
        )
    head = (_("Goal"), scope.title, _("target"))
    return Table(_("Monthly goals of the strategy"), head, tuple(rows), frozenset({1, 2}))


def _campaigns_table(scope: Scope, found: list[Standing]) -> Table:
    head = (_("Campaign"), *standing_head())
    rows = tuple((one.campaign.title, *standing_row(scope, one)) for one in found)
    caption = _("Campaigns that run in {month}").format(month=scope.title)
    return Table(caption, head, rows, frozenset({2, 3, 4, 5}))


def standing_head() -> tuple[str, ...]:
    """The columns of `standing_row`."""
    return _("Goal"), _("so far"), _("target"), _("time gone"), _("expected"), _("State")


def standing_row(scope: Scope, one: Standing) -> tuple[str | Cell, ...]:
    """One goal of a campaign: where it stands and where it is going."""
    kpi = KPIS.get(one.goal.metric)
    unit = kpi.unit if kpi else Unit.COUNT
    name = _(kpi.title) if kpi else one.goal.metric
    shown = f"{name}, {scope.channel_title(one.goal.channel)}" if one.goal.channel else name
    return (
        shown,
        Cell(
            scope.wording.value(one.value, unit) + ("" if one.attributed or one.value is None else "*"),
            exact=scope.wording.exact(one.value, unit),
        ),
        goal_cell(scope, one.value, one.goal.target, unit),
        scope.wording.percent(one.elapsed, 0),
        _expected(scope, one, unit),
        _state(scope, one),
    )


def _expected(scope: Scope, one: Standing, unit: Unit) -> str | Cell:
    """Where the goal comes out, with the interval below it."""
    if one.landing is None:
        return DASH
    value, interval = one.landing.value, one.landing.interval()
    between = scope.wording.between(interval.low, interval.high, unit)
    return Cell(scope.wording.value(value, unit), note=between, exact=scope.wording.exact(value, unit))


def _state(scope: Scope, one: Standing) -> Cell:
    """The word, and below it how likely the goal is."""
    word, chance = pace_word(one.pace), one.chance
    if chance is None:
        return Cell(word, pace_mood(one.pace))
    note = _("{share} chance").format(share=say_chance(scope, chance))
    return Cell(word, pace_mood(one.pace), note)


def say_chance(scope: Scope, chance: float) -> str:
    """A chance in whole per cent, never quite none and never quite certain."""
    return scope.wording.percent(min(0.99, max(0.01, chance)), 0)
