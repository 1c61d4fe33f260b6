"""The social media plan is written, and what it names exists.

## What it does

Reads the front matter of `guidelines/strategy.md` and reports what cannot be used, where it stands: unknown keys,
people, accounts, audiences and competitors, targets that no figure can have, shares that no month can keep, campaigns that
together cost more than the budget of their year. A workspace without the page is told to write it first. Warnings are for
goals and pillars that are missing, goals that stand there twice, that were reached before they began or whose deadline is
past, and a review in the future.

## Why is this bad?

Without goals no report can say whether the work was worth it, and without pillars a month is what came to mind.

## Example

```yaml
pillars:
  - {name: produkt, least: 60 %}
  - {name: wissen, least: 60 %}
```

## Use instead

```yaml
goals:
  - {metric: orders, target: 340}
audiences:
  - {name: neugierige, title: Die Neugierigen, wants: Herkunft und Zubereitung}
pillars:
  - {name: produkt, title: Produkt, most: 30 %}
  - {name: wissen, title: Wissen, least: 20 %}
channels:
  - {channel: mastodon, purpose: das Gespräch, audiences: [neugierige]}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.settings import unknown_name
from toolkit.strategy import Strategy, read_strategy
from toolkit.strategy.reading import RULE as ID
from toolkit.workspace import Goal

if TYPE_CHECKING:
    from toolkit.kpis import Kpi

# Dotted key, what it names, the name, the names that exist.
Named = tuple[str, str, str, Mapping[str, object]]


def check(view: View) -> Iterator[Problem]:
    """What is wrong with the plan, and what it lacks."""
    plan = read_strategy(view.workspace)
    yield from plan.problems
    if not plan.written:
        return
    for key, what, name, known in _names(plan, view):
        if name and name not in known:
            yield _at(plan, key, unknown_name(what, name, known))
    today = view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    yield from _missing(plan)
    yield from _goals(plan, today)
    yield from _reviewed(plan, today)
    yield from _spent(plan, view)


def _names(plan: Strategy, view: View) -> Iterator[Named]:
    settings, audiences = view.settings, dict.fromkeys(one.name for one in plan.audiences)
    for purpose in plan.channels:
        yield f"{purpose.key}.channel", _("account"), purpose.channel, settings.accounts
        for at, name in enumerate(purpose.audiences):
            yield f"{purpose.key}.audiences.{at}", _("audience"), name, audiences
    for rival in plan.competitors:
        yield f"{rival.key}.name", _("competitor"), rival.name, settings.competitors
    for pillar in plan.pillars:
        yield f"{pillar.key}.owner", _("person"), pillar.owner, settings.people
    for cost in plan.budget:
        yield f"{cost.key}.owner", _("person"), cost.owner, settings.people


def _missing(plan: Strategy) -> Iterator[Problem]:
    """What a plan cannot do without."""
    wanted = {
        "goals": (plan.goals, _("no goals; no report can say whether the work was worth it")),
        "audiences": (plan.audiences, _("no audiences; nobody knows for whom the posts are")),
        "pillars": (plan.pillars, _("no pillars; a month has no mix that could be kept")),
        "channels": (plan.channels, _("no channels; nobody knows what each of them is for")),
    }
    for key, (found, message) in wanted.items():
        if not found and plan.places is not None and plan.places.node(key) is None:
            yield _at(plan, key, message, Severity.WARNING)


def _goals(plan: Strategy, today: date) -> Iterator[Problem]:
    """Goals that nobody can reach, that are reached already, that are over, or that stand there twice."""
    if not plan.goals:
        return
    # The dictionary takes longer to load than a plan without goals needs it.
    from toolkit.kpis import KPIS

    seen = set[tuple[str, str, date | None]]()
    for goal in plan.goals:
        known = (goal.metric, goal.channel, goal.deadline)
        if known in seen:
            message = _("{metric} has a goal already for the same channel and time; take one of them out")
            yield _at(plan, f"{goal.key}.metric", message.format(metric=goal.metric), Severity.WARNING)
        seen.add(known)
        kpi = KPIS.get(goal.metric)  # the rule names says which there are
        if kpi is not None:
            yield from _numbers(plan, goal, kpi)
        if goal.deadline and goal.deadline < today:
            message = _("the deadline was {day}; set a new one, or take the goal out when the report has told of it")
            yield _at(plan, f"{goal.key}.deadline", message.format(day=goal.deadline), Severity.WARNING)


def _numbers(plan: Strategy, goal: Goal, kpi: Kpi) -> Iterator[Problem]:
    from toolkit.kpis import Better

    wrong = False
    for key, number in (("target", goal.target), ("baseline", goal.baseline)):
        message = _unusable(kpi, number, zero=key == "baseline") if number is not None else ""
        if message:
            yield _at(plan, f"{goal.key}.{key}", message.format(key=key, value=f"{number:g}"))
            wrong = True
    if wrong or goal.baseline is None:
        return
    lower = kpi.better is Better.LOWER
    if goal.baseline <= goal.target if lower else goal.baseline >= goal.target:
        message = _("{before} before is as good as {target} already: nothing would have to change")
        said = message.format(before=f"{goal.baseline:g}", target=f"{goal.target:g}")
        yield _at(plan, f"{goal.key}.baseline", said, Severity.WARNING)


def _unusable(kpi: Kpi, number: float, *, zero: bool) -> str:
    """Why a figure cannot have this value; "" when it can. What was (`zero`) may be nothing, what is wanted may not."""
    from toolkit.kpis import Unit

    if kpi.unit is Unit.BALANCE:
        return "" if -1 <= number <= 1 else _("{key} must be from -1 to 1, not {value}")
    if number < 0 and zero:
        return _("{key} must be 0 or more, not {value}")
    if number <= 0 and not zero:
        return _("{key} must be above 0, not {value}")
    if kpi.unit is Unit.SHARE and number > 1:
        return _("{key} must be a share from 0 to 1, not {value}; 4 in 100 are 0.04")
    if kpi.unit is Unit.COUNT and not number.is_integer():
        return _("{key} must be a whole number, not {value}; write thousands without a point")
    return ""


def _reviewed(plan: Strategy, today: date) -> Iterator[Problem]:
    """A review that cannot have been; one that is overdue, handbook-review says."""
    if plan.reviewed and plan.reviewed > today:
        message = _("{day} is still to come; reviewed is the day on which somebody read the page")
        yield _at(plan, "reviewed", message.format(day=plan.reviewed), Severity.WARNING)


def _spent(plan: Strategy, view: View) -> Iterator[Problem]:
    """Campaigns count in the year in which they begin."""
    spent: dict[int, int] = {}
    for one in view.workspace.campaigns.values():
        if one.budget and one.start:
            spent[one.start.year] = spent.get(one.start.year, 0) + one.budget
    for year, amount in sorted(spent.items()):
        planned = plan.spending(year)
        if planned and amount > planned:
            message = _("the campaigns of {year} cost {amount}, the budget of the year is {planned}")
            said = message.format(year=year, amount=amount, planned=f"{planned:g}")
            yield _at(plan, "budget", said, Severity.WARNING)


def _at(plan: Strategy, key: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    span = plan.places.span(key) if plan.places is not None else Span()
    return Problem(plan.path, span, ID, severity, message)


RULE = Rule(ID, Severity.ERROR, __doc__ or "", check_all=check)
