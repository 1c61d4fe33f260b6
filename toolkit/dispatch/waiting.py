"""Why an intent was refused, in a sentence for the person who reads `status`."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from toolkit.dispatch.desk import Desk
from toolkit.dispatch.line import Line
from toolkit.dispatch.lockouts import say_locked
from toolkit.ledger import Event, Row
from toolkit.messages import _


def say_wait(desk: Desk, row: Row, line: Line) -> Event | None:
    """Note that the account has to wait; nothing when another dispatcher was faster."""
    reason = why_wait(desk, row, line)
    return desk.ledger.note(row, desk.now, reason) if reason else None


def why_wait(desk: Desk, row: Row, line: Line) -> str:
    """Why the account may not be asked now; "" when it may."""
    now = desk.now
    again = desk.ledger.next_token(row.account_id, line.paces, now)
    if again > now:
        locked = say_locked(desk.ledger, line, row.account_id, now)
        return locked or _("the account's pace: next at {time}").format(time=_clock_time(again, now, row.zone))
    tries = desk.ledger.tries(row.account_id, now)
    if tries < desk.ledger.limits.hourly:
        return ""
    reason = _("{account} was tried {count} times within an hour; the rest waits")
    return reason.format(account=row.account, count=tries)


def _clock_time(moment: datetime, now: datetime, zone: str) -> str:
    """The time on the post's own clock; with the day when it is not today."""
    here = ZoneInfo(zone or "UTC")
    local = moment.astimezone(here)
    return f"{local:%H:%M}" if local.date() == now.astimezone(here).date() else f"{local:%Y-%m-%d %H:%M}"
