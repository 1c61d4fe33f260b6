"""Reading what waits in the inbox, by the handbook's own triage: whoever has no inbox does without loading it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from toolkit.pages.home.waits import Queue, Waits
from toolkit.workspace import Workspace

# The most urgent ones; of more nobody takes care in one day.
LOOKED_AT: Final = 300


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
