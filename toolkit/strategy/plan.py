"""The nouns of the social media plan. `key` leads to the place of an entry in the page's front matter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from toolkit.model import Problem
from toolkit.source import FrontMatter
from toolkit.values import dataclass
from toolkit.workspace import STRATEGY, Claim, Goal

REVIEW: Final = timedelta(days=183)  # until somebody reads a new plan again


@dataclass(frozen=True, slots=True)
class Product:
    """Something that the house sells; `since` and `until` are the first and last day on which one can buy it."""

    key: str
    name: str
    about: str = ""
    price: str = ""  # with its unit price, as it may be shown
    since: date | None = None
    until: date | None = None

    def sold(self, day: date) -> bool:
        """Whether one can buy it on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the brand, and what it means when we write."""

    key: str
    name: str
    means: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom we speak to; posts, channels and ideas call it by `name`."""

    key: str
    name: str
    title: str
    wants: str = ""


@dataclass(frozen=True, slots=True)
class Pillar:
    """A subject that posts return to. `least` and `most` are shares of a month's posts, from 0 to 1."""

    name: str
    title: str
    least: float = 0.0
    most: float = 1.0
    key: str = ""
    about: str = ""  # what it is for, in a sentence
    owner: str = ""  # who answers for it


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a channel is for, and for whom; `weekly` is how many posts a week are planned there, None for as it comes."""

    key: str
    channel: str
    purpose: str
    audiences: tuple[str, ...] = ()
    weekly: float | None = None


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor of leitstand.toml, and why we watch them."""

    key: str
    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What is spent on something in a year, in the house's currency."""

    key: str
    purpose: str
    amount: float
    year: int
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Strategy:
    """The social media plan; empty, with a problem that says so, where nobody has written one."""

    places: FrontMatter | None = None
    products: tuple[Product, ...] = ()
    values: tuple[Value, ...] = ()
    claims: tuple[Claim, ...] = ()  # of the whole handbook, proven ones and those that are not made
    goals: tuple[Goal, ...] = ()  # per month
    audiences: tuple[Audience, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    channels: tuple[Purpose, ...] = ()
    competitors: tuple[Rival, ...] = ()
    budget: tuple[Cost, ...] = ()
    currency: str = ""
    owner: str = ""
    reviewed: date | None = None
    next_review: date | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def path(self) -> str:
        """The page it stands in, or would."""
        return STRATEGY

    @property
    def written(self) -> bool:
        """Whether there is a page whose front matter can be read."""
        return self.places is not None

    def pillar(self, name: str) -> Pillar | None:
        """The pillar that posts call by this name."""
        return next((one for one in self.pillars if one.name == name), None)

    def audience(self, name: str) -> Audience | None:
        """The audience of this name."""
        return next((one for one in self.audiences if one.name == name), None)

    def purpose(self, channel: str) -> Purpose | None:
        """What an account is for."""
        return next((one for one in self.channels if one.channel == channel), None)

    def permitted(self, day: date) -> tuple[Claim, ...]:
        """The claims whose proof holds on that day."""
        return tuple(one for one in self.claims if one.proven(day))

    def spending(self, year: int) -> float:
        """What is planned to be spent in that year."""
        return sum(one.amount for one in self.budget if one.year == year)
