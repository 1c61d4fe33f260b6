"""The social media plan beside the year: goals, pillars and channels, each as it was wanted and as it came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from toolkit.kpis import KPIS
from toolkit.kpis.goals import GoalOutlook, goal_outlooks
from toolkit.kpis.outlook import Realism
from toolkit.messages import _
from toolkit.reports.blocks import Cell, Table
from toolkit.reports.compared import DASH
from toolkit.reports.periods import shift
from toolkit.reports.progress import say_chance
from toolkit.reports.scope import Scope
from toolkit.reports.verdicts import realism_word
from toolkit.strategy import Mix, Pillar, Strategy, month_mix

MONTHS = 12


def yearly_goals(scope: Scope, plan: Strategy) -> tuple[GoalOutlook, ...]:
    """The goals with the months up to the report's, as known when the last one's posts had their age, or now."""
    return goal_outlooks(plan.goals, scope.engine, scope.zone, min(scope.now, scope.period().end + scope.mature))


def goal_title(scope: Scope, one: GoalOutlook) -> str:
    """The KPI's title, with the channel where it is about one."""
    title = _(KPIS[one.goal.metric].title)
    return f"{title}, {scope.channel_title(one.goal.channel)}" if one.goal.channel else title


def goals_table(scope: Scope, goals: Sequence[GoalOutlook]) -> Table:
    """Each goal: its months, what the next one lets expect, and how likely the target is."""
    head = (_("Goal"), _("target"), _("months that reached it"), _("expected"), _("chance"), _("Verdict"))
    rows = tuple(_goal_row(scope, one) for one in goals)
    return Table(_("Monthly goals beside their own history"), head, rows, frozenset({1, 2, 3, 4}))


def _goal_row(scope: Scope, one: GoalOutlook) -> tuple[str | Cell, ...]:
    words, unit = scope.wording, KPIS[one.goal.metric].unit
    expected: str | Cell = DASH
    if one.outlook is not None:
        between = one.outlook.interval()
        value = words.value(one.outlook.value, unit)
        exact = words.exact(one.outlook.value, unit)
        expected = Cell(value, note=words.between(between.low, between.high, unit), exact=exact)
    months: str | Cell = DASH
    if one.known:
        text = _("{count} of {months}").format(count=one.reached, months=len(one.known))
        months = Cell(text, note=_("the last one is still being counted") if one.unripe else "")
    return (
        goal_title(scope, one),
        Cell(words.value(one.goal.target, unit), exact=one.goal.target),
        months,
        expected,
        say_chance(scope, one.chance) if one.chance is not None else DASH,
        Cell(realism_word(one.realism), "bad" if one.realism is Realism.BOLD else ""),
    )


def mixes(scope: Scope, pillars: Sequence[Pillar]) -> list[Mix]:
    """The mix of each of the twelve months, oldest first; a post on several channels counts once."""
    rows = scope.rows("posts", scope.year)
    found = []
    for ago in range(MONTHS - 1, -1, -1):
        period = scope.period(ago)
        units = {row.unit for row in rows if period.start <= row.at < period.end}
        found.append(
            month_mix(pillars, [scope.subjects[unit].pillar if unit in scope.subjects else "" for unit in units])
        )
    return found


def pillars_table(scope: Scope, pillars: Sequence[Pillar], found: Sequence[Mix]) -> Table:
    """Each pillar: what the plan wants, what the year had, and how many months broke it."""
    words, total = scope.wording, sum(mix.total for mix in found)
    rows: list[tuple[str | Cell, ...]] = []
    for at, pillar in enumerate(pillars):
        count = sum(mix.parts[at].count for mix in found)
        over, under = (sum(getattr(mix.parts[at], name) for mix in found) for name in ("over", "under"))
        share = count / total if total else 0.0
        mood = "bad" if total and not pillar.least <= share <= pillar.most else ""
        between = _("{low} to {high}").format(low=words.percent(pillar.least, 0), high=words.percent(pillar.most, 0))
        shown = Cell(words.percent(share, 0), mood, exact=share) if total else DASH
        rows.append((pillar.title, between, shown, words.number(count), words.number(over), words.number(under)))
    head = (_("Pillar"), _("plan"), _("share of the year"), _("Posts"), _("months over"), _("months under"))
    return Table(_("Pillars, twelve months"), head, tuple(rows), frozenset({1, 2, 3, 4, 5}))


def channels_table(scope: Scope, plan: Strategy) -> Table:
    """Each account: what it is for, how often it was to post and did, and its share of the interactions."""
    words, year = scope.wording, scope.year
    posts, counted = scope.rows("posts", year), scope.rows("interactions", year)
    all_of_it = sum(row.part or 0.0 for row in counted)
    weeks = (min(year.end, scope.now) - year.start) / timedelta(weeks=1)
    rows: list[tuple[str | Cell, ...]] = []
    for name in scope.accounts:
        purpose = plan.purpose(name)
        number = sum(row.channel == name for row in posts)
        own = [row.part or 0.0 for row in counted if row.channel == name]
        wanted = words.number(purpose.weekly, 1) if purpose and purpose.weekly is not None else DASH
        share = words.percent(sum(own) / all_of_it, 0) if own and all_of_it else DASH
        each = words.number(number / weeks, 1) if number else DASH
        rows.append((scope.channel_title(name), purpose.purpose if purpose else DASH, wanted, each, share))
    head = (_("Channel"), _("Purpose"), _("posts a week, plan"), _("posts a week"), _("share of interactions"))
    return Table(_("Channels, twelve months"), head, tuple(rows), frozenset({2, 3, 4}))


def year_title(scope: Scope) -> str:
    """The twelve months as people say them."""
    first = scope.wording.month(shift(scope.first, 1 - MONTHS))
    return _("{first} to {last}").format(first=first, last=scope.title)
