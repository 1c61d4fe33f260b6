"""Tokens of a simulated network: they expire, and a refresh token is good for one renewal."""

from __future__ import annotations

from datetime import datetime

from toolkit.simulation.character import Character
from toolkit.values import dataclass

FIRST = "access-0 refresh-0"  # what an account has when the simulation begins


@dataclass(slots=True)
class Tokens:
    """The one valid pair of an account."""

    character: Character
    began: datetime
    number: int = 0
    since: datetime | None = None
    renewals: int = 0

    def valid(self, token: str, now: datetime) -> bool:
        """Whether the network takes this access token."""
        if self._revoked(now):
            return False
        lifetime = self.character.token_lifetime
        if lifetime is None:
            return True
        return token == f"access-{self.number}" and now - (self.since or self.began) < lifetime

    def renew(self, refresh: str, now: datetime) -> str:
        """A new pair for the refresh token, which is worth nothing from then on; "" when it is worth nothing now."""
        if refresh != f"refresh-{self.number}" or self._revoked(now):
            return ""
        self.number += 1
        self.renewals += 1
        self.since = now
        return f"access-{self.number} refresh-{self.number}"

    def _revoked(self, now: datetime) -> bool:
        after = self.character.revoked_after
        return after is not None and now - self.began >= after
