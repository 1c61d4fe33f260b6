"""Alerts about replies: one waits for a yes, one came back to its author, one was approved and does not go out.

Outside of an account's service hours only what would call somebody is told, by ``[oncall]``; all else when they begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from toolkit.alerts.alert import YOU, Alert, Kind
from toolkit.alerts.scene import Halt, Scene, Unsent, one_line
from toolkit.database import to_text
from toolkit.messages import _

# So much service time before a reply expires, it is told once more, and to its author, too.
LAST: Final = timedelta(hours=2)
_SHOWN: Final = 6  # letters of an id that people have to write


def reply_alerts(scene: Scene) -> Iterator[Alert]:
    """One alert for each reply in its state, and one more shortly before it expires without a yes."""
    for one in scene.replies:
        if not one.open and not _presses(one, scene):
            continue
        if one.halt is Halt.APPROVAL:
            yield _waiting(one, scene)
        elif one.halt is not Halt.DISPATCH:
            yield _returned(one, scene)
        elif _is_stuck(one, scene):
            yield _stuck(one, scene)


def _presses(one: Unsent, scene: Scene) -> bool:
    """Whether it is about what somebody is called for at night."""
    policy = scene.workspace.settings.oncall
    return policy is not None and one.risk >= policy.night


def _waiting(one: Unsent, scene: Scene) -> Alert:
    team, last = scene.team, one.left <= LAST
    # Who stands in for somebody has no further rights; where nobody is there who may, the deputies have to find one.
    able = [name for name in team.there(one.approvers) if name in one.approvers]
    to = team.first(able, one.approvers, team.with_role("manager"), team.with_role("community"))
    author = team.first((one.author,)) if last else ()
    told = _alert(one, Kind.REPLY, scene, ":last" if last else "")
    return replace(
        told,
        to=tuple(dict.fromkeys((*to, *author))),
        why=_("it expires soon, and is then never sent") if last else one_line(one.why),
        remedy=_("leitstand inbox approve {id} --by {you}").format(id=one.id[-_SHOWN:], you=YOU),
    )


def _returned(one: Unsent, scene: Scene) -> Alert:
    why = one.why or _("nobody approved it before it expired")
    again = _("leitstand inbox reply {id} --by {you}").format(id=one.conversation[-_SHOWN:], you=YOU)
    return replace(
        _alert(one, Kind.REPLY_BACK, scene), to=scene.team.of_reply(one.author), why=one_line(why), remedy=again
    )


def _stuck(one: Unsent, scene: Scene) -> Alert:
    why = one.why or _("it was due, and dispatchers have passed it by since")
    told = replace(_alert(one, Kind.REPLY_STUCK, scene), to=scene.team.of_reply(one.author), why=one_line(why))
    return replace(told, remedy=_("see: leitstand inbox replies, leitstand doctor"))


def _is_stuck(one: Unsent, scene: Scene) -> bool:
    """Whether dispatchers tick and leave it, though nothing that is told by itself is in the way."""
    if scene.last_tick is None or scene.last_tick - one.since < scene.workspace.settings.longest_silence:
        return False
    if one.id in {row.uid for row in (*scene.rows, *scene.waiting)} or one.channel in scene.locked_out:
        return False
    return not any(stop.name in ("all", f"channel:{one.channel}") for stop in scene.stops)


def _alert(one: Unsent, kind: Kind, scene: Scene, stage: str = "") -> Alert:
    return Alert(
        key=f"reply:{one.id}:{one.halt}:{to_text(one.since)}{stage}",
        kind=kind,
        subject=_("reply {id}").format(id=one.id[-_SHOWN:]),
        since=one.since,
        where=_("{account}, until {when}").format(
            account=scene.account_title(one.channel), when=scene.clock_time(one.until)
        ),
    )
