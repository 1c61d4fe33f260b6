"""What the tree wants sent: posts, and what follows them, per account; and what the tree cannot say at the moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Final

from toolkit.community import Pause
from toolkit.ledger import Planned, Row
from toolkit.model import Late, Message, Rendition
from toolkit.values import dataclass

Key = tuple[str, str, str, str]  # uid, occurrence, account_id, action: what all parts of one thread share
POST: Final = "post"


@dataclass(frozen=True, slots=True)
class Order:
    """One post for one account, what follows it there, or a reply to somebody. The callables are asked late, right before they matter."""

    planned: Planned
    ready: bool
    late: Late
    grace: timedelta
    # With the hashes of the media. Raises what cannot be rendered or read.
    render: Callable[[], Rendition]
    # Why it may not go out: no approval, errors in the file; "" when it may.
    obstacle: Callable[[], str]
    # The pause that stops it, read anew at each call.
    pause: Callable[[datetime], Pause | None]
    # How long has to lie between two times of one post on one account.
    apart: timedelta = timedelta(hours=12)
    # Whether a person publishes it: when due it is handed over, and nothing is ever sent.
    by_hand: bool = False
    # The action that has to be out before; "" for a post itself.
    after: str = ""
    # What a reply answers; None for everything else.
    message: Message | None = None

    @property
    def key(self) -> Key:
        planned = self.planned
        return planned.uid, planned.occurrence, planned.account_id, planned.action

    @property
    def before(self) -> Key:
        """The key of what has to be out before."""
        return *self.key[:3], self.after


@dataclass(frozen=True, slots=True)
class Orders:
    """All orders of one reading of the tree."""

    orders: Mapping[Key, Order]
    accounts: tuple[tuple[str, str, str], ...]  # account_id, name, network
    commit: str = ""
    # Files that could not be read: path → uid, "" where not even that is known.
    unreadable: Mapping[str, str] = field(default_factory=dict)

    def of(self, row: Row) -> Order | None:
        """The order that the row stands for."""
        return self.orders.get(row.thread)

    def cannot_say(self, row: Row) -> bool:
        """Whether the row's file is there but cannot be read, or may be one of those that cannot."""
        if row.path in self.unreadable or row.uid in self.unreadable.values():
            return True
        return "" in self.unreadable.values() and all(row.uid != key[0] for key in self.orders)
