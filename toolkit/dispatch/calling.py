"""What somebody may have to be called for: the dangerous conversations of the inbox that nobody has answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.alerts.scene import Call
from toolkit.community.triage.book import Book, read_book
from toolkit.community.triage.parts import Source
from toolkit.community.triage.verdict import Triage
from toolkit.workspace import Workspace, state_dir

# The most urgent ones, among which every danger is: its points alone are more than most others have.
MOST: Final = 300


def find_calls(workspace: Workspace, environ: Mapping[str, str], now: datetime) -> tuple[Call, ...]:
    """The calls at `now`; none where nobody is on call. Raises `LeitstandError` when the inbox cannot be read."""
    if workspace.settings.oncall is None:
        return ()
    # Late: it needs the database, and most workspaces have nobody on call.
    from toolkit.community.inbox.book import open_inbox
    from toolkit.community.inbox.place import find_inbox
    from toolkit.community.triage.keeping import examine_ours

    state = state_dir(workspace.root, workspace.settings, environ)
    book = read_book(workspace)
    with open_inbox(find_inbox(state, workspace.settings, environ), now=now, read_only=True) as inbox:
        found = examine_ours(inbox, book, now, MOST)
    return tuple(call for one, verdict in found for call in _calls(one.id, one.channel, verdict, book, now))


def _calls(conversation: str, channel: str, verdict: Triage, book: Book, now: datetime) -> Iterator[Call]:
    if verdict.risk and verdict.since is not None:
        why = next(part.reason for part in verdict.parts if part.source is Source.RISK)
        opened = book.times.timetable(channel).is_open(now)
        yield Call(conversation, channel, verdict.risk, verdict.since, why, opened)
