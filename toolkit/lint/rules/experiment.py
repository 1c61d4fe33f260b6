"""An experiment is registered before its first post, and done as it was registered.

## What it does

Reads `content/experiments/` and reports what cannot be used, where it stands; people who are nobody; an experiment that
runs and was never registered, or was changed afterwards without a reason; one that was registered although its posts find
the difference too seldom; a post that is in both arms, and one of an arm outside the experiment's days.

## Why is this bad?

Whoever chooses the question after seeing the answer always finds something. What was written down before can be believed.

## Example

```yaml
title: Question or statement
owner: ines
hypothesis: A question brings more interactions.
arms:
  - {name: question, label: try-question}
  - {name: statement, label: try-statement}
start: 2026-10-01
stop: 2026-11-30
planned: 36
decision: If the question wins, Tuesday's posts begin with one.
```

## Use instead

Keep the design as it is before the first post is out; that writes `registered` with a fingerprint into the file.

```
leitstand experiment register question-or-statement --by ines
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.settings import unknown_name
from toolkit.source import read_frontmatter

if TYPE_CHECKING:
    from toolkit.experiments.experiment import Experiment

ID: Final = "experiment"
FOLDER: Final = "content/experiments"


def check(view: View) -> Iterator[Problem]:
    """What is wrong with the experiments themselves, and between them and their posts."""
    if not any(True for _path in view.workspace.tree.paths(FOLDER, ".md")):
        return
    from toolkit.experiments.reading import read_experiments

    experiments, problems = read_experiments(view.workspace.tree)
    yield from (replace(problem, rule=ID) for problem in problems)
    today = view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    for one in experiments:
        yield from _people(one, view)
        yield from _missing(one, today)
        yield from _registered(one, view, today)
        yield from _chance(one, today)
        for post in view.workspace.posts:
            yield from _membership(one, post)


def _people(one: Experiment, view: View) -> Iterator[Problem]:
    people = view.settings.people
    named = [("owner", one.owner), *((f"changes.{at}.by", change.by) for at, change in enumerate(one.changes))]
    if one.registered is not None:
        named.append(("registered.by", one.registered.by))
    for key, name in named:
        if name and name not in people:
            yield _at(one, key, unknown_name(_("person"), name, people), Severity.ERROR)


def _missing(one: Experiment, today: date) -> Iterator[Problem]:
    if today > one.stop:
        return
    for key, value in (("owner", one.owner), ("hypothesis", one.hypothesis), ("decision", one.decision)):
        if not value:
            yield _at(one, key, _("{key} is missing").format(key=key), Severity.WARNING)


def _registered(one: Experiment, view: View, today: date) -> Iterator[Problem]:
    from toolkit.experiments.fingerprint import Standing, standing
    from toolkit.experiments.marks import marks_of
    from toolkit.experiments.results import first_post

    first = first_post(one, marks_of(view.workspace.posts))
    found, begun = standing(one, first), first is not None and first <= view.now
    if found is Standing.OPEN and today <= one.stop:
        text = _("not registered; do it before the first post: leitstand experiment register {name}")
        severity = Severity.WARNING if begun else Severity.HINT
        yield _at(one, "title", text.format(name=one.name), severity)
    if found is Standing.CHANGED:
        text = _("changed after it was registered; say why: leitstand experiment register {name} --why …")
        yield _at(one, "registered", text.format(name=one.name), Severity.ERROR if begun else Severity.WARNING)


def _chance(one: Experiment, today: date) -> Iterator[Problem]:
    """What was calculated when it was registered; a check reads files, and no results."""
    record = one.registered
    if record is None or record.chance is None or today > one.stop:
        return
    if record.chance < one.power and one.planned < record.needed:
        text = _("{planned} posts of each arm find the factor in {chance} of 100 experiments; it takes {needed}")
        message = text.format(planned=one.planned, chance=round(record.chance * 100), needed=record.needed)
        yield _at(one, "planned", message, Severity.WARNING)


def _membership(one: Experiment, post: Post) -> Iterator[Problem]:
    own = [label for label in one.labels if label in post.labels]
    if not own:
        return
    span = read_frontmatter(post.source)[0].span("labels")
    if len(own) > 1:
        text = _("is in both arms of {name}; a post has one of {labels}")
        message = text.format(name=one.name, labels=", ".join(one.labels))
        yield Problem(post.path, span, ID, Severity.ERROR, message)
    day = post.publish.wall.date() if post.publish is not None else None
    if day is not None and not one.start <= day <= one.stop:
        text = _("{label} belongs to {name}, which runs from {start} to {stop}: the post is not counted")
        message = text.format(label=own[0], name=one.name, start=one.start, stop=one.stop)
        yield Problem(post.path, span, ID, Severity.WARNING, message)


def _at(one: Experiment, key: str, message: str, severity: Severity) -> Problem:
    return Problem(one.path, one.places.span(key), ID, severity, message)


RULE = Rule(ID, Severity.ERROR, __doc__ or "", check_all=check)
