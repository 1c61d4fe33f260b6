"""Tables of goals: the plan's with their months, a campaign's with its course and where it comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from toolkit.dates import say_date
from toolkit.kpis import KPIS, Unit
from toolkit.kpis.outlook import Realism
from toolkit.kpis.pace import Pace
from toolkit.messages import _, spoken
from toolkit.pages.markup import Child, Html, link, span, tag
from toolkit.pages.paths import kpi_path
from toolkit.pages.plan.progress import Stand
from toolkit.pages.plan.strips import course_strip, month_strip
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.reports.verdicts import pace_word, realism_word
from toolkit.reports.wording import Wording
from toolkit.workspace import Goal

_TONES = {Pace.AHEAD: "good", Pace.REACHED: "good", Pace.ON_TRACK: "info", Pace.BEHIND: "bad", Pace.MISSED: "bad"}
_VERDICTS = {Realism.SAFE: "good", Realism.OPEN: "info", Realism.BOLD: "warn"}


def plan_table(site: Site, page: str, goals: Sequence[Goal]) -> Html:
    """The monthly goals: their months as bars, the last one, and how likely the target is."""
    stands = {(one.metric, one.channel, one.target): one for one in site.given.progress.goals}
    heads = (_("Goal"), _("Months"), _("Last month"), _("Target"), _("Expected"), _("Verdict"))
    rows = []
    for goal in goals:
        stand = stands.get((goal.metric, goal.channel, goal.target))
        say = saying(goal.metric)
        cells: tuple[Child, ...] = (
            goal_name(site, page, goal),
            month_strip(stand, say) if stand and stand.steps else None,
            say(stand.value) if stand and stand.value is not None else None,
            target_cell(goal, say),
            expected_cell(stand, say),
            _verdict(stand) if stand else None,
        )
        rows.append(cells)
    return _filled(heads, rows, _("Monthly goals"))


def campaign_table(site: Site, page: str, name: str, goals: Sequence[Goal]) -> Html:
    """A campaign's goals: their course, what came in, and where it is going."""
    stands = site.given.progress.campaigns.get(name, ())
    counted = dict(zip(goals, stands, strict=False))
    heads = (_("Goal"), _("Course"), _("so far"), _("Target"), _("Before"), _("Expected"), _("State"))
    rows = []
    for goal in goals:
        stand, say = counted.get(goal), saying(goal.metric)
        cells: tuple[Child, ...] = (
            goal_name(site, page, goal),
            course_strip(stand, say) if stand and sum(step or 0 for step in stand.steps) > 0 else None,
            say(stand.value) if stand and stand.value is not None else None,
            target_cell(goal, say),
            say(goal.baseline) if goal.baseline is not None else None,
            expected_cell(stand, say),
            _pace(stand) if stand else None,
        )
        rows.append(cells)
    return _filled(heads, rows, _("Goals"))


def _filled(heads: Sequence[str], rows: Sequence[tuple[Child, ...]], caption: str) -> Html:
    """The table without columns in which nothing stands."""
    kept = [at for at in range(len(heads)) if any(cells[at] for cells in rows)]
    shown = (row(*((heads[at], cells[at]) for at in kept)) for cells in rows)
    numbers = (place for place, at in enumerate(kept) if 2 <= at < len(heads) - 1)
    return table([heads[at] for at in kept], shown, caption, class_="ls-table ls-goals", numbers=numbers)


def saying(metric: str) -> Callable[[float | None], str]:
    """How values of a KPI are written."""
    kpi = KPIS.get(metric)
    return partial(Wording(spoken()).value, unit=kpi.unit if kpi else Unit.COUNT)


def goal_name(site: Site, page: str, goal: Goal) -> Html:
    """The KPI, which leads to its page where there is one, and the channel below it."""
    kpi = KPIS.get(goal.metric)
    title = _(kpi.title) if kpi else goal.metric
    known = kpi is not None and site.given.figures
    account = site.settings.accounts.get(goal.channel)
    below = tag("small", account.title or account.name if account else goal.channel) if goal.channel else None
    return span(link(site.link(page, kpi_path(goal.metric)), title) if known else title, below, class_="ls-two")


def target_cell(goal: Goal, say: Callable[[float | None], str]) -> Html:
    """The target, and the day by which it is wanted."""
    day = tag("small", _("by {day}").format(day=say_date(goal.deadline))) if goal.deadline else None
    return span(say(goal.target), day, class_="ls-two")


def expected_cell(stand: Stand | None, say: Callable[[float | None], str]) -> Html | None:
    """What is expected, and the interval below it."""
    if stand is None or stand.expected is None:
        return None
    between = _("{low} to {high}").format(low=say(stand.low), high=say(stand.high))
    return span(say(stand.expected), tag("small", between), class_="ls-two")


def _verdict(stand: Stand) -> Html:
    found = Realism(stand.state)
    return _chip(realism_word(found), _VERDICTS.get(found, "quiet"), stand.chance)


def _pace(stand: Stand) -> Html:
    found = Pace(stand.state)
    return _chip(pace_word(found), _TONES.get(found, "quiet"), stand.chance)


def _chip(word: str, tone: str, chance: float | None) -> Html:
    shown = span(word, class_=f"ls-chip ls-{tone}")
    if chance is None:
        return shown
    share = Wording(spoken()).percent(min(0.99, max(0.01, chance)), 0)
    return span(shown, tag("small", _("{share} chance").format(share=share)), class_="ls-two")
