"""A grant: what a network handed out for an account, as the vault keeps it. Times are in UTC."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from toolkit.model.signin import EXCHANGE
from toolkit.values import dataclass

# A token is renewed when a quarter of its life is left, a long-lived one a week before its end.
SPARE_SHARE: Final = 4
SPARE: Final = timedelta(days=7)
# What is exchanged and not refreshed is exchanged weekly: https://developers.facebook.com/docs/threads/get-started/long-lived-tokens
WEEK: Final = timedelta(days=7)
_MOMENTS: Final = ("signed_in_at", "renewed_at", "expires_at", "refresh_until")


@dataclass(frozen=True, slots=True)
class Grant:
    """Tokens, and since when and until when they are good. No secret shows in its repr."""

    access: str = field(repr=False)
    signed_in_at: datetime
    renewed_at: datetime
    network: str = ""
    server: str = ""  # of the account when it was signed in; no other gets the token
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None  # None: the network named no end
    refresh_until: datetime | None = None
    signed_in: bool = False  # by OAuth; else a person pasted it
    renewal: str = ""  # "" where nothing renews it
    client_id: str = ""  # of a client that we registered
    client_secret: str = field(default="", repr=False)
    dead: str = ""  # why the network does not take it any more

    @property
    def renews(self) -> bool:
        """Whether it can be renewed without a person."""
        return bool(self.refresh) or (self.renewal == EXCHANGE and self.expires_at is not None)

    @property
    def ends_at(self) -> datetime | None:
        """When nothing but signing in again helps; None where no such time is known."""
        return self.refresh_until if self.refresh else self.expires_at

    def live(self, now: datetime) -> bool:
        """Whether its token can be used now, as far as is known; it outlives a refresh token that is over."""
        return (not self.dead or bool(self.refresh)) and (self.expires_at is None or now < self.expires_at)

    def due(self, now: datetime) -> bool:
        """Whether it should be renewed now."""
        if self.dead or not self.renews or self.expires_at is None:
            return False
        if not self.refresh and now >= self.renewed_at + WEEK:
            return True
        spare = min((self.expires_at - self.renewed_at) / SPARE_SHARE, SPARE)
        return now >= self.expires_at - spare

    def over(self, why: str) -> Grant:
        """The same, known to be dead."""
        return replace(self, dead=why)

    def to_json(self) -> str:
        value = asdict(self)
        told = {name: value[name].isoformat() if value[name] else "" for name in _MOMENTS}
        return json.dumps({**value, **told})


def read_grant(written: str) -> Grant | None:
    """What `Grant.to_json` wrote; None when it is something else."""
    try:
        value = json.loads(written)
        return _read(value) if isinstance(value, dict) else None
    except (ValueError, TypeError):
        return None


def _read(value: Mapping[str, object]) -> Grant | None:
    def text(name: str) -> str:
        said = value.get(name)
        return said if isinstance(said, str) else ""

    signed, renewed = _moment(text("signed_in_at")), _moment(text("renewed_at"))
    if not text("access") or signed is None or renewed is None:
        return None
    return Grant(
        access=text("access"),
        signed_in_at=signed,
        renewed_at=renewed,
        network=text("network"),
        server=text("server"),
        refresh=text("refresh"),
        expires_at=_moment(text("expires_at")),
        refresh_until=_moment(text("refresh_until")),
        signed_in=value.get("signed_in") is True,
        renewal=text("renewal"),
        client_id=text("client_id"),
        client_secret=text("client_secret"),
        dead=text("dead"),
    )


def _moment(written: str) -> datetime | None:
    return datetime.fromisoformat(written).astimezone(UTC) if written else None
