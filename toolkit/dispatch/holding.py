"""Stopping one post at once, through the ledger and not through a file, and letting it go on."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from toolkit.ledger import Ledger, PauseRow, Row, State
from toolkit.ledger.naming import row_name, row_word
from toolkit.messages import _
from toolkit.values import dataclass

TOO_LATE: Final = (State.SENDING, State.UNKNOWN, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Held:
    """What a hold, or the end of one, found: the post's rows as they are right after it."""

    rows: tuple[Row, ...]
    before: bool  # it was on hold already

    @property
    def late(self) -> tuple[Row, ...]:
        """What is out, or may be."""
        return tuple(row for row in self.rows if row.state in TOO_LATE)


@dataclass(frozen=True, slots=True)
class Wish:
    """Who stops a post, and why; both may be ""."""

    reason: str = ""
    by: str = ""


def hold_post(ledger: Ledger, uid: str, wish: Wish, now: datetime) -> Held:
    """Stop the post, also one that is not planned yet; a second hold changes nothing."""
    holds = find_holds(ledger, uid, now)
    if not holds:
        ledger.add_pause(PauseRow(0, "post", uid, wish.reason or _("on hold"), wish.by, now, None))
    # Read after the hold is committed: no intent can be written any more, so this is the truth.
    return Held(tuple(ledger.rows(uid=uid)), bool(holds))


def release_post(ledger: Ledger, uid: str, now: datetime) -> Held:
    """End every hold of the post."""
    holds = find_holds(ledger, uid, now)
    for pause in holds:
        ledger.end_pause(pause.id, now)
    return Held(tuple(ledger.rows(uid=uid)), bool(holds))


def find_holds(ledger: Ledger, uid: str, now: datetime) -> list[PauseRow]:
    """The holds of the post."""
    return [pause for pause in ledger.pauses(now) if (pause.scope, pause.value) == ("post", uid)]


def say_held(row: Row) -> str:
    """What a hold did to a row: "stopped", or that it came too late."""
    name = row_name(row)
    if row.handed_over:
        return _("stopped: {name}; tell whoever was about to publish it").format(name=name)
    if row.state is State.PLANNED:
        return _("stopped: {name}").format(name=name)
    if row.state is State.CONFIRMED:
        return _("too late: {name} sent {url}").format(name=name, url=row.url).rstrip()
    if row.state in TOO_LATE:
        return _("too late: {name} is being sent; look there").format(name=name)
    return _("nothing to stop: {name} is {state}").format(name=name, state=row_word(row))


def say_released(held: Held) -> list[str]:
    """What goes on, one line each."""
    if not held.before:
        return [_("it was not on hold")]
    going = [row_name(row) for row in held.rows if row.state is State.PLANNED or row.handed_over]
    return [_("goes on: {name}").format(name=name) for name in going] or [_("released; nothing of it is planned")]
