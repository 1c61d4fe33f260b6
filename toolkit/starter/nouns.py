"""What a new workspace is made of: the plan first, then people, channels, colour and hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from toolkit.tokens import Colour
from toolkit.values import dataclass
from toolkit.workspace.naming import slug

LANGUAGES: Final = ("de", "en")


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

    `quiet` is a span such as 21:30-07:00, `hours` such as mon-fri 08:00-18:00, `forge` one of `PLACES`; "" where nothing
    was said.
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
    forge: str = ""

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


def short_name(title: str, nothing: str) -> str:
    """A key from what people wrote; `nothing` where no letter of it can stand in a key, as in Ольга."""
    found = slug(title)
    # What `slug` makes of nothing is the name of a post.
    return nothing if found == slug("") else found


def fresh(name: str, taken: Collection[str]) -> str:
    """The name, with the first number behind it that nobody has taken."""
    numbered = (name if number == 1 else f"{name}-{number}" for number in range(1, len(taken) + 2))
    return next(one for one in numbered if one not in taken)


def short_names(titles: Iterable[str], nothing: str, words: int | None = None) -> dict[str, str]:
    """Title → its key, of at most so many `words`; no two are the same."""
    found: dict[str, str] = {}
    for title in titles:
        name = "-".join(short_name(title, nothing).split("-")[:words])
        found[title] = fresh(name, found.values())
    return found
