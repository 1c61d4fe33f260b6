"""The nouns of triage: ordered rules of what is urgent and whose it is, and the words of danger.

A classifier's guess (`negative`) may put a conversation further up and do nothing else; no rule closes or hides anything.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from toolkit.model import MessageKind
from toolkit.source import FrontMatter
from toolkit.values import dataclass
from toolkit.workspace.statements import Wording


class AuthorRole(StrEnum):
    """Who somebody is to us. Whose role it is stands in the inbox and never in a file."""

    VIP = "vip"
    PRESS = "press"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a rule applies: all that is said. Empty, 0 and None say nothing."""

    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    kinds: frozenset[MessageKind] = frozenset()
    channels: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    roles: frozenset[AuthorRole] = frozenset()
    reach: int = 0
    negative: float = 0.0
    question: bool | None = None
    risk: int = 0
    first_contact: bool | None = None
    outside_hours: bool | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule does. `assign` is a person or a role; `keep` lets in what was only watched."""

    labels: tuple[str, ...] = ()
    assign: str = ""
    points: float = 0.0
    first_response: timedelta | None = None
    risk: int = 0
    stop: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A message that a rule is for, or is not; `key` leads to it. None is as the rule wants it."""

    key: str
    text: str
    kind: MessageKind | None = None
    channel: str | None = None
    language: str | None = None
    roles: frozenset[AuthorRole] | None = None
    reach: int | None = None
    negative: float | None = None
    first_contact: bool | None = None
    outside_hours: bool | None = None


@dataclass(frozen=True, slots=True)
class TriageRule:
    """One rule. `places` leads to its keys."""

    name: str
    places: FrontMatter
    when: Conditions
    then: Outcome
    why: str = ""
    order: int = 100
    good: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()

    @property
    def path(self) -> str:
        """The page it stands in."""
        return self.places.source.path


@dataclass(frozen=True, slots=True)
class Risk:
    """Words that tell of a danger, and its class."""

    name: str
    wording: Wording
    level: int = 1
    good: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()
