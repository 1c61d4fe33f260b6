"""Whether a due post may go out at this very moment, and why not, for senders and for hand-offs alike."""

from __future__ import annotations

from toolkit.dispatch.desk import Desk
from toolkit.dispatch.order import Order
from toolkit.errors import LeitstandError, missing_extra
from toolkit.ledger import Row, State
from toolkit.messages import _
from toolkit.model import Rendition


class NotReadyError(LeitstandError):
    """The row cannot go out now; the sentence says why, and it is written beside the row."""


def find_obstacle(desk: Desk, order: Order) -> str:
    """Why the post may not go out at this very moment; "" when it may. The pause switch is read anew."""
    pause = order.pause(desk.now)
    if pause is not None:
        return _("stopped: {reason}").format(reason=pause.reason or pause.name)
    return order.obstacle() if order.ready else _("its status is not ready")


def find_twin(desk: Desk, row: Row, order: Order, rendition: Rendition) -> str:
    """That the post went out already, under another uid or as another of its times.

    Not said again after a person's "send again".
    """
    if row.part or row.again_at:
        return ""
    other = _near(desk, row, order)
    if other is not None:
        message = _("this post went out for {day} already, which is too near; send it again, or drop it")
        return message.format(day=other.wall)
    twin = desk.ledger.twin(row, rendition.request_hash(0)) or _tracked_twin(desk, row, rendition)
    if twin is None:
        return ""
    reason = _("the same text went out from this file as {uid}; was the uid changed? Put {uid} back, or resolve")
    return reason.format(uid=twin.uid)


def _tracked_twin(desk: Desk, row: Row, rendition: Rendition) -> Row | None:
    """The twin of a post whose links name its uid: the same text with the uid of the other one in them."""
    written = rendition.to_json()
    for uid in desk.ledger.others(row) if row.uid in written else ():
        other = Rendition.from_json(written.replace(row.uid, uid))
        twin = desk.ledger.twin(row, other.request_hash(0))
        if twin is not None:
            return twin
    return None


def _near(desk: Desk, row: Row, order: Order) -> Row | None:
    """Another time of the post that is or may be out and too near, such as when its rule was changed meanwhile."""
    for other in desk.ledger.rows(uid=row.uid, states=(State.SENDING, State.UNKNOWN, State.HELD, State.CONFIRMED)):
        same = (other.account_id, other.action) == (row.account_id, row.action)
        if same and other.occurrence != row.occurrence and abs(other.due - row.due) < order.apart:
            return other
    return None


def make_rendition(order: Order) -> Rendition:
    """What the account will receive; raises `NotReadyError`, or whatever keeps it from being made."""
    rendition = order.render()
    if not rendition.parts:
        raise NotReadyError(_("there is nothing to send"))
    return rendition


def say_reason(error: Exception) -> str:
    """Why a row could not be made ready, in a sentence for the person who reads `status`."""
    match error:
        case FileNotFoundError():
            return _("the medium {file} is missing").format(file=error.filename or error)
        case LeitstandError() | OSError():
            return str(error)
        case ImportError():
            return str(missing_extra("publish", error))
        case _:
            return _("a defect of ours keeps it back: {error!r}").format(error=error)
