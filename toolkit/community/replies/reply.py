"""The noun: a reply to somebody, from the draft to what became of it.

::

    draft --hand in--> review --approve--> approved --planned in the ledger--> queued --out--> sent
                         ^                    |                                  |
                         +---- they wrote again, or the network took it not -----+      (as `stale`)
    any of these but sent: dropped by a person, expired by the clock, forgotten with its conversation
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from enum import StrEnum

from toolkit.database import to_text
from toolkit.values import dataclass


class ReplyState(StrEnum):
    """How far a reply is; `stale` waits for another look, because something happened since it was written."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    QUEUED = "queued"
    SENT = "sent"
    STALE = "stale"
    EXPIRED = "expired"
    DROPPED = "dropped"

    @property
    def written(self) -> bool:
        """Whether its text may still change, and nobody has said yes."""
        return self in (ReplyState.DRAFT, ReplyState.REVIEW, ReplyState.STALE)

    @property
    def going(self) -> bool:
        """Whether somebody said yes and it is to go out."""
        return self in (ReplyState.APPROVED, ReplyState.QUEUED)


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply. Moments are aware and in UTC. Whoever changes it names the `version` they saw."""

    id: str  # 26 letters of a ULID: the ledger's uid
    conversation: str  # id
    place: str  # the conversation's id when it was written: the ledger's occurrence, which never changes
    account_id: str
    channel: str  # the account's name
    target: str  # remote id of the message that it answers
    stamp: str  # what the conversation was when it was written; see `standing`
    text: str  # Markdown, as posts are
    language: str
    private: bool
    author: str  # a person of leitstand.toml
    created_at: datetime
    changed_at: datetime
    expires_at: datetime
    state: ReplyState = ReplyState.DRAFT
    send_after: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    approved_hash: str = ""
    note: str = ""  # why it waits for another look; never what was said
    remote_id: str = ""  # once it is out
    version: int = 0

    @property
    def digest(self) -> str:
        """What an approval is for: any other word, place, time or reader needs another one."""
        after = to_text(self.send_after)
        said = [self.id, self.account_id, self.target, self.stamp, self.text, self.language, self.private, after]
        return "sha256:" + hashlib.sha256(json.dumps(said, ensure_ascii=True).encode("ascii")).hexdigest()

    @property
    def approved(self) -> bool:
        """Whether the yes that was given is for what stands here now."""
        return self.state.going and self.approved_hash == self.digest
