"""What is known of a conversation when it is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from toolkit.community.hours import waiting_since
from toolkit.community.inbox.conversation import Conversation, Entry
from toolkit.model import Message, MessageKind
from toolkit.values import dataclass
from toolkit.workspace import AuthorRole

# What is longer was pasted; what matters of it stands at its beginning, and rules have a limited time.
LONGEST: Final = 20_000
_ADDRESS: Final = re.compile(r"\S+://\S+|www\.\S+", re.IGNORECASE)
_MARKS: Final = frozenset("?？؟⁇⁈⁉‽")  # noqa: RUF001  # other scripts' question marks, and double ones


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation as the rules see it.

    `text` is what people wrote and nobody took back, `last` the part of it that nobody of us has answered. `since` is when
    they began to wait, None while it is their turn; `arrived` the moment that service hours are asked about.
    """

    channel: str
    kind: MessageKind
    text: str
    last: str
    arrived: datetime
    since: datetime | None = None
    language: str = ""
    roles: frozenset[AuthorRole] = frozenset()
    reach: int | None = None
    negative: float | None = None
    first_contact: bool = False

    @classmethod
    def of(
        cls,
        conversation: Conversation,
        entries: Iterable[Entry],
        *,
        roles: Iterable[AuthorRole] = (),
        first_contact: bool = False,
    ) -> Case:
        """The case of a conversation with what was said in it; roles and first contact are what the inbox knows."""
        told = sorted((one for one in entries if one.deleted_at is None), key=lambda one: one.message.at)
        since = waiting_since(told)
        theirs = [one.message for one in told if not one.message.own and not one.message.automatic]
        last = [message for message in theirs if since is not None and message.at >= since]
        return cls(
            channel=conversation.channel,
            kind=conversation.kind,
            text=_joined(theirs),
            last=_joined(last),
            arrived=since or (theirs[-1].at if theirs else conversation.opened_at),
            since=since,
            language=conversation.language,
            roles=frozenset(roles),
            reach=conversation.reach,
            negative=conversation.negative,
            first_contact=first_contact,
        )


def asks(text: str) -> bool:
    """Whether a question mark stands in the text; one inside an address asks nothing."""
    if _MARKS.isdisjoint(text):
        return False
    return not _MARKS.isdisjoint(_ADDRESS.sub(" ", text))


def _joined(messages: Iterable[Message]) -> str:
    """The newest first, so that a very long conversation is cut where it is oldest."""
    said = (f"{message.subject}\n{message.text}" if message.subject else message.text for message in messages)
    return "\n\n".join(reversed(list(said)))[:LONGEST]
