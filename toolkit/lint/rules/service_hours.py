"""Service hours can be used.

## What it does

Reads the `hours` blocks of the handbook's pages and reports what cannot be used, where it stands: spans, days, lengths and
zones that cannot be read, accounts and networks that nobody knows, two blocks for the same ones.

## Why is this bad?

The clock of every first response runs on these hours. With a block that is not read nothing is late, and nobody is on
duty when somebody should be.

## Example

```yaml
hours: [mon-fri 8-18]
first_response: P1D
```

## Use instead

```yaml
hours: [mon-fri 08:00-18:00]
first_response: PT2H
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View
from toolkit.lint.triaging import known_channels
from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.settings import unknown_name
from toolkit.workspace import ServiceHours


def check_blocks(view: View) -> Iterator[Problem]:
    """Blocks that cannot be used, and blocks that contradict each other."""
    handbook, channels = view.workspace.handbook, known_channels(view.settings)
    yield from (problem for problem in handbook.problems if problem.rule == RULE.id)
    taken: dict[str, ServiceHours] = {}
    for block in handbook.hours:
        for name in sorted(block.channels) or [""]:
            if name and name not in channels:
                yield _problem(block, unknown_name(_("account or network"), name, channels))
            elif taken.setdefault(name, block) is not block:
                other = taken[name]
                place = f"{other.path}:{other.places.source.span(other.places.start).line}"
                yield _problem(block, _say_twice(name, place))


def _say_twice(name: str, place: str) -> str:
    if not name:
        return _("{place} has the service hours for everybody already; say which channels these are for").format(
            place=place
        )
    return _("{place} has the service hours of {name} already").format(place=place, name=name)


def _problem(block: ServiceHours, message: str) -> Problem:
    places = block.places
    span = places.span("channels") if block.channels else places.source.span(places.start)
    return Problem(block.path, span, RULE.id, Severity.ERROR, message)


RULE = Rule("service-hours", Severity.ERROR, __doc__ or "", check_all=check_blocks)
