"""Clocks that are wrong. What is settled by waiting is only settled when the clock that counts the wait went on.

Whether a post is absent is judged by the time since it was tried. A clock that is set forward makes that time look
long, one that was behind when it was tried does so, too. So each machine notes how far its wall clock is ahead of its
steady one; when that changes, the waits of everything that is not settled begin anew, and a clock that was set back
makes every key old. Machines that share a ledger are held to the database's clock.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from toolkit.dispatch.desk import Desk
from toolkit.errors import LedgerError
from toolkit.messages import _

# Network time is slewed without a step; what is more than this was set.
STEP: Final = timedelta(seconds=2)
# Well below the time for which absence is never believed.
DISAGREEMENT: Final = timedelta(seconds=10)


def mind_the_clock(desk: Desk) -> None:
    """Begin waits anew after the clock was set; raises `LedgerError` where it disagrees with the database's."""
    if not desk.machine:
        return  # a clock that somebody set: a rehearsal, `--now`
    _compare(desk)
    name = f"clock {desk.machine}"
    ahead, noted = desk.now.timestamp() - desk.clock.elapsed(), desk.ledger.meta().get(name, "")
    if noted and abs(ahead - float(noted)) <= STEP.total_seconds():
        return
    desk.ledger.settle_anew(desk.now, set_back=bool(noted) and ahead < float(noted))
    desk.ledger.set_meta(**{name: f"{ahead:.6f}"})


def _compare(desk: Desk) -> None:
    theirs = desk.ledger.clock()
    if theirs is not None and abs(desk.now - theirs) > DISAGREEMENT:
        seconds = round((desk.now - theirs).total_seconds())
        message = _(
            "this machine's clock is {seconds} s off the database's, so nothing is sent from here; set both by network time"
        )
        raise LedgerError(message.format(seconds=f"{seconds:+}"))
