"""Which replies wait for somebody, for those who tell the team: for a yes, for another look, for a dispatcher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from toolkit.alerts.scene import Halt, Unsent
from toolkit.community.replies.granting import why_not
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.errors import UsageError
from toolkit.values import dataclass
from toolkit.workspace import Workspace, state_dir

if TYPE_CHECKING:
    from toolkit.community.replies.book import Replies
    from toolkit.community.triage.book import Book

_HALTS: Final = {
    ReplyState.REVIEW: Halt.APPROVAL,
    ReplyState.STALE: Halt.LOOK,
    ReplyState.EXPIRED: Halt.EXPIRED,
    ReplyState.APPROVED: Halt.DISPATCH,
    ReplyState.QUEUED: Halt.DISPATCH,
}
FRESH: Final = timedelta(days=1)  # how long it is told that one has expired
MOST: Final = 300  # of more, nobody reads


def find_unsent(workspace: Workspace, environ: Mapping[str, str], now: datetime) -> tuple[Unsent, ...]:
    """All that are neither drafts nor out. Raises `LeitstandError` when the inbox cannot be read."""
    # Late: it needs the database, and most workspaces have no inbox.
    from toolkit.community.inbox.book import open_inbox
    from toolkit.community.inbox.place import find_inbox
    from toolkit.community.replies.book import Replies
    from toolkit.community.triage.book import read_book

    place = find_inbox(state_dir(workspace.root, workspace.settings, environ), workspace.settings, environ)
    if not place.exists():
        return ()
    with open_inbox(place, now=now, read_only=True) as inbox:
        replies = Replies(inbox)
        found = [one for one in (*replies.open(), *replies.lapsed(now - FRESH)) if one.state in _HALTS][:MOST]
        look = _Look(workspace, replies, read_book(workspace), now) if found else None
        return tuple(look.unsent(one) for one in found) if look else ()


@dataclass(frozen=True, slots=True)
class _Look:
    """At one moment, with the handbook's rules."""

    workspace: Workspace
    replies: Replies
    book: Book
    now: datetime

    def unsent(self, reply: Reply) -> Unsent:
        risk, halt = self._risk(reply), _HALTS[reply.state]
        times = self.book.times.timetable(reply.channel)
        return Unsent(
            id=reply.id,
            conversation=reply.conversation,
            channel=reply.channel,
            halt=halt,
            risk=risk,
            author=reply.author,
            approvers=tuple(self._approvers(reply, risk)),
            since=_since(reply),
            until=reply.expires_at,
            left=times.business_time(self.now, reply.expires_at),
            open=times.is_open(self.now),
            why=self._obstacle(reply) if halt is Halt.DISPATCH else reply.note,
        )

    def _risk(self, reply: Reply) -> int:
        """The class that its approval would be judged by; 0 where nothing is left to answer."""
        from toolkit.community.replies.bench import lay_out

        try:
            bench = lay_out(self.replies.inbox, reply.conversation, self.workspace, self.now)
        except UsageError:
            return 0
        return bench.risk(self.book)

    def _approvers(self, reply: Reply, risk: int) -> Iterator[str]:
        settings = self.workspace.settings
        yield from (name for name in settings.people if not why_not(name, reply.author, risk, settings))

    def _obstacle(self, reply: Reply) -> str:
        """Why no dispatcher takes it, as far as that is known."""
        from toolkit.community.replies.bench import lay_out
        from toolkit.community.replies.composing import why_unanswerable

        try:
            bench = lay_out(self.replies.inbox, reply.conversation, self.workspace, self.now)
        except UsageError as error:
            return str(error)
        return why_unanswerable(bench.account, bench.message, private=reply.private)


def _since(reply: Reply) -> datetime:
    """Since when it waits as it does."""
    if reply.state.going:
        return max(reply.approved_at or reply.changed_at, reply.send_after or reply.changed_at)
    return reply.changed_at
