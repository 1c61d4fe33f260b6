"""The handbook's pages have an owner and are reviewed in time.

## What it does

Looks at the front matter of every page in `guidelines/`: `next_review` must not have passed, `owner` must be there
and a person of leitstand.toml. Pages without front matter, such as generated ones, are left alone, and so are those that
`exempt` under `[check.handbook-review]` names.

## Why is this bad?

Rules that nobody looks after are followed or ignored by habit, and nobody knows whom to ask.

## Example

```markdown
---
title: Times
owner: redaktion
next_review: 2026-02-01
---
```

## Use instead

```markdown
---
title: Times
owner: redaktion
reviewed: 2026-11-20
next_review: 2027-05-20
---
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.settings import unknown_name
from toolkit.source import FrontMatter
from toolkit.workspace import HandbookPage


def check(view: View) -> Iterator[Problem]:
    """Pages whose review is overdue or that nobody answers for, and front matter that cannot be read."""
    handbook, exempt = view.workspace.handbook, view.settings.checks.exempt
    # The strategy's goals are read with the workspace, which has said what is wrong there.
    told = {(problem.path, problem.span) for problem in view.workspace.problems}
    for problem in handbook.problems:
        if problem.rule in (RULE.id, "encoding") and (problem.path, problem.span) not in told:
            yield problem
    today = view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    for page in handbook.pages:
        if page.front is not None and not any(fnmatchcase(page.path, pattern) for pattern in exempt):
            yield from _page(page, page.front, today, view)


def _page(page: HandbookPage, front: FrontMatter, today: date, view: View) -> Iterator[Problem]:
    if page.next_review is not None and page.next_review < today:
        message = _("the review was due on {day}; read the page, then set reviewed and next_review")
        if page.owner in view.settings.people:
            message = _("the review was due on {day}: {name} reads the page, then sets reviewed and next_review")
        people = view.settings.people
        name = people[page.owner].name if page.owner in people else ""
        yield _problem(page, front.span("next_review"), message.format(day=page.next_review, name=name))
    if not page.owner:
        yield _problem(page, front.span("owner"), _("nobody answers for this page; name an owner"))
    elif page.owner not in view.settings.people:
        yield _problem(page, front.span("owner"), unknown_name(_("person"), page.owner, view.settings.people))


def _problem(page: HandbookPage, span: Span, message: str) -> Problem:
    return Problem(page.path, span, RULE.id, RULE.severity, message)


RULE = Rule("handbook-review", Severity.WARNING, __doc__ or "", check_all=check)
