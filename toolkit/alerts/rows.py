"""Alerts of the ledger's rows: refused, held, missed, unknown for long, due but kept back, to be published by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.alerts.alert import Alert, Kind
from toolkit.alerts.scene import Scene, one_line
from toolkit.database import to_text
from toolkit.ledger import Row, State, advice
from toolkit.messages import _

_KINDS = {State.FAILED: Kind.FAILED, State.HELD: Kind.HELD, State.MISSED: Kind.MISSED}


def row_alerts(scene: Scene) -> Iterator[Alert]:
    """One alert for each row in its state; a second one, to the managers, when nobody has settled it in time."""
    for row in (*scene.rows, *scene.waiting):
        alert = _alert(row, scene)
        if alert is not None and not _is_told_as_reply(row):
            yield alert
            yield from _overdue(alert, scene)


def _is_told_as_reply(row: Row) -> bool:
    """What was refused or missed of a reply goes back to its author, who is told of that."""
    return row.action == "answer" and row.state in (State.FAILED, State.MISSED)


def _alert(row: Row, scene: Scene) -> Alert | None:
    kind = _KINDS.get(row.state)
    since = row.updated_at
    if row.handed_over:
        kind = Kind.BY_HAND
    elif row.state is State.UNKNOWN:
        # A replay writes the row anew; what counts is when it first went to the network.
        since = row.first_tried_at or row.updated_at
        kind = Kind.UNKNOWN if scene.now - since >= scene.workspace.settings.alerts.unknown else None
    elif row.state is State.PLANNED and row.account in scene.locked_out:
        return None  # that the account waits is told once, and not again for each of its posts
    elif row.state is State.PLANNED:
        # Its reason may change with every tick; it is one and the same wait.
        since = max(row.due, row.again_at or row.due)
        kind = Kind.WAITING if scene.now - since > scene.workspace.settings.longest_silence else None
    return None if kind is None else _of_row(row, kind, scene, f"{row.id}:{kind}:{to_text(since)}")


def _of_row(row: Row, kind: Kind, scene: Scene, key: str) -> Alert:
    post = scene.posts.get(row.uid)
    reply = next((one for one in scene.replies if one.id == row.uid), None)
    subject = (post.title if post else "") or row.path or _("reply {id}").format(id=row.uid[-6:])
    part = _(", part {part} of {parts}").format(part=row.part + 1, parts=row.parts) if row.parts > 1 else ""
    return Alert(
        key=f"row:{key}",
        kind=kind,
        subject=one_line(subject),
        since=row.updated_at if kind is not Kind.WAITING else row.due,
        to=scene.team.of_post(post) if reply is None else scene.team.of_reply(reply.author),
        where=f"{scene.account_title(row.account)}{part}, {scene.clock_time(row.due)}",
        why="" if kind is Kind.BY_HAND else one_line(row.reason),
        remedy=advice(row) or _("see: leitstand status"),
        link=scene.link(post),
    )


def _overdue(alert: Alert, scene: Scene) -> Iterator[Alert]:
    """The same alert once more for the managers who have not been told."""
    others = tuple(name for name in scene.team.managers if name not in alert.to)
    if others and scene.now - alert.since >= scene.workspace.settings.alerts.escalate:
        yield replace(alert, key=f"{alert.key}:overdue", to=others, overdue=True)
