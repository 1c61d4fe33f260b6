"""Pseudonyms: messages and authors are known again without being named.

An HMAC with the inbox's own key: the same in every process of this inbox, and nothing to anybody without the key.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from typing import Final

from toolkit.community.inbox.schema import KEY_META
from toolkit.database import Record, Values
from toolkit.values import dataclass

LENGTH: Final = 32  # hexadecimal digits: 128 bits
TOMB: Final = "~"  # how the id of a forgotten message begins; no network's does


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """What is known by them: `key` is the inbox's."""

    key: str

    def of(self, text: str) -> str:
        """The pseudonym of any text."""
        words = text.encode("utf-8", "surrogatepass")
        return hmac.digest(bytes.fromhex(self.key), words, "sha256").hex()[:LENGTH]

    def author(self, account_id: str, author: str, author_id: str) -> str:
        """The pseudonym of somebody who writes to an account, by the network's id or else the handle; "" for nobody."""
        known = f"id:{author_id}" if author_id else f"handle:{author.casefold()}"
        return self.of(f"author {account_id} {known}") if author_id or author else ""

    def tomb(self, account_id: str, remote_id: str) -> str:
        """What stands for the id of a forgotten message, so that it is not taken in again."""
        return TOMB + self.of(f"forgotten {account_id} {remote_id}")


def read_pseudonyms(read: Callable[[str, Values], Sequence[Record]]) -> Pseudonyms:
    """Those of an open inbox; `read` runs a statement in it."""
    (row,) = read("SELECT value FROM meta WHERE name = :name", {"name": KEY_META})
    return Pseudonyms(str(row["value"]))
