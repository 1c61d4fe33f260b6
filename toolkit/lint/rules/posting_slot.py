"""Posts that wait for the next free slot get one, and keep it.

## What it does

Reads the `slots` blocks of the handbook's pages and reports what cannot be used, where it stands. Looks at every post with
`publish: next`: one in review or ready without a slot yet is told which is the next free one, and `leitstand fix` writes
it beside, as `slots`. What stands there is kept until somebody deletes it. Two posts that have taken the same slot, as two
branches can, are an error at the one that was made later. Hints at a slot that the handbook does not know any more.

## Why is this bad?

A slot that only a program knows is another one on the next machine. What stands in the file is what everybody sees, reviews
and approves.

## Example

```markdown
---
status: ready
publish: next
channels: [mastodon]
---
```

## Use instead

```markdown
---
status: ready
publish: next
slots: {mastodon: 2026-12-01 08:00}
channels: [mastodon]
---
```

with this block in a page of the handbook:

```yaml
channels: [mastodon]
times: [tue 08:00, thu 17:30]
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from toolkit.dates import say_short_day
from toolkit.lint.rule import Rule, View, front
from toolkit.lint.triaging import known_channels
from toolkit.messages import _
from toolkit.model import Fix, Post, Problem, Severity, Status, WallTime
from toolkit.planning import PostingSlot, Slot, Timetable, Turn, slots, waiting
from toolkit.planning.waiting import HORIZON, LEAD, queue_order
from toolkit.settings import unknown_name
from toolkit.source import add_to_table
from toolkit.source.tables import remove_line
from toolkit.workspace import PostingSlots


def check(view: View) -> Iterator[Problem]:
    """Blocks, tables without their wish, who has no slot yet, and slots that two have taken or nobody keeps."""
    yield from _blocks(view)
    for post in view.asked_posts:
        yield from _table(post)
    if any(post.publish_next for post in view.asked_posts):
        planned = slots(view.workspace, view.now - LEAD)
        yield from _waiting(view, planned)
        yield from _given(view, planned)


def _blocks(view: View) -> Iterator[Problem]:
    handbook, channels = view.workspace.handbook, known_channels(view.settings)
    yield from (problem for problem in handbook.problems if problem.rule == RULE.id)
    for block in handbook.slots:
        for name in block.channels:
            if name not in channels:
                yield _at_block(block, unknown_name(_("account or network"), name, channels))


def _at_block(block: PostingSlots, message: str) -> Problem:
    return Problem(block.path, block.places.span("channels"), RULE.id, Severity.ERROR, message)


def _table(post: Post) -> Iterator[Problem]:
    root = front(post).root
    if root is None or "slots" not in root.values:
        return
    if not post.publish_next:
        message = _("slots say nothing without publish: next; remove them")
        edit = remove_line(front(post), "slots")
        fix = None if edit is None else Fix(edit.start, edit.end, edit.text, safe=True, title=_("Remove the slots"))
        yield RULE.at(post, "slots", message, severity=Severity.HINT, fix=fix)
    for name in post.slots:
        if name not in post.channels:
            message = _("the post does not go to {channel}; remove its slot").format(channel=name)
            yield RULE.at(post, f"slots.{name}", message, severity=Severity.WARNING)


def _waiting(view: View, planned: Sequence[Slot]) -> Iterator[Problem]:
    """Posts that are to have a slot and have none; all channels of a post at once, for they stand in one table."""
    found: defaultdict[str, list[Turn]] = defaultdict(list)
    for turn in waiting(view.workspace, view.now, planned):
        if view.asked(turn.post.path):
            found[turn.post.path].append(turn)
    for turns in found.values():
        post, given = turns[0].post, {turn.account.name: turn.slot for turn in turns if turn.slot is not None}
        severity = Severity.WARNING if post.status is Status.READY else Severity.HINT
        if given:
            said = ", ".join(f"{name} {_say(slot.wall)}" for name, slot in given.items())
            message = _("no time yet; next free: {slots}; leitstand fix writes it").format(slots=said)
            yield RULE.at(post, "publish", message, severity=severity, fix=_writing(post, given))
        for turn in turns:
            if turn.slot is None:
                yield RULE.at(post, "publish", _say_none(turn, view), severity=severity)


def _say_none(turn: Turn, view: View) -> str:
    name = turn.account.name
    if not Timetable(view.workspace).keeps(turn.account):
        message = _("the handbook keeps no posting slots for {channel}; write a block called slots, or a time here")
        return message.format(channel=name)
    weeks = HORIZON // timedelta(weeks=1)
    return _("no posting slot of {channel} is free within {weeks} weeks").format(channel=name, weeks=weeks)


def _writing(post: Post, given: Mapping[str, PostingSlot]) -> Fix | None:
    values = {name: slot.written(post.timezone) for name, slot in given.items()}
    edit = add_to_table(front(post), "slots", values, after="publish")
    if edit is None:
        return None
    return Fix(edit.start, edit.end, edit.text, safe=True, title=_("Write the next free slot"))


def _given(view: View, planned: Sequence[Slot]) -> Iterator[Problem]:
    """What was given earlier: taken twice, or kept by nobody."""
    timetable, holders = Timetable(view.workspace), defaultdict[tuple[str, object], list[Slot]](list)
    queued = [slot for slot in planned if slot.due is not None and slot.account.name in slot.post.slots]
    for slot in queued:
        holders[slot.account.name, slot.due].append(slot)
    for slot in queued:
        if slot.due is None or slot.due < view.now or not view.asked(slot.post.path):
            continue
        first = min(holders[slot.account.name, slot.due], key=queue_order)
        if first is not slot:
            yield _twice(slot, first)
        elif timetable.keeps(slot.account) and not any(
            slot.due == one.at for one in timetable.slots(slot.account, slot.due - _MOMENT, slot.due)
        ):
            message = _("{when} is no posting slot of {channel} any more; delete it to get another one, or keep it")
            message = message.format(when=_say(slot.post.slots[slot.account.name]), channel=slot.account.name)
            yield RULE.at(slot.post, f"slots.{slot.account.name}", message, severity=Severity.HINT)


def _twice(slot: Slot, first: Slot) -> Problem:
    name = slot.account.name
    message = _("{other} has this slot of {channel} already; delete it here and run leitstand fix")
    found = RULE.at(slot.post, f"slots.{name}", message.format(other=first.post.path, channel=name))
    return replace(found, severity=Severity.ERROR, related=first.post.path)


def _say(wall: WallTime) -> str:
    return f"{say_short_day(wall.wall.date())} {wall.wall:%Y, %H:%M}"


_MOMENT = timedelta(seconds=1)
RULE = Rule("posting-slot", Severity.WARNING, __doc__ or "", check_all=check, fixable=True)
