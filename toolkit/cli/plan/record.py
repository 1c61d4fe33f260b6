"""The plan for programs: one object with stable keys. Moments are ISO 8601; `due` is UTC, `local` has its offset."""

from __future__ import annotations

from datetime import timedelta

from toolkit.cli.plan.gathering import Entry, Planned
from toolkit.networks import by_hand
from toolkit.planning import Change, ClockChange, Collision, Gap, Slot


def plan_json(plan: Planned) -> dict[str, object]:
    """The whole plan. `changes` is there only when a commit was compared."""
    found: dict[str, object] = {
        "workspace": plan.id,
        "now": plan.now.isoformat(),
        "timezone": plan.zone_name,
        "from": plan.window.first,
        "to": plan.window.last,
        "slots": [_entry(entry) for entry in plan.entries],
        "collisions": [_collision(collision) for collision in plan.collisions],
        "gaps": [_gap(gap) for gap in plan.gaps],
        "clock_changes": [_clock_change(change) for change in plan.clock_changes],
        "errors": [str(problem) for problem in plan.problems],
    }
    if plan.changes is not None:
        found |= {"since": plan.window.since, "changes": [_change(change) for change in plan.changes]}
    return found


def _entry(entry: Entry) -> dict[str, object]:
    return slot_json(entry.slot) | {
        "status": entry.slot.post.status.value,
        "goes_out": entry.goes_out,
        "state": None if entry.row is None else entry.row.state.value,
        "by_hand": by_hand(entry.slot.account),
        "url": None if entry.row is None else entry.row.url or None,
        "count": _fit(entry),
        "approval": {
            "granted": entry.verdict.granted,
            "required": entry.verdict.required,
            "given": [approval.by for approval in entry.verdict.given],
            "void": [approval.by for approval in entry.verdict.void],
        },
        "paused": None if entry.pause is None else entry.pause.reason,
        "errors": entry.errors,
    }


def slot_json(slot: Slot) -> dict[str, object]:
    """One channel of one post, and when; `due` and `local` are null while it waits for a slot."""
    publish = slot.draft.publish
    return {
        "uid": slot.post.uid,
        "path": slot.post.path,
        "title": slot.post.title,
        "account": slot.account.name,
        "network": slot.account.network,
        "language": slot.draft.language,
        "due": None if slot.due is None else slot.due.isoformat(),
        "local": None if publish is None else publish.local().isoformat(),
        "zone": None if publish is None else publish.zone,
    }


def _fit(entry: Entry) -> dict[str, object] | None:
    if entry.fit is None:
        return None
    count = entry.fit.count
    return {
        "parts": entry.fit.parts,
        "length": count.length,
        "limit": count.limit,
        "unit": count.unit,
        "ok": entry.fit.valid,
    }


def _change(change: Change) -> dict[str, object]:
    before = None if change.before is None or change.before.due is None else change.before.due.isoformat()
    return slot_json(change.slot) | {
        "kind": change.kind.value,
        "what": change.what,
        "was_due": before,
        "diff": change.text_diff(),
    }


def _collision(collision: Collision) -> dict[str, object]:
    first, second = collision.first, collision.second
    return {
        "account": first.account.name,
        "minutes": collision.minutes,
        "posts": [first.post.path, second.post.path],
        "due": [slot.due.isoformat() for slot in (first, second) if slot.due is not None],
    }


def _gap(gap: Gap) -> dict[str, object]:
    return {"account": gap.account, "from": gap.first, "to": gap.last, "days": gap.days}


def _clock_change(change: ClockChange) -> dict[str, object]:
    minutes = change.by // timedelta(minutes=1)
    return {"at": change.at.isoformat(), "minutes": minutes, "before": change.before, "after": change.after}
