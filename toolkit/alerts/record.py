"""What one person has been told, and when they may be written to again.

One note of the ledger per person, replaced as a whole by whoever read it last (`AccountNotes.swap`): of several
dispatchers one writes to the person, and after a restart nothing is told again. A dispatcher that dies between sending
and recording is waited for as long as its lease; then the message is sent once more, because a message too many is
better than none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.alerts.alert import Alert
from toolkit.database import to_moment, to_text
from toolkit.values import dataclass

HOUR: Final = timedelta(hours=1)
LEASE: Final = timedelta(minutes=2)  # longer than sending may take
FIRST_WAIT: Final = timedelta(minutes=1)  # after a failure; doubled each time up to an hour
GIVE_UP: Final = timedelta(days=1)
REMEMBER: Final = timedelta(days=30)  # longer than anything is worth telling


@dataclass(frozen=True, slots=True)
class Record:
    """`told` and `tried` are keys of alerts and when they arrived, or were first tried in vain."""

    told: Mapping[str, datetime] = field(default_factory=dict)
    tried: Mapping[str, datetime] = field(default_factory=dict)
    sent: tuple[datetime, ...] = ()  # messages of the last hour
    fails: int = 0
    again: datetime | None = None
    lease: datetime | None = None

    def news(self, alerts: Iterable[Alert]) -> list[Alert]:
        """What the person has not been told."""
        return [alert for alert in alerts if alert.key not in self.told and self._heard(alert.follows)]

    def _heard(self, follows: str) -> bool:
        """Whether they were told what this is the end of."""
        return not follows or any(key.startswith(follows) for key in self.told)

    def may_send(self, now: datetime, hourly: int) -> bool:
        """Whether nobody else is writing to them, the last failure is long enough ago, and the hour has room."""
        # A moment further away than it can be was written before the clock was set back.
        busy = self.lease is not None and now < self.lease <= now + LEASE
        waits = self.again is not None and now < self.again <= now + HOUR
        return not busy and not waits and len(_within(self.sent, now)) < hourly

    def leased(self, now: datetime) -> Record:
        """Somebody writes to them now."""
        return replace(self, lease=now + LEASE)

    def arrived(self, keys: Iterable[str], now: datetime) -> Record:
        """They have been told."""
        kept = {key: at for key, at in self.told.items() if now - at < REMEMBER}
        told = kept | dict.fromkeys(keys, now)
        tried = {key: at for key, at in self.tried.items() if key not in told}
        return Record(told, tried, (*_within(self.sent, now), now))

    def failed(self, keys: Iterable[str], now: datetime) -> Record:
        """They could not be told; what has failed for a day counts as told, or it would be tried for ever."""
        tried = {key: self.tried.get(key, now) for key in keys}
        given_up = [key for key, at in tried.items() if now - at >= GIVE_UP]
        wait = min(FIRST_WAIT * float(2 ** min(self.fails, 16)), HOUR)
        told = {**self.told, **dict.fromkeys(given_up, now)}
        left = {key: at for key, at in tried.items() if key not in given_up}
        return Record(told, left, _within(self.sent, now), self.fails + 1, now + wait)

    def to_text(self) -> str:
        """As the note that it is kept in."""
        moments = {"again": to_text(self.again), "lease": to_text(self.lease)}
        keys = {
            name: {key: to_text(at) for key, at in mapping.items()}
            for name, mapping in (("told", self.told), ("tried", self.tried))
        }
        return json.dumps({**keys, **moments, "sent": [to_text(at) for at in self.sent], "fails": self.fails})


def read_record(text: str) -> Record:
    """The record in a note; an empty one where there is none."""
    if not text:
        return Record()
    raw = json.loads(text)
    return Record(
        told=_moments(raw["told"]),
        tried=_moments(raw["tried"]),
        sent=tuple(filter(None, map(to_moment, raw["sent"]))),
        fails=raw["fails"],
        again=to_moment(raw["again"]),
        lease=to_moment(raw["lease"]),
    )


def _moments(raw: Mapping[str, str]) -> dict[str, datetime]:
    found = {key: to_moment(at) for key, at in raw.items()}
    return {key: at for key, at in found.items() if at is not None}


def _within(sent: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    return tuple(at for at in sent if now - HOUR < at <= now)
