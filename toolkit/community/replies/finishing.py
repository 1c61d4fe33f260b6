"""What becomes of replies that somebody said yes to: what the ledger knows, the clock, and what they have written since.

Nothing here sends. It may be killed anywhere and called again: it only writes down what is so already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.inbox.gathering import Listener
from toolkit.community.replies.book import Replies
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.errors import InboxError, UsageError
from toolkit.ledger import Ledger, Row, State
from toolkit.messages import _
from toolkit.model import Message, Rendition
from toolkit.values import dataclass

_WAITING: Final = frozenset({State.PLANNED, State.CANCELLED})
_REFUSED: Final = frozenset({State.FAILED, State.MISSED, State.IMPORTED})
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Finishing:
    """One look at all of them."""

    replies: Replies
    ledger: Ledger
    now: datetime

    def work(self) -> None:
        """Bring every reply in line with what is known. Whoever changes one at the same moment comes first."""
        for reply in (*self.replies.going(), *self.replies.overdue(self.now)):
            try:
                self._finish(reply)
            except (InboxError, UsageError):
                continue  # the next look sees what it is now

    def _finish(self, reply: Reply) -> None:
        if reply.state.written:
            self._change(reply, ReplyState.EXPIRED, "expired")
            return
        rows = self.ledger.rows(uid=reply.id)
        if not rows or all(row.state in _WAITING for row in rows):
            self._finish_waiting(reply, planned=bool(rows))
        elif _is_out(rows):
            self._finish_sent(reply, sorted(rows, key=lambda row: row.part))
        elif (refused := _refusal(reply, rows)) is not None:
            self.replies.send_back(reply, refused.reason or _("it was not sent"), self.now)
        elif all(row.state is State.SKIPPED for row in rows):
            self._change(reply, ReplyState.DROPPED, "dropped")
        else:
            self._queue(reply)

    def _finish_waiting(self, reply: Reply, *, planned: bool) -> None:
        if self.now >= reply.expires_at:
            self._change(reply, ReplyState.EXPIRED, "expired")
        elif not self.replies.is_current(reply, self.now):
            self.replies.send_back(reply, _("something was said since it was written"), self.now)
        elif planned:
            self._queue(reply)

    def _queue(self, reply: Reply) -> None:
        if reply.state is ReplyState.APPROVED:
            self._change(reply, ReplyState.QUEUED, "queued")

    def _finish_sent(self, reply: Reply, rows: Sequence[Row]) -> None:
        """It is out: the conversation hears it now, and knows it again when its network tells it."""
        found = self.replies.answered(reply)
        if found is not None and not found.forgotten:
            ours = [one for one in _said(reply, rows, found.message) if not self._is_known(reply, one)]
            self.replies.inbox.gather(Listener(reply.account_id, reply.channel), ours, self.now)
        sent = replace(reply, state=ReplyState.SENT, changed_at=self.now, remote_id=rows[0].remote_id)
        self.replies.change(reply, sent, "", "sent")

    def _is_known(self, reply: Reply, message: Message) -> bool:
        return self.replies.answered(replace(reply, target=message.remote_id)) is not None

    def _change(self, reply: Reply, state: ReplyState, what: str) -> None:
        self.replies.change(reply, replace(reply, state=state, changed_at=self.now), "", what)


def _is_out(rows: Sequence[Row]) -> bool:
    return all(row.state is State.CONFIRMED for row in rows) and len(rows) >= rows[0].parts


def _refusal(reply: Reply, rows: Sequence[Row]) -> Row | None:
    """The row that the network refused, or that a pause kept back, since the yes was said; None while any part is out."""
    if any(row.state is State.CONFIRMED for row in rows):
        return None
    since = reply.approved_at or reply.changed_at
    return next((row for row in rows if row.state in _REFUSED and row.updated_at >= since), None)


def _said(reply: Reply, rows: Sequence[Row], answered: Message) -> list[Message]:
    """What went out, as messages of ours."""
    above, messages = answered.remote_id, []
    for row in rows:
        if not row.remote_id or row.rendition in ("", "{}"):
            continue
        messages.append(
            replace(
                answered,
                remote_id=row.remote_id,
                author="",
                author_id="",
                name="",
                text=Rendition.from_json(row.rendition).parts[row.part].text,
                # Two clocks may differ: an answer is never older than what it answers.
                at=max(row.updated_at, answered.at + _TICK),
                url=row.url,
                answers=above,
                language=reply.language,
                reach=None,
                edited_at=None,
                media=(),
                own=True,
                automatic=False,
            )
        )
        above = row.remote_id
    return messages
