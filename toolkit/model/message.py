"""Messages: what people wrote to us or about us on a network. Untrusted, every field of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """How a message reached us."""

    COMMENT = "comment"  # below one of our posts
    MENTION = "mention"
    DIRECT = "direct"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `text` is plain text; HTML was taken out by the adapter."""

    remote_id: str
    channel: str
    kind: MessageKind
    author: str  # handle or name, as the network shows it
    text: str
    at: datetime  # aware, UTC
    url: str = ""
    answers: str = ""  # remote id of what it answers
    below: str = ""  # remote id of our post that it stands below
    language: str = ""  # as the network says
