"""What waits in the inbox, for a page that everybody of the house may open: counts, ages and deadlines, and no word of anybody.

Who wrote, and what, stays where it is; whoever answers opens the desk or the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.place import find_inbox
from toolkit.community.replies.book import Replies
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.community.triage.book import read_book
from toolkit.community.triage.keeping import Found, examine_ours
from toolkit.errors import LeitstandError
from toolkit.workspace import Workspace

# The most urgent ones; of more nobody takes care in one day.
LOOKED_AT: Final = 300


@dataclass(frozen=True, slots=True)
class Queue:
    """The conversations of an account in which somebody waits for us. Moments are aware."""

    channel: str
    count: int
    late: int  # whose promised time is over
    oldest: datetime  # since when the first of them waits
    due: datetime | None  # the next deadline that can still be kept; None without one


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits; `known` without an inbox is False, `unknown` says why it could not be read.

    `drafted` replies wait for a yes, the first of them since `since`. `most` is whether there may be more.
    """

    known: bool = False
    unknown: str = ""
    queues: tuple[Queue, ...] = ()
    drafted: int = 0
    since: datetime | None = None
    most: bool = False

    @property
    def count(self) -> int:
        return sum(one.count for one in self.queues)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.queues)

    @property
    def oldest(self) -> datetime | None:
        return min((one.oldest for one in self.queues), default=None)

    @property
    def due(self) -> datetime | None:
        return min((one.due for one in self.queues if one.due is not None), default=None)


def read_waits(workspace: Workspace, state: Path, environ: Mapping[str, str], now: datetime) -> Waits:
    """What waits at `now` (aware), the accounts with the most pressing deadlines first."""
    place = find_inbox(state, workspace.settings, environ)
    if not place.exists():
        return Waits()
    try:
        with open_inbox(place, now=now, read_only=True) as inbox:
            found = examine_ours(inbox, read_book(workspace), now, LOOKED_AT)
            drafted = [one for one in Replies(inbox).open() if one.state in (ReplyState.REVIEW, ReplyState.STALE)]
    except LeitstandError as error:
        return Waits(unknown=str(error))
    return Waits(True, "", _queues(found, now), len(drafted), _first(drafted), len(found) == LOOKED_AT)


def _first(replies: Iterable[Reply]) -> datetime | None:
    return min((one.changed_at for one in replies), default=None)


def _queues(found: Found, now: datetime) -> tuple[Queue, ...]:
    by_channel: dict[str, list[tuple[datetime, datetime | None]]] = {}
    for one, verdict in found:
        if verdict.since is not None:
            by_channel.setdefault(one.channel, []).append((verdict.since, verdict.due))
    queues = [_queue(channel, waits, now) for channel, waits in by_channel.items()]
    return tuple(sorted(queues, key=lambda one: (-one.late, one.due is None, one.due or one.oldest, one.channel)))


def _queue(channel: str, waits: list[tuple[datetime, datetime | None]], now: datetime) -> Queue:
    dues = [due for _since, due in waits if due is not None]
    late = sum(due < now for due in dues)
    oldest = min(since for since, _due in waits)
    return Queue(channel, len(waits), late, oldest, min((due for due in dues if due >= now), default=None))
