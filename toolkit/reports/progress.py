"""Goals of the strategy and of campaigns: where they stand, and how much of the time is gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from toolkit.kpis import KPIS, Of, Period, Unit, UnitRow, midnight, result_of, unit_rows
from toolkit.kpis.units import daily_total
from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Paragraph, Section, Table
from toolkit.reports.compared import DASH, goal_cell
from toolkit.reports.scope import Scope
from toolkit.workspace import Campaign, Goal

# A campaign's posts age as long as they like: what counts is what it brought.
ANY_AGE: Final = 24.0 * 3650
_TOLERANCE: Final = 0.95  # a twentieth short is still on course
_EARLY: Final = 0.1  # of the time; before, a pace is chance


@dataclass(frozen=True, slots=True)
class Standing:
    """One goal of one campaign: what was reached by now, None without data, and the share of its time that is gone."""

    campaign: Campaign
    goal: Goal
    value: float | None
    attributed: bool  # whether `value` is known to come from the campaign, not only from its time
    elapsed: float

    @property
    def reached(self) -> float | None:
        return None if self.value is None or not self.goal.target else self.value / self.goal.target

    @property
    def missed(self) -> bool:
        """Whether the time is over and the goal is not reached."""
        return self.elapsed >= 1 and self.reached is not None and self.reached < 1

    @property
    def projected(self) -> float | None:
        """What it comes to at the pace so far; None while too little of the time is gone to say."""
        return self.value / self.elapsed if self.value is not None and _EARLY <= self.elapsed < 1 else None

    @property
    def behind(self) -> bool:
        """Whether clearly less is reached than time is gone."""
        return self.reached is not None and self.reached < _TOLERANCE * min(1.0, self.elapsed)


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
    return [Standing(campaign, goal, *_value(scope, campaign, goal, period), elapsed) for goal in campaign.goals]


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
            "As known on {day}. Posts count for the campaign they name, at any age; visits and sales when its links brought them. Values with * are all of the campaign's time; followers are those won."
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
    return _("Goal"), _("so far"), _("target"), _("time gone"), _("at this pace"), _("State")


def standing_row(scope: Scope, one: Standing) -> tuple[str | Cell, ...]:
    """One goal of a campaign: where it stands and where it is going."""
    kpi = KPIS.get(one.goal.metric)
    unit = kpi.unit if kpi else Unit.COUNT
    name = _(kpi.title) if kpi else one.goal.metric
    shown = f"{name}, {scope.channel_title(one.goal.channel)}" if one.goal.channel else name
    state = _("behind") if one.behind else _("on course") if one.reached is not None else _("no data")
    if one.elapsed >= 1 and one.reached is not None:
        state = _("goal missed") if one.missed else _("goal reached")
    failed = one.behind or one.missed
    return (
        shown,
        Cell(
            scope.wording.value(one.value, unit) + ("" if one.attributed or one.value is None else "*"),
            exact=scope.wording.exact(one.value, unit),
        ),
        goal_cell(scope, one.value, one.goal.target, unit),
        scope.wording.percent(one.elapsed, 0),
        Cell(scope.wording.value(one.projected, unit), exact=scope.wording.exact(one.projected, unit))
        if one.projected is not None
        else DASH,
        Cell(state, "bad" if failed else "good" if one.reached is not None else ""),
    )
