"""Presses about one post: stop it, let it go on, and decide what no program may: it is out, send it again, drop it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from toolkit.desk.endpoint import Endpoint, Redirect, Visit
from toolkit.desk.permissions import Permission
from toolkit.desk.posts.ground import POSTS, Ground, act, find_row, path_of, refuse_changed, say_changed, version_of
from toolkit.desk.posts.rows import row_name
from toolkit.dispatch.deciding import Decision, decide_seen
from toolkit.dispatch.holding import Wish, hold_post, release_post, say_held, say_released
from toolkit.dispatch.receiving import read_address
from toolkit.errors import ChangedError, UsageError
from toolkit.ledger import Row, State
from toolkit.messages import _

LONGEST: Final = 500  # letters of a reason
LATEST: Final = 50  # events of a post, among which the last of a row is
SECOND_PRESS: Final = timedelta(minutes=2)
# (it is out, send it again) → where the decision takes a row.
_AFTER: Final = {(True, False): State.CONFIRMED, (False, True): State.PLANNED, (False, False): State.SKIPPED}


def hold(visit: Visit) -> Redirect:
    """POST /posts/{uid}/hold: in force at once; says "stopped" or what it came too late for."""
    uid = visit.path["uid"]
    with act(visit) as ground:
        # A hold of what does not exist would look as if it stopped something.
        if not any(row.uid == uid for row in ground.outlook.rows):
            ground.post()
        wish = Wish(visit.form.get("reason", "").strip()[:LONGEST], ground.person)
        held = hold_post(ground.ledger, uid, wish, visit.now)
    said = [say_held(row) for row in held.rows] or [_("stopped: it will not be sent")]
    return Redirect(path_of(uid), "; ".join(said))


def release(visit: Visit) -> Redirect:
    """POST /posts/{uid}/release."""
    uid = visit.path["uid"]
    with act(visit) as ground:
        held = release_post(ground.ledger, uid, visit.now)
    return Redirect(path_of(uid), "; ".join(say_released(held)))


def resolve(visit: Visit) -> Redirect:
    """POST /posts/{uid}/resolve: about the row as it was shown; who comes second is told so."""
    with act(visit) as ground:
        decision = _decision(visit, ground.person)
        row = find_row(ground)
        if not _is_done(ground, row, decision):
            refuse_changed(ground, row)
            if not decide_seen(ground.ledger, row, decision, visit.house.clock):
                raise ChangedError(say_changed())
    back = visit.form.get("back", "")
    said = f"{row_name(ground, row)}: {_said(decision)}"
    return Redirect(back if back.startswith(f"{POSTS}?") else path_of(row.uid), said)


def _decision(visit: Visit, person: str) -> Decision:
    match visit.form.get("do", ""):
        case "out":
            address = read_address(visit.form.get("url", ""))
            return Decision(address, visit.form.get("remote_id", "").strip(), again=False, drop=False, by=person)
        case "again":
            return Decision("", "", again=True, drop=False, by=person)
        case "drop":
            return Decision("", "", again=False, drop=True, by=person)
        case _:
            raise UsageError(_("choose what is to be done"))


def _is_done(ground: Ground, row: Row, decision: Decision) -> bool:
    """Whether the same person has just decided the same: a second press."""
    events = [one for one in ground.ledger.events(uid=row.uid, limit=LATEST) if one.row_id == row.id]
    if not events or version_of(row) == ground.visit.form.get("version", ""):
        return False
    last, wanted = events[-1], _AFTER[bool(decision.out), decision.again]
    fresh = ground.visit.now - last.at < SECOND_PRESS
    return fresh and last.detail == decision.by and last.state is wanted and last.url == decision.out


def _said(decision: Decision) -> str:
    if decision.again:
        return _("it is sent with the next tick, or at the time that its file says")
    if decision.drop:
        return _("nothing of it is sent any more")
    return _("it counts as published at {url}; nothing of it is sent again").format(url=decision.out)


ENDPOINTS: Final = (
    Endpoint("POST", f"{POSTS}/{{uid}}/hold", Permission.PUBLISH, hold, "hold post"),
    Endpoint("POST", f"{POSTS}/{{uid}}/release", Permission.PUBLISH, release, "release post"),
    Endpoint("POST", f"{POSTS}/{{uid}}/resolve", Permission.PUBLISH, resolve, "decide about post"),
)
