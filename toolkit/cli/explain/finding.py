"""What somebody means by a word: the name itself, another word for it, a slip of the fingers, or a word of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from toolkit.cli.explain.topics import Kind, Topic
from toolkit.workspace.naming import slug

# Above it, a topic is what was meant; below the other, it is not worth showing.
SURE: Final = 0.8
_WORTH: Final = 0.6
# Of two that are called the same, the one that people ask about comes first: rule, state, key figure …
_RANK: Final = {kind: rank for rank, kind in enumerate(Kind)}
# The end of a line that `check` printed names the rule.
_RULE: Final = re.compile(r"\(([\w.-]+)\)\s*$")
_SMALL: Final = 3  # letters; shorter words say nothing of a text
_TELLING: Final = 5  # letters; a longer word in a name or a compound says what it is about


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic, and how sure it is meant: 1 is its name."""

    topic: Topic
    score: float


def find_topics(asked: str, topics: Sequence[Topic]) -> list[Guess]:
    """The topics that may be meant, the likeliest first; none when nothing comes near."""
    named = _RULE.search(asked)
    if named and (rule := next((one for one in topics if one.kind is Kind.RULE and one.name == named[1]), None)):
        return [Guess(rule, 1.0)]
    wanted = slug(asked)
    named_so = [Guess(topic, max(_near(wanted, name) for name in _names(topic))) for topic in topics]
    if not any(guess.score >= SURE for guess in named_so):
        # Reading every text takes a second; nobody waits for it who knows the name.
        named_so = [Guess(guess.topic, max(guess.score, _told(wanted, guess.topic))) for guess in named_so]
    return sorted((guess for guess in named_so if guess.score >= _WORTH), key=_order)


def _order(guess: Guess) -> tuple[float, int, bool, str]:
    """What is set once comes before what is set for each account."""
    topic = guess.topic
    return (-guess.score, _RANK[topic.kind], "[" in topic.title and "NAME" in topic.title, topic.name)


def is_sure(found: Sequence[Guess]) -> bool:
    """Whether the first is what was meant."""
    return bool(found) and found[0].score >= SURE


def _names(topic: Topic) -> Iterator[str]:
    yield slug(topic.name)
    yield slug(topic.title)
    yield from map(slug, topic.words)


def _near(wanted: str, name: str) -> float:
    if wanted == name:
        return 1.0
    if wanted.replace("-", "") == name.replace("-", ""):
        return 0.97
    if set(wanted.split("-")) == set(name.split("-")):
        return 0.95
    if len(wanted) > _TELLING and re.search(rf"(?:^|-){re.escape(wanted)}(?:-|$)", name):
        return 0.85
    return SequenceMatcher(None, wanted, name).ratio() * 0.95


def _told(wanted: str, topic: Topic) -> float:
    """Whether all words stand in its title or its text, also as part of a longer one: never sure."""
    words = [word for word in wanted.split("-") if len(word) > _SMALL]
    if not words:
        return 0.0
    title = slug_all(topic.title)
    if all(word in title for word in words):
        return 0.75
    # A compound of German: "Bildbeschreibung" has a word of "Bilder brauchen eine Beschreibung".
    if all(any(len(one) > _TELLING and one in word for one in title.split("-")) for word in words):
        return 0.7
    text = slug_all(topic.text)
    return 0.62 if all(word in text for word in words) else 0.0


def slug_all(text: str) -> str:
    """A whole text as `slug` spells it, which itself stops after a file name's length."""
    return "-".join(slug(word) for word in text.split())
