"""After publishing: what an author wants changed or taken back. Both are approved like posts."""

from __future__ import annotations

from enum import StrEnum

from toolkit.values import dataclass


class Otherwise(StrEnum):
    """What happens where a network cannot edit or delete."""

    REPLY = "reply"  # a reply below the post says so
    REPOST = "repost"  # the post is taken back and sent anew
    LEAVE = "leave"  # it stays as it is
    HAND_OFF = "hand-off"  # a person does it there and confirms


@dataclass(frozen=True, slots=True)
class Correction:
    """The post's text is to replace what was published. `number` counts up with each correction."""

    number: int
    reason: str
    otherwise: Otherwise = Otherwise.HAND_OFF
    reply: str = ""  # Markdown of the reply, for `Otherwise.REPLY`


@dataclass(frozen=True, slots=True)
class Retraction:
    """What was published on `channels` is to be taken back, and what was not goes out no more."""

    channels: tuple[str, ...]
    reason: str
    otherwise: Otherwise = Otherwise.HAND_OFF
    reply: str = ""
