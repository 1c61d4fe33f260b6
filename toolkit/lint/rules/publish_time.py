"""The time of publication must exist, once, and make sense.

## What it does

Reports wall times that do not exist (the hour that is skipped in spring) or exist twice (the hour that is repeated in
autumn), for the post and for each account with its own time or zone. Warns about a time in quiet hours and about a
ready post whose time has passed although it was never published (when a ledger is there). Of a post that
comes again every time is looked at. Hints at a `fold` that settles nothing and at an offset that the zone does not have on that day.

## Why is this bad?

Nobody can say when such a post goes out: programs guess, an hour early or late. An explicit offset or `fold` says it.

## Example

```markdown
---
publish: 2026-03-29 02:30
---
```

## Use instead

```markdown
---
publish: 2026-03-29 03:30
---
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from toolkit.lint.rule import Rule, View, time_key, times
from toolkit.messages import _, ngettext
from toolkit.model import Existence, Post, Problem, Severity, Status, WallTime, zone
from toolkit.networks import by_hand

# The ledger has dealt with these; a person or the dispatcher decides about the rest.
DEALT_WITH = frozenset({"sending", "confirmed", "unknown", "held", "skipped", "cancelled", "imported"})


def check(post: Post, view: View) -> Iterator[Problem]:
    """Problems of the post's time and of its accounts' own times."""
    for wall, key in times(post, view).items():
        doubts = list(_exists(post, key, wall))
        yield from doubts or _quiet(post, key, wall, view)
    if post.repeat is not None and post.publish is not None:
        walls = list(post.repeat.instances(post.publish).values())
        yield from _changed_clocks(post, walls[1:])
        yield from _too_soon(post, walls, view.settings.policy.repeat_days)
    if view.ledger_rows and post.status is Status.READY and post.uid:
        yield from _overdue(post, view)


def _exists(post: Post, key: str, wall: WallTime) -> Iterator[Problem]:
    existence = wall.existence()
    if existence is Existence.ONCE and wall.fold is None and wall.offset is None:
        return
    said = f"{wall.wall:%Y-%m-%d %H:%M}"
    if existence is Existence.GAP:
        message = _("{said} does not exist in {zone}; write {after} or add an offset, such as {said}{offset}")
        after = f"{replace(wall, fold=0).local():%H:%M}"
        before = _offset(wall.wall.replace(tzinfo=zone(wall.zone), fold=0))
        yield RULE.at(post, key, message.format(said=said, zone=wall.zone, after=after, offset=before))
    elif existence is Existence.FOLD and wall.fold is None:
        message = _(
            "{said} happens twice in {zone}; write fold: 0 for the first ({said}{first})"
            " or fold: 1 for the second ({said}{second})"
        )
        first, second = (_offset(replace(wall, fold=fold).local()) for fold in (0, 1))
        yield RULE.at(post, key, message.format(said=said, zone=wall.zone, first=first, second=second))
    elif existence is Existence.ONCE and wall.fold is not None:
        fold_key = f"{key.rpartition('.')[0]}.fold".lstrip(".")
        message = _("fold settles nothing here: {said} happens once in {zone}; remove it")
        yield RULE.at(post, fold_key, message.format(said=said, zone=wall.zone), severity=Severity.HINT)
    elif wall.offset is not None and wall.local().utcoffset() != wall.offset:
        message = _("{zone} is at {offset} then, so this is {local} there")
        local = wall.local()
        yield RULE.at(
            post,
            key,
            message.format(zone=wall.zone, offset=_offset(local), local=f"{local:%Y-%m-%d %H:%M}"),
            severity=Severity.HINT,
        )


def _changed_clocks(post: Post, walls: list[WallTime]) -> Iterator[Problem]:
    """Times of a post that comes again which a clock change touches; the rule cannot know them."""
    for wall in walls:
        existence = wall.existence()
        said = f"{wall.wall:%Y-%m-%d %H:%M}"
        if existence is Existence.GAP:
            message = _("{said} does not exist in {zone}; that time it goes out at {after}")
            after = f"{wall.local():%H:%M}"
            yield RULE.at(
                post, "repeat", message.format(said=said, zone=wall.zone, after=after), severity=Severity.WARNING
            )
        elif existence is Existence.FOLD and wall.fold is None:
            message = _("{said} happens twice in {zone}; it goes out the first time")
            yield RULE.at(post, "repeat", message.format(said=said, zone=wall.zone), severity=Severity.HINT)


def _too_soon(post: Post, walls: list[WallTime], days: int) -> Iterator[Problem]:
    """The first pair of times that lie too close together; the dispatcher would hold the second one back."""
    if days:
        moments = sorted(wall.wall for wall in walls)
        for first, second in pairwise(moments):
            if (second.date() - first.date()).days < days:
                message = _("it comes again on {second} after {first}; {days} between")
                wanted = ngettext("{count} day has to lie", "{count} days have to lie", days)
                said = message.format(second=second.date(), first=first.date(), days=wanted)
                yield RULE.at(post, "repeat", said)
                return


def _quiet(post: Post, key: str, wall: WallTime, view: View) -> Iterator[Problem]:
    hours = view.settings.policy.quiet_hours
    if not hours or wall.instant() < view.now:
        return
    local = wall.local()
    for span in hours:
        if span.contains(local.time()):
            message = _("{time} lies in the quiet hours {start}-{end}").format(
                time=f"{local:%H:%M}", start=f"{span.start:%H:%M}", end=f"{span.end:%H:%M}"
            )
            yield RULE.at(post, key, message, severity=Severity.WARNING)
            return


def _overdue(post: Post, view: View) -> Iterator[Problem]:
    late = view.now - timedelta(minutes=post.grace)
    for draft in view.drafts(post):
        network = view.network(draft.account.network)
        if network is None or (network.connect is None and not by_hand(draft.account)):
            continue  # nothing is ever published there, so nothing is overdue
        if draft.publish is None or draft.publish.instant() >= late:
            continue
        if view.states.get(post.uid, {}).get(draft.account.name, frozenset()) & DEALT_WITH:
            continue
        message = _("was due {when} on {account} and was never published; set a new time or status: draft").format(
            when=f"{draft.publish.local():%Y-%m-%d %H:%M}", account=draft.account.name
        )
        yield RULE.at(post, time_key(draft), message, severity=Severity.WARNING)


def _offset(moment: datetime) -> str:
    seconds = int((moment.utcoffset() or timedelta()).total_seconds())
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{abs(seconds) // 3600:02}:{abs(seconds) // 60 % 60:02}"


RULE = Rule("publish-time", Severity.ERROR, __doc__ or "", check_post=check)
