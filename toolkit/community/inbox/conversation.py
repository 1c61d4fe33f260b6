"""The nouns of the inbox: a conversation, what was said in it, and what the team thinks of it.

A conversation is what a person would answer in one go: a comment with the answers below it, a mention with its thread,
all direct messages with one person, a mail with its replies. It goes this way::

    new --somebody takes it up--> open --we answered--> waiting --they answer--> open
     |                              |                      |
     +------------- snoozed until a moment or an answer, then open; done, until they write again --------------+
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from toolkit.model import Message, MessageKind
from toolkit.values import dataclass


class Stage(StrEnum):
    """How far a conversation is; `waiting` means that it is their turn."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    DONE = "done"

    @property
    def ours(self) -> bool:
        """Whether it is our turn."""
        return self in (Stage.NEW, Stage.OPEN)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation as it stands in the inbox. Moments are aware and in UTC.

    `waiting_since` is the first message of theirs that nobody of us has answered; `answered_at` our first answer ever.
    Whoever changes it names the `version` they saw; another one in between is told to them.
    """

    id: str  # 26 letters of a ULID; people may write its first ones
    account_id: str  # as in the ledger
    channel: str  # the account's name
    kind: MessageKind
    author: str  # who wrote first, as the network shows it
    author_id: str  # and the network's own id, "" where it has none
    opened_at: datetime
    changed_at: datetime  # the last message of anybody
    stage: Stage = Stage.NEW
    name: str = ""
    below: str = ""  # remote id of our post that it stands below
    uid: str = ""  # and that post, where the ledger knows it
    subject: str = ""
    language: str = ""  # "" while nobody can tell
    waiting_since: datetime | None = None
    answered_at: datetime | None = None
    snoozed_until: datetime | None = None
    assignee: str = ""  # a person of leitstand.toml
    labels: tuple[str, ...] = ()
    reach: int | None = None
    score: float = 0.0  # how urgent; why, `triage` says
    negative: float | None = None  # probability; None where no classifier could tell
    version: int = 0

    @property
    def private(self) -> bool:
        """Whether only we and the author can read it."""
        return self.kind is MessageKind.DIRECT


@dataclass(frozen=True, slots=True)
class Entry:
    """A message in its conversation. A deleted one has lost its text, its author's name and its media."""

    message: Message
    conversation: str  # id
    heard_at: datetime  # when we fetched it first
    deleted_at: datetime | None = None
    forgotten: bool = False  # because its time was over, or its author asked for it


@dataclass(frozen=True, slots=True)
class Remark:
    """A note of ours in a conversation, which no network ever sees."""

    id: str
    conversation: str
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did with a conversation, for the log: who, when, what. It never holds what was said."""

    conversation: str
    by: str  # a person, or "" for the machine
    at: datetime
    what: str  # such as ``assigned``, ``snoozed``, ``done``
    detail: str = ""
