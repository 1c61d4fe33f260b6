"""Posts go out when somebody is there to answer.

## What it does

Compares every time that is still to come with the `duty` block of the handbook: who answers when, the people's absences and
deputies in leitstand.toml, and the region's public holidays. Warns about a ready post after which nobody is there within the
time that the block gives (`within`), unless it goes out at hours that the block calls `unattended`. Reports blocks that
cannot be used and people whom nobody knows. Without a block nobody has to be there; below a feed, a file or a newsletter, where
nobody can write back, neither.

## Why is this bad?

A question below a post wants its answer within the hour. On an afternoon on which both of a pair are away, nobody sees what
goes wrong.

## Example

```markdown
---
status: ready
publish: 2026-11-29 15:00
channels: [mastodon]
---
```

## Use instead

```markdown
---
status: ready
publish: 2026-11-30 15:00
channels: [mastodon]
---
```

with this block in a page of the handbook:

```yaml
roster: [{person: redaktion, hours: [mon-fri 08:00-18:00]}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.dates import say_short_day
from toolkit.lint.rule import Rule, View
from toolkit.lint.upcoming import Upcoming, find_upcoming
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity, Span, Status
from toolkit.planning import Cover, Duty, duty_of
from toolkit.settings import unknown_name
from toolkit.workspace import DutyRoster


def check(view: View) -> Iterator[Problem]:
    """Blocks that cannot be used, and ready posts that nobody looks after."""
    yield from (problem for problem in view.workspace.handbook.problems if problem.rule == RULE.id)
    rosters = view.workspace.handbook.duty
    for roster in rosters:
        yield from _people(roster, view)
    for roster in rosters[1:]:
        place = f"{rosters[0].path}:{_head(rosters[0]).line}"
        yield _problem(roster, _head(roster), _("{place} has the roster already").format(place=place))
    if rosters:
        duty = duty_of(view.workspace)
        for post in view.asked_posts:
            if post.status is Status.READY and post.retraction is None:
                yield from _unattended(post, duty, view)


def _people(roster: DutyRoster, view: View) -> Iterator[Problem]:
    people = view.settings.people
    for turn in roster.all_turns():
        if turn.person not in people:
            message = unknown_name(_("person"), turn.person, people)
            yield _problem(roster, roster.places.span(turn.key), message)


def _head(roster: DutyRoster) -> Span:
    return roster.places.source.span(roster.places.start)


def _problem(roster: DutyRoster, span: Span, message: str) -> Problem:
    return Problem(roster.path, span, RULE.id, Severity.ERROR, message)


def _unattended(post: Post, duty: Duty, view: View) -> Iterator[Problem]:
    told = set()
    for upcoming in find_upcoming(post, view):
        cover = duty.cover(upcoming.at, upcoming.draft.account)
        if cover.missing and (upcoming.key, upcoming.local) not in told:
            told.add((upcoming.key, upcoming.local))
            yield RULE.at(post, upcoming.key, _say(upcoming, cover))


def _say(upcoming: Upcoming, cover: Cover) -> str:
    when = f"{say_short_day(upcoming.local)} {upcoming.local:%H:%M}"
    return _("{when}: nobody is there to answer ({reason})").format(when=when, reason=cover.reason)


RULE = Rule("duty", Severity.WARNING, __doc__ or "", check_all=check)
