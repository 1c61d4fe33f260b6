"""What is remembered of a network that does not let an account in: since when, until when nobody asks again, and why.

A token's dates say nothing about that: a person may have changed the password, or taken the rights back, long before
its end. Whoever sends writes it down; it is forgotten when somebody signs in, or when the network takes something.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from toolkit.settings import Account
from toolkit.values import dataclass

NOTE: Final = "locked-out"


@dataclass(frozen=True, slots=True)
class Lockout:
    """`why` is in the network's words; both moments are aware."""

    since: datetime
    until: datetime
    why: str

    def to_text(self) -> str:
        """As the note that it is kept in."""
        return json.dumps({"since": self.since.isoformat(), "until": self.until.isoformat(), "why": self.why})


def read_lockout(note: str) -> Lockout | None:
    """What `Lockout.to_text` wrote; None when it is something else."""
    try:
        raw = json.loads(note)
        since, until = datetime.fromisoformat(raw["since"]), datetime.fromisoformat(raw["until"])
        return Lockout(since, until, str(raw["why"]))
    except (ValueError, TypeError, KeyError):
        return None


def never_locked(_account: Account) -> Lockout | None:
    """Nobody knows what networks have said."""
    return None
