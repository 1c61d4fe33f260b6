"""Lines to networks, and the media that go over them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import field
from datetime import timedelta

from toolkit.model import Promise, Rendition
from toolkit.networks.base import Connection, Pace, ReadMedia
from toolkit.settings import Account
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """An account's open connection and what its network allows us to promise."""

    account: Account
    connection: Connection
    promise: Promise
    settle: timedelta = timedelta(seconds=60)
    key_lifetime: timedelta = timedelta()
    paces: tuple[Pace, ...] = ()
    remedy: str = ""  # what helps when the network does not let the account in

    @property
    def blind(self) -> bool:
        """Whether nobody but a person can find out what became of a request."""
        return self.promise in (Promise.BLIND, Promise.HAND_OFF)


# account_id → its line; raises `LeitstandError` (no such account, no token) with the remedy.
OpenLine = Callable[[str], Line]


@dataclass(slots=True)
class Shelf:
    """Media of the post at hand: read once, so that what is hashed is what is sent."""

    source: ReadMedia
    kept: dict[str, bytes] = field(default_factory=dict)

    def read(self, file: str) -> bytes:
        """The bytes of `file` (relative to content/), the same ones until `clear`."""
        if file not in self.kept:
            self.kept[file] = self.source(file)
        return self.kept[file]

    def clear(self) -> None:
        self.kept.clear()

    def holds(self, rendition: Rendition) -> bool:
        """Whether the files still have the bytes that `rendition` was made with."""
        attachments = [medium for part in rendition.parts for medium in part.attachments]
        try:
            return all(hashlib.sha256(self.read(medium.file)).hexdigest() == medium.sha256 for medium in attachments)
        except OSError:
            return False
