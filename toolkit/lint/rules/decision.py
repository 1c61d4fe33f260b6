"""Decisions on the handbook's pages are whole: who, when, on what.

## What it does

Reads `decisions` in the front matter of every page in `guidelines/`: each has an `id` that no other has, a moment that
is not in the future, a person of leitstand.toml who may change the handbook (a role whose approval counts, where anybody
has one), a status, and a sentence that says what was decided; one that was rejected or withdrawn says why. A patch of
`leitstand learn` brings a decision that nobody has signed yet: whoever merges it does. `learns` names what there is to
learn about.

## Why is this bad?

A decision that nobody can trace is made again next year, by somebody who does not know what it rested on.

## Example

```markdown
---
title: Times
owner: redaktion
decisions:
  - {id: part-morning, by: somebody, status: rejected, summary: Post in the morning.}
---
```

## Use instead

```markdown
---
title: Times
owner: redaktion
decisions:
  - id: part-morning
    at: 2026-11-02T10:15:00+01:00
    by: redaktion
    status: rejected
    summary: Post in the morning.
    reason: Nobody is there before nine who could answer.
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.workspace.decisions import Decided, Decision, read_decisions, topic_problems, why_not


def check(view: View) -> Iterator[Problem]:
    """Decisions that cannot be read or traced, and pages that learn about what there is not."""
    pages = view.workspace.handbook.pages
    decisions, problems = read_decisions(pages)
    yield from problems
    yield from topic_problems(pages)
    first: dict[str, Decision] = {}
    for one in decisions:
        yield from _check(one, view)
        twin = first.setdefault(one.id, one)
        if twin is not one:
            message = _("{path} has a decision {id} already; take another id, such as {other}")
            yield _at(one, message.format(path=twin.path, id=one.id, other=f"{one.id}-2"))


def _check(one: Decision, view: View) -> Iterator[Problem]:
    if not one.by:
        message = _("{id} was merged and nobody has signed it: leitstand learn accept {id} --by NAME")
        yield _at(one, message.format(id=one.about))
    elif reason := why_not(view.settings, one.by):
        yield _at(one, reason)
    if one.at > view.now:
        yield _at(one, _("{id} is decided in the future ({at})").format(id=one.id, at=one.at.isoformat()))
    if one.status is not Decided.ACCEPTED and not one.reason:
        yield _at(one, _("{id} says no and not why; add a reason").format(id=one.id))


def _at(one: Decision, message: str) -> Problem:
    return Problem(one.path, one.span, RULE.id, RULE.severity, message)


RULE = Rule("decision", Severity.WARNING, __doc__ or "", check_all=check)
