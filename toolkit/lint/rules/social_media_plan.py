"""The social media plan is written, and what it names exists.

## What it does

Reads the front matter of `guidelines/strategy.md` and reports what cannot be used, where it stands: unknown keys,
people, accounts, audiences and competitors, shares that no month can keep, campaigns that together cost more than the
budget of their year. A workspace without the page is told to write it first; goals and pillars that are missing are
warnings.

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

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.settings import unknown_name
from toolkit.strategy import Strategy, read_strategy
from toolkit.strategy.reading import RULE as ID

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
    yield from _missing(plan)
    yield from _spent(plan, view)


def _names(plan: Strategy, view: View) -> Iterator[Named]:
    settings, audiences = view.settings, dict.fromkeys(one.name for one in plan.audiences)
    for purpose in plan.channels:
        yield f"{purpose.key}.channel", _("account"), purpose.channel, settings.accounts
        for at, name in enumerate(purpose.audiences):
            yield f"{purpose.key}.audiences.{at}", _("audience"), name, audiences
    for rival in plan.competitors:
        yield f"{rival.key}.name", _("competitor"), rival.name, settings.competitors
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
