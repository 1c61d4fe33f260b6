"""Rows and events of the ledger as the verbs name, list and print them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from toolkit.cli.context import Context
from toolkit.cli.posts import named_post
from toolkit.errors import UsageError
from toolkit.ledger import ApprovalRow, Event, Ledger, Row, State, advice
from toolkit.ledger.naming import old_word, row_name, row_word
from toolkit.messages import _, ngettext

MARKS = {
    State.PLANNED: "·",
    State.SENDING: "→",
    State.CONFIRMED: "✓",
    State.IMPORTED: "·",
    State.CANCELLED: "-",
    State.SKIPPED: "-",
}
# A plan that comes after one of these was tried, and has to wait for its next try.
TRIED = (State.SENDING,)


def find_uid(context: Context, ledger: Ledger, reference: str) -> str:
    """The uid that `reference` means: a post of the folder, or one that only the ledger knows any more."""
    workspace = context.load()
    post = workspace.find_post(reference)
    if post is not None and post.uid:
        return post.uid
    ends = (f"/{reference}", f"/{reference}.md")
    known = {row.uid for row in ledger.rows() if reference == row.uid or f"/{row.path}".endswith(ends)}
    if len(known) == 1:
        return known.pop()
    uid = named_post(workspace, reference).uid
    if not uid:
        raise UsageError(_("{name} has no uid yet; run: leitstand fix").format(name=reference))
    return uid


def event_json(event: Event) -> dict[str, object]:
    """One event with stable keys."""
    return {
        "id": event.id,
        "at": event.at.isoformat(),
        "uid": event.uid,
        "occurrence": event.occurrence,
        "path": event.path,
        "account": event.account,
        "account_id": event.account_id,
        "action": event.action,
        "part": event.part,
        "old": event.old,
        "state": event.state.value,
        "detail": event.detail,
        "url": event.url,
        "by_hand": event.by_hand,
    }


def approval_json(row: ApprovalRow) -> dict[str, object]:
    """A yes or no of the desk with stable keys; `action` tells it from an event."""
    return {
        "at": row.at.isoformat(),
        "uid": row.uid,
        "action": "approval",
        "state": "granted" if row.granted else "refused",
        "person": row.person,
        "hash": row.hash,
        "detail": row.note,
    }


def row_json(row: Row) -> dict[str, object]:
    """One row with stable keys; the rendition is left out."""
    return {
        "uid": row.uid,
        "occurrence": row.occurrence,
        "path": row.path,
        "account": row.account,
        "account_id": row.account_id,
        "action": row.action,
        "part": row.part,
        "parts": row.parts,
        "state": row.state.value,
        "due": row.due.isoformat(),
        "wall": row.wall,
        "zone": row.zone,
        "reason": row.reason,
        "attempts": row.attempts,
        "not_before": row.not_before.isoformat() if row.not_before else None,
        "remote_id": row.remote_id,
        "url": row.url,
        "commit": row.commit,
        "updated_at": row.updated_at.isoformat(),
        "by_hand": row.by_hand,
        "advice": advice(row),
    }


def event_line(event: Event, *, rehearsal: bool = False) -> str:
    """One event as a line."""
    word = row_word(event)
    if rehearsal and event.state is State.CONFIRMED:
        word = _("would be sent")
    elif event.old == event.state:
        word = _("waits") if "→" not in event.detail else _("moved")
    elif event.state is State.PLANNED and event.old in TRIED and event.detail:
        word = _("waits")
    said = " ".join(filter(None, (event.url, event.detail)))
    mark = "·" if event.by_hand and event.state is State.HELD else MARKS.get(event.state, "!")
    return f"{mark} {word:<10} {row_name(event)}  {said}".rstrip()


def change_line(event: Event) -> str:
    """What a person's decision changed: ``held → planned  content/posts/advent.md → mastodon``."""
    mark = MARKS.get(event.state, "!")
    return f"{mark} {old_word(event)} → {row_word(event)}  {row_name(event)}"


def event_lines(events: Iterable[Event], *, rehearsal: bool = False) -> list[str]:
    """One line per event; what was imported or planned in bulk is counted."""
    lines, bulk = [], {State.IMPORTED: 0, State.PLANNED: 0}
    for event in events:
        if not event.old and event.state in bulk:
            bulk[event.state] += 1
        else:
            lines.append(event_line(event, rehearsal=rehearsal))
    head = []
    if bulk[State.IMPORTED]:
        head.append(
            ngettext(
                "· {count} post was past when its account was first met: taken over, never sent",
                "· {count} posts were past when their accounts were first met: taken over, never sent",
                bulk[State.IMPORTED],
            )
        )
    if bulk[State.PLANNED]:
        head.append(
            ngettext("· {count} post is newly planned", "· {count} posts are newly planned", bulk[State.PLANNED])
        )
    return head + lines


def age(delta: timedelta) -> str:
    """A stretch of time in its two largest units, such as ``2 h 5 min``."""
    minutes = int(max(delta, timedelta()).total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _("{days} d {hours} h").format(days=days, hours=hours)
    return (
        _("{hours} h {minutes} min").format(hours=hours, minutes=minutes) if hours else _("{n} min").format(n=minutes)
    )


def local_time(moment: datetime, context: Context) -> str:
    """The moment on the workspace's own clock."""
    return f"{moment.astimezone(context.zone):%Y-%m-%d %H:%M}"
