"""Messages: what people wrote to us or about us on a network. Untrusted, every field of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from toolkit.values import dataclass


class MessageKind(StrEnum):
    """How a message reached us."""

    COMMENT = "comment"  # below one of our posts
    MENTION = "mention"
    DIRECT = "direct"
    REVIEW = "review"


class Showing(StrEnum):
    """Whether others can see it where it was written, as far as the network says so."""

    SHOWN = ""
    HELD = "held"  # it waits there for somebody's yes
    HIDDEN = "hidden"  # somebody hid it there, a person or the network


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `text` is plain text; HTML was taken out by the adapter."""

    remote_id: str
    channel: str
    kind: MessageKind
    author: str  # handle or address, as the network shows it
    text: str
    at: datetime  # aware, UTC
    url: str = ""
    answers: str = ""  # remote id of what it answers
    below: str = ""  # remote id of our post that it stands below
    language: str = ""  # as the network says
    author_id: str = ""  # the network's own id of the author, which a new name does not change
    name: str = ""  # as the author wants to be called
    thread: str = ""  # what belongs together, where the network says so; elsewhere `answers` leads to it
    subject: str = ""  # of a mail
    reach: int | None = None  # how many follow the author; None where nobody says
    edited_at: datetime | None = None  # aware, UTC
    media: tuple[str, ...] = ()  # addresses of pictures and files; nobody fetches them unasked
    own: bool = False  # our account wrote it, in answer to somebody else: here, in the network's app, or anywhere
    automatic: bool = False  # a machine wrote it: an automatic reply, a bounce, a list; nobody waits for an answer
    showing: Showing = Showing.SHOWN
    answerable: bool = True  # False where nobody can answer its author there, such as an article in a feed
    bounced: bool = False  # it says that an answer of ours did not arrive; such a message is `automatic`, too

    @property
    def private(self) -> bool:
        """Whether only we and its author can read it."""
        return self.kind is MessageKind.DIRECT
