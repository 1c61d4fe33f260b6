"""Whose turn it is, and how long they waited: the first-response clock, from what was said and when.

A turn begins with their first message after our last answer and ends with our next one, wherever it was written. What
a machine wrote, what nobody can answer there, and what its author took back, begins none; what was forgotten because its time was over still counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from toolkit.community.inbox.conversation import Entry
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody wrote, and we answered; `answered_at` is None while it is our turn. Moments are aware, in UTC."""

    asked_at: datetime
    answered_at: datetime | None = None


def turns(entries: Iterable[Entry], machines: Collection[str] = ()) -> tuple[Turn, ...]:
    """Every turn of one conversation, in order. `machines` are names or ids of authors who are no people."""
    found: list[Turn] = []
    asked: datetime | None = None
    for entry in sorted(entries, key=lambda one: (one.message.at, one.message.own, one.message.remote_id)):
        message = entry.message
        if message.automatic or (entry.deleted_at is not None and not entry.forgotten):
            continue
        if message.own:
            if asked is not None:
                found.append(Turn(asked, message.at))
            asked = None
        elif (
            asked is None
            and message.answerable
            and message.author not in machines
            and message.author_id not in machines
        ):
            asked = message.at
    return (*found, Turn(asked)) if asked is not None else tuple(found)


def waiting_since(entries: Iterable[Entry], machines: Collection[str] = ()) -> datetime | None:
    """Their first message that nobody of us has answered; None when it is their turn."""
    found = turns(entries, machines)
    return found[-1].asked_at if found and found[-1].answered_at is None else None


def first_response(entries: Iterable[Entry], machines: Collection[str] = ()) -> Turn | None:
    """The first turn: when they wrote first, and when we first answered; None where nobody wrote."""
    return next(iter(turns(entries, machines)), None)
