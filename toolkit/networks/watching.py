"""Another organisation's public counts, where a network tells them to anybody: numbers, moments and addresses, nothing else.

No text, no picture and no name of anybody who liked or answered is kept, and posts that are not public are left out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, runtime_checkable

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class PublicPost:
    """One public post: when, and how many likes, comments and shares it has together."""

    at: datetime  # aware, UTC
    interactions: float
    is_part: bool = False  # a further part of a thread; what it won counts, but it is no post of its own
    url: str = ""  # where everybody can look at it
    format: str = ""  # photo, video, link, text or poll; "" where the network does not say


@dataclass(frozen=True, slots=True)
class PublicAccount:
    """Followers, None where they are not told, and the posts since a moment; `whole` when all of them were read."""

    followers: float | None
    posts: tuple[PublicPost, ...]
    whole: bool = True


@runtime_checkable
class Watching(Protocol):
    """A line that can look at another account of its network."""

    def watch(self, name: str, since: datetime) -> PublicAccount:
        """The public counts of the account `name`. Raises `WebError`."""
