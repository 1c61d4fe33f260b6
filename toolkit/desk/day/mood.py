"""How the messages of the last day sound: a classifier's guess, shown as a hint and never as a number to be judged by."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from toolkit.database import to_text
from toolkit.desk.endpoint import Visit
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.values import dataclass

_MOODS: Final = """SELECT mood, COUNT(*) AS count FROM entries
WHERE own = 0 AND automatic = 0 AND at > :since AND at <= :now GROUP BY mood"""
DAY: Final = timedelta(hours=24)
MUCH: Final = 0.4  # of what was classified: from here on it is worth a look
FEW: Final = 5  # of fewer nobody can say how they sound


@dataclass(frozen=True, slots=True)
class Mood:
    """How many messages came in the last 24 hours, how many of them sound how, and what that says in words."""

    messages: int
    negative: int
    neutral: int
    positive: int
    words: str


def find_mood(visit: Visit) -> Mood | None:
    """None without an inbox, or when it cannot be read: another part of the page says why."""
    if not visit.house.inbox_place.exists():
        return None
    try:
        with visit.house.inbox(read_only=True) as inbox:
            rows = inbox.store.read(_MOODS, _span(visit.now))
    except LeitstandError:
        return None
    counts = {str(raw["mood"]): int(raw["count"]) for raw in rows}
    negative, neutral, positive = (counts.get(name, 0) for name in ("negative", "neutral", "positive"))
    return Mood(sum(counts.values()), negative, neutral, positive, say_mood(negative, neutral, positive))


def say_mood(negative: int, neutral: int, positive: int) -> str:
    """In words; "" where there are too few."""
    known = negative + neutral + positive
    if known < FEW:
        return ""
    if negative >= MUCH * known:
        return _("many sound annoyed")
    return _("many sound pleased") if positive >= MUCH * known else _("mostly matter-of-fact")


def _span(now: datetime) -> dict[str, str]:
    return {"since": to_text(now - DAY), "now": to_text(now)}
