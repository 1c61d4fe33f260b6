"""Occasions name what exists, and somebody has an idea in time.

## What it does

Looks at the entries of `content/occasions/*.yml`: `owner` must be a person and `channels` accounts of leitstand.toml,
`pillar` one of the strategy's. An entry with `lead` says how many days before its first day the work begins; from then on
it is a hint as long as no idea names it (`source: occasion`, `origin` its name). An idea that was dropped counts: somebody
decided. (An entry that cannot be read is reported by `holiday`.)

## Why is this bad?

The day of coffee comes every year and every year as a surprise. A good post needs pictures, approvals, sometimes an ad.

## Example

```yaml
occasions:
  - {name: Tag des Kaffees, from: 2026-10-01, yearly: true, owner: mai, lead: 28}
```

## Use instead

an idea in `content/ideas/`:

```yaml
title: Kaffee für die Frühschicht
source: occasion
origin: Tag des Kaffees
by: mai
created: 2026-09-02
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.editorial import Idea, read_occasions
from toolkit.editorial.days import Coming, coming, serves
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.settings import unknown_name
from toolkit.strategy import read_strategy
from toolkit.workspace import Occasion

AHEAD: Final = timedelta(days=366)


def check(view: View) -> Iterator[Problem]:
    """Names of nobody, and days that come without an idea."""
    occasions, _problems = read_occasions(view.workspace)
    pillars = dict.fromkeys(one.name for one in read_strategy(view.workspace).pillars)
    for one in occasions:
        named = [("owner", _("person"), one.owner, view.settings.people), ("pillar", _("pillar"), one.pillar, pillars)]
        named += [
            (f"channels.{at}", _("account"), name, view.settings.accounts) for at, name in enumerate(one.channels)
        ]
        for key, what, name, known in named:
            if name and known and name not in known:
                yield from _at(one, key, unknown_name(what, name, known), RULE.severity)
    today = view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    ideas = view.ideas[0] if any(one.lead for one in occasions) else ()
    for near in coming(occasions, today, AHEAD):
        yield from _bare(near, ideas, today, view)


def _bare(near: Coming, ideas: tuple[Idea, ...], today: date, view: View) -> Iterator[Problem]:
    occasion = near.occasion
    if not occasion.lead or not near.start <= today <= near.first or any(serves(idea, near) for idea in ideas):
        return
    people = view.settings.people
    name = people[occasion.owner].name if occasion.owner in people else ""
    message = _("comes on {day}, and nobody has an idea yet: leitstand idea new … --occasion {name}")
    if name:
        message = _("comes on {day}, and {owner} has no idea yet: leitstand idea new … --occasion {name}")
    said = message.format(day=near.first, owner=name, name=f'"{occasion.name}"')
    yield from _at(occasion, "name", said, Severity.HINT)


def _at(occasion: Occasion, key: str, message: str, severity: Severity) -> Iterator[Problem]:
    if occasion.places is not None:
        place = occasion.places.span(f"{occasion.key}.{key}")
        yield Problem(occasion.places.source.path, place, RULE.id, severity, message)


RULE = Rule("occasion", Severity.WARNING, __doc__ or "", check_all=check)
