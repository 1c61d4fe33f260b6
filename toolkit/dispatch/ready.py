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

    Not said again after a person's "send again", and never of a reply: the same thanks are for many people.
    """
    if row.part or row.again_at or order.message is not None:
        return ""
    near = desk.ledger.near(row)
    other = next((other for other in near if _too_near(other, row, order)), None)
    if other is not None:
        message = _("this post went out for {day} already, which is too near; send it again, or drop it")
        return message.format(day=other.wall)
    written = rendition.to_json()
    twin = next((other for other in near if _same_text(other, row, rendition, written)), None)
    if twin is None:
        return ""
    reason = _("the same text went out from this file as {uid}; was the uid changed? Put {uid} back, or resolve")
    return reason.format(uid=twin.uid)


def _too_near(other: Row, row: Row, order: Order) -> bool:
    """Another time of the post that is or may be out, such as when its rule was changed meanwhile."""
    return other.uid == row.uid and other.state is not State.CANCELLED and abs(other.due - row.due) < order.apart


def _same_text(other: Row, row: Row, rendition: Rendition, written: str) -> bool:
    """Whether the other post is this one under another uid, also where its links name the uid."""
    if other.uid == row.uid or not other.request_hash:
        return False
    if other.request_hash == rendition.request_hash(0):
        return True
    own = row.uid in written and Rendition.from_json(written.replace(row.uid, other.uid))
    return bool(own and other.request_hash == own.request_hash(0))


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
