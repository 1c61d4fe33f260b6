"""What follows a post on its account: its first comment, corrections, its retraction. And how each action is done.

Each is an order of its own, with an action of its own, and is planned once what it follows is out.

=================  ==========  =====================================================================
action             done as     what for
=================  ==========  =====================================================================
``post``           post        the post itself
``comment``        comment     its first comment
``edit:1``         edit        the first correction, by the network or by a person
``reply:1``        comment     the first correction, where the network cannot edit
``withdraw:1``     retract     the first correction, where the post is taken back …
``repost:1``       post        … and sent anew
``retract``        retract     the retraction, by the network or by a person
``retract:2``      retract     once more, when a second part turned out to be out
``retract-reply``  comment     the retraction, where the network cannot delete
``answer``         answer      a reply to somebody, which follows no post of ours; see `answers`
=================  ==========  =====================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.community import Pause
from toolkit.dispatch.order import POST, Order
from toolkit.model import Late, Rendition
from toolkit.networks import find_network
from toolkit.networks.base import Action, Capability
from toolkit.planning import Means, Slot, correction_means, retraction_means
from toolkit.workspace import Draft, first_comment, with_text

_ACTS: Final[Mapping[str, Action]] = {
    "post": Action.POST,
    "repost": Action.POST,
    "comment": Action.COMMENT,
    "reply": Action.COMMENT,
    "retract-reply": Action.COMMENT,
    "edit": Action.EDIT,
    "withdraw": Action.RETRACT,
    "retract": Action.RETRACT,
    "answer": Action.ANSWER,
}
_CORRECTIONS: Final[Mapping[Means, str]] = {
    Means.EDIT: "edit",
    Means.HAND_OFF: "edit",
    Means.REPLY: "reply",
    Means.REPOST: "withdraw",
}
# How a draft becomes what is sent, with the hashes of the media.
Render = Callable[[Draft], Rendition]


def act_of(action: str) -> Action:
    """How the action of a row is done."""
    return _ACTS[action.partition(":")[0]]


def is_retracted(slot: Slot) -> bool:
    """Whether the post is to be taken back on the slot's account; what is not out there stays in."""
    retraction = slot.post.retraction
    return retraction is not None and slot.account.name in retraction.channels


def followers(slot: Slot, order: Order, render: Render) -> Iterator[Order]:
    """The orders that follow `order`, the post of `slot`."""
    if is_retracted(slot):
        yield from _retraction(slot, order, render)
    else:
        yield from _comment(slot, order, render)
        yield from _corrections(slot, order, render)


def _comment(slot: Slot, order: Order, render: Render) -> Iterator[Order]:
    comment = first_comment(slot.draft)
    able = Capability.COMMENT in find_network(slot.account.network).capabilities
    if comment is not None and able and not order.by_hand:
        yield replace(_following(order, "comment"), render=lambda: render(comment))


def _corrections(slot: Slot, order: Order, render: Render) -> Iterator[Order]:
    correction = slot.post.correction
    means = Means.LEAVE if correction is None else correction_means(correction, slot.account)
    if correction is None or means is Means.LEAVE:
        return
    number, reply = correction.number, correction.reply
    following = _following(order, f"{_CORRECTIONS[means]}:{number}")
    if means is Means.REPLY:
        following = replace(following, render=lambda: render(with_text(slot.draft, reply)))
    yield replace(following, by_hand=means is Means.HAND_OFF)
    if means is Means.REPOST:
        yield _following(order, f"repost:{number}", after=following.planned.action)


def _retraction(slot: Slot, order: Order, render: Render) -> Iterator[Order]:
    retraction = slot.post.retraction
    means = Means.LEAVE if retraction is None else retraction_means(retraction, slot.account)
    if retraction is None or means is Means.LEAVE:
        return
    following = replace(_following(order, "retract"), by_hand=means is Means.HAND_OFF, pause=_never)
    if means is Means.REPLY:
        reply = retraction.reply
        following = replace(
            following,
            planned=replace(following.planned, action="retract-reply"),
            render=lambda: render(with_text(slot.draft, reply)),
        )
    yield following


def _following(order: Order, action: str, after: str = POST) -> Order:
    """An order after `order`, which waits as long as it has to."""
    return replace(order, planned=replace(order.planned, action=action), after=after, late=Late.SEND)


def _never(_now: datetime) -> Pause | None:
    """No pause keeps a post from being taken back; pauses are made for days on which that is needed."""
    return None
