"""How long somebody waits against what was promised them: a bar, and the same in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community.inbox.saying import age_word
from toolkit.community.triage.verdict import Triage
from toolkit.dates import say_moment
from toolkit.messages import _
from toolkit.values import dataclass

SOON: Final = 0.75  # of the promised time


@dataclass(frozen=True, slots=True)
class Wait:
    """`share` of the promised time is used up (1 is all of it); None where nothing is promised."""

    share: float | None
    words: str
    tone: str
    title: str


def say_wait(found: Triage, now: datetime, zone: ZoneInfo) -> Wait | None:
    """None while it is their turn. Time runs on the clock of the service hours, the promise ends at a moment."""
    if found.since is None:
        return None
    waited = _("waits since {moment}").format(moment=say_moment(found.since.astimezone(zone)))
    if found.promise is None or found.due is None:
        return Wait(None, _("waits {age}").format(age=age_word(now - found.since)), "quiet", waited)
    share = found.promise.used(found.since, now)
    promised = _("an answer is promised until {moment}").format(moment=say_moment(found.due.astimezone(zone)))
    late = now > found.due
    tone = "bad" if late else "warn" if share >= SOON else "quiet"
    return Wait(share, _left(found.due - now), tone, f"{promised}; {waited}")


def _left(left: timedelta) -> str:
    if left < timedelta(0):
        return _("{age} late").format(age=age_word(-left))
    return _("{age} left").format(age=age_word(left))
