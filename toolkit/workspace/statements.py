"""What the house does not talk about for a while, and what it says only with a proof: blocks of the handbook's pages.

Both stand in the page that explains them, as a fence with the word ``no-go`` or ``claim`` behind it and YAML in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from toolkit.messages import _
from toolkit.model import Severity
from toolkit.source import Fields, FrontMatter
from toolkit.values import dataclass

TOPIC: Final = "no-go"
CLAIM: Final = "claim"
_SHARED: Final[Mapping[str, str]] = {
    "words": "Words and phrases it is told by, in any case; * stands for the rest of a word, as in klima*.",
    "patterns": "Patterns it is told by, in RE2's syntax; capitals and small letters are the same.",
    "channels": "Accounts and networks it is about; default: all.",
    "labels": "Labels it is about; default: all posts.",
    "campaigns": "Campaigns it is about; default: all posts.",
    "languages": "Languages it is about; default: all.",
    "owner": "Person who answers questions about it.",
    "instead": "What to write instead.",
}
TOPIC_KEYS: Final[Mapping[str, str]] = {
    "topic": "What is not talked about.",
    "reason": "Why, in a sentence; it stands in the message.",
    "from": "First day; default: always.",
    "until": "Last day; default: for ever.",
    "severity": "error holds posts back; warning (default) or hint.",
    "places": "Where it counts: posts, replies, ideas, briefings; default: everywhere.",
    "good": "Sentences that may be said; the check is tried on them.",
    "bad": "Sentences that must be found; the check is tried on them.",
    **_SHARED,
}
CLAIM_KEYS: Final[Mapping[str, str]] = {
    "claim": "What is claimed.",
    "proof": "What proves it and where that lies; without it the claim is not made.",
    "until": "Last day on which the proof holds.",
    **_SHARED,
}


class Place(StrEnum):
    """Where a topic is looked for."""

    POSTS = "posts"
    REPLIES = "replies"
    IDEAS = "ideas"
    BRIEFINGS = "briefings"


@dataclass(frozen=True, slots=True)
class Wording:
    """How a statement is told, where it counts, and whom to ask. Empty means everywhere. `places` leads to its keys."""

    places: FrontMatter
    words: tuple[str, ...]
    patterns: tuple[str, ...]
    channels: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    owner: str = ""
    instead: str = ""

    @property
    def path(self) -> str:
        """The page it stands in."""
        return self.places.source.path


@dataclass(frozen=True, slots=True)
class Topic:
    """What the house does not talk about, from a first to a last day."""

    name: str
    wording: Wording
    reason: str
    first: date | None = None
    last: date | None = None
    severity: Severity = Severity.WARNING
    places: frozenset[Place] = frozenset(Place)
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()

    def concerns(self, place: Place) -> bool:
        """Whether it is looked for there."""
        return place in self.places

    def holds(self, day: date) -> bool:
        """Whether the topic is closed on that day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Claim:
    """What the house says only with a proof; `proof` "" when there is none."""

    name: str
    wording: Wording
    proof: str = ""
    until: date | None = None

    def proven(self, day: date) -> bool:
        """Whether the proof holds on that day."""
        return bool(self.proof) and (self.until is None or day <= self.until)


def read_topic(fields: Fields) -> Topic | None:
    """The topic of a ``no-go`` block; None, with a problem, when it cannot be used."""
    fields.refuse_unknown(TOPIC_KEYS)
    wording = read_wording(fields, "topic")
    first, last, reason = fields.day("from"), fields.day("until"), fields.text("reason")
    if not reason:
        fields.problem(_somewhere(fields, "reason"), _("{key} is missing").format(key="reason"))
    if first and last and last < first:
        fields.problem("until", _("{last} is before {first}").format(last=last, first=first))
    if wording is None or not reason:
        return None
    severity, places = fields.choice("severity", Severity, Severity.WARNING), _places(fields)
    good, bad = fields.words("good"), fields.words("bad")
    return Topic(fields.text("topic"), wording, reason, first, last, severity, places, good, bad)


def _places(fields: Fields) -> frozenset[Place]:
    """Where the topic counts; everywhere when nothing is said."""
    said, known = fields.words("places"), set(Place)
    for index, name in enumerate(said):
        if name not in known:
            message = _("{key} must be one of {known}, not {value!r}")
            fields.problem(f"places.{index}", message.format(key="places", known=", ".join(Place), value=name))
    return frozenset(Place(name) for name in said if name in known) or frozenset(Place)


def read_claim(fields: Fields) -> Claim | None:
    """The claim of a ``claim`` block; None, with a problem, when it cannot be used."""
    fields.refuse_unknown(CLAIM_KEYS)
    wording, proof, until = read_wording(fields, "claim"), fields.text("proof"), fields.day("until")
    if proof and wording is not None and not wording.owner:
        fields.problem("proof", _("a proof needs an owner, who looks after it"))
    return Claim(fields.text("claim"), wording, proof, until) if wording is not None else None


def read_wording(fields: Fields, name: str) -> Wording | None:
    """How the statement called by the key `name` is told; None, with a problem, when it is not."""
    words, patterns = fields.words("words"), fields.words("patterns")
    if not fields.text(name):
        fields.problem(_somewhere(fields, name), _("{key} is missing").format(key=name))
        return None
    if not any(word.replace("*", " ").split() for word in words) and not patterns:
        fields.problem(_somewhere(fields, "words"), _("words or patterns are missing: how is it told?"))
        return None
    scope = {key: frozenset(fields.words(key)) for key in ("channels", "labels", "campaigns", "languages")}
    return Wording(fields.front, words, patterns, **scope, owner=fields.text("owner"), instead=fields.text("instead"))


def _somewhere(fields: Fields, name: str) -> str:
    """The key itself, or the first of the block: what is missing stands nowhere."""
    return name if fields.has(name) else next(iter(fields.values), name)
