"""What a new workspace is made of: the plan first, then people, channels, colour and hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from toolkit.tokens import Colour

LANGUAGES: Final = ("de", "en")
# The first post is due so soon that a newcomer sees it go out.
SOON: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team: the key in ``[people]``, the name, roles as leitstand.toml knows them, an address or ""."""

    key: str
    name: str
    roles: tuple[str, ...]
    email: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """An account: its name here, its network, the name there, and what it is for.

    `by_hand`: a person publishes until somebody signs in.
    """

    name: str
    network: str
    id: str
    title: str
    server: str = ""
    by_hand: bool = False
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached each month: the name of a key figure, and how much of it."""

    metric: str
    amount: float


@dataclass(frozen=True, slots=True)
class Starter:
    """Everything that is filled in: the brand's name, the language of its texts, its zone, the moment (aware), the rest.

    `quiet` is a span such as 21:30-07:00, `hours` such as mon-fri 08:00-18:00; "" where nothing was said.
    """

    name: str
    language: str
    timezone: str
    now: datetime
    audiences: tuple[str, ...] = ()
    target: Target | None = None
    pillars: tuple[str, ...] = ()
    team: tuple[Member, ...] = ()
    approvals: int = 0
    channels: tuple[Channel, ...] = ()
    colour: Colour | None = None
    quiet: str = ""
    hours: str = ""

    @property
    def people(self) -> tuple[Member, ...]:
        """The team; where nobody was named, one person who is the whole of it."""
        return self.team or (_NOBODY[self.language],)

    def whoever(self, *roles: str) -> Member:
        """The first person with one of the roles, in the order of the roles; else the first of all."""
        having = (one for role in roles for one in self.people if role in one.roles)
        return next(having, self.people[0])

    @property
    def most_approvals(self) -> int:
        """How many can approve what the first author writes: nobody approves their own."""
        author = self.whoever("editor", "manager")
        return sum("manager" in one.roles for one in self.people if one is not author)


_NOBODY: Final = {
    "de": Member("redaktion", "Redaktion", ("editor", "manager")),
    "en": Member("editor", "Editor", ("editor", "manager")),
}
