"""What somebody means by a word, and how sure it is.

Sure is only what is called so: the name, a word for it, an inflected form, a compound of known words (Hashtagregel), or a
question whose every telling word belongs to one topic (*warum ist mein Beitrag angehalten*). A slip of the fingers and a
word that merely stands in a text are near, and nobody is told that they are the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from toolkit.cli.explain.topics import Kind, Topic
from toolkit.cli.explain.vocabulary import plain_words
from toolkit.language.stems import stem_of, stop_words
from toolkit.values import dataclass

# From it on, a topic is what was meant.
SURE: Final = 0.8
_INFLECTED: Final = 0.93
_COMPOUND: Final = 0.85
_SLIP: Final = 0.8  # likeness of two spellings, of 1
_IN_TITLE: Final = 0.6
_IN_TEXT: Final = 0.5
# Of two that are called the same, the one that people ask about comes first: rule, state, key figure …
_RANK: Final = {kind: rank for rank, kind in enumerate(Kind)}
# The end of a line that `check` printed names the rule.
_RULE: Final = re.compile(r"\(([\w.-]+)\)\s*$")
_PART: Final = 4  # letters of a part of a compound; shorter ones make words out of anything
_JOINTS: Final = ("", "s", "n", "en", "es")
# Umlauts as they are and as people type them who have none: Entwürfe, Entwuerfe and Entwurf are one word.
_MARKS: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_SPELLED: Final = re.compile("(?<=[aou])e")

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic, and how sure it is meant: 1 is its name."""

    topic: Topic
    score: float


def is_sure(found: Sequence[Guess]) -> bool:
    """Whether the first is what was meant."""
    return bool(found) and found[0].score >= SURE


def find_topics(asked: str, topics: Sequence[Topic]) -> list[Guess]:
    """The topics that are meant, the likeliest first; else those that are near, which may be none."""
    named = _RULE.search(asked)
    if named and (rule := next((one for one in topics if one.kind is Kind.RULE and one.name == named[1]), None)):
        return [Guess(rule, 1.0)]
    if not (wanted := stems(asked)):
        return []
    exact = words_of(asked)
    known = _vocabulary(topics)
    meant = [Guess(topic, max(_meant(exact, wanted, name, known) for name in _names(topic))) for topic in topics]
    if sure := [guess for guess in meant if guess.score >= SURE]:
        return sorted(sure, key=_order)
    # Reading every text takes a while; nobody waits for it who knows the word.
    near = (Guess(topic, _near(exact, wanted, topic)) for topic in topics)
    return sorted((guess for guess in near if guess.score), key=_order)


def _order(guess: Guess) -> tuple[float, int, bool, str]:
    """What is set once comes before what is set for each account."""
    topic = guess.topic
    return (-guess.score, _RANK[topic.kind], "[" in topic.title and "NAME" in topic.title, topic.name)


@dataclass(frozen=True, slots=True)
class _Name:
    """What a topic is called: as written, as compared, and whether it is its own name or what people say for it."""

    words: Stems
    stems: Stems
    own: bool


@cache
def _names(topic: Topic) -> tuple[_Name, ...]:
    title = topic.title.removeprefix("leitstand ")
    own = dict.fromkeys((topic.name, title, title.partition(": ")[0], topic.name.rpartition("/")[2]))
    return (
        *(_Name(words_of(name), stems(name), own=True) for name in own),
        *(_Name(words_of(word), stems(word), own=False) for word in topic.words),
    )


def words_of(text: str) -> Stems:
    """The words in small letters, with umlauts as if they were spelled without.

    >>> words_of("Sendeplätze, bitte!")
    ('sendeplatze', 'bitte')
    """
    return tuple(re.findall(r"[^\W_]+", _SPELLED.sub("", text.casefold().translate(_MARKS))))


@cache
def stems(text: str) -> Stems:
    """The words without their endings.

    >>> stems("Sendeplätzen"), stems("stories") == stems("story")
    (('sendeplatz',), True)
    """
    return tuple(map(_stem, words_of(text)))


@cache
def _stem(word: str) -> str:
    while (shorter := stem_of(word, "de")) != word:
        word = shorter
    return f"{word[:-1]}i" if word.endswith("y") else word


@cache
def _plain() -> frozenset[str]:
    """The stems that decide nothing: stop words of both languages, and the plain ones."""
    return frozenset(one for word in (*stop_words("de"), *stop_words("en"), *plain_words()) for one in stems(word))


def _telling(words: Stems) -> frozenset[str]:
    return frozenset(words) - _plain()


def _vocabulary(topics: Sequence[Topic]) -> frozenset[str]:
    """Every stem that is a name by itself, and the plain ones: what a compound may be put together of."""
    alone = {name.stems[0] for topic in topics for name in _names(topic) if len(name.stems) == 1}
    return frozenset(alone | _plain())


def _meant(exact: Stems, wanted: Stems, name: _Name, known: frozenset[str]) -> float:
    if exact == name.words:
        return 1.0 if name.own else 0.98
    if "".join(exact) == "".join(name.words):
        return 0.97
    if wanted == name.stems or frozenset(wanted) == frozenset(name.stems):
        return _INFLECTED
    return max(_asked(wanted, name, known), _compound(wanted, name, known))


def _asked(wanted: Stems, name: _Name, known: frozenset[str]) -> float:
    """A question that says the whole name, and beside it only what decides nothing, or less than the name and known."""
    said, telling = frozenset(name.stems), _telling(wanted)
    if not said <= frozenset(wanted):
        return 0.0
    covered, rest = telling & said, telling - said
    if not covered:
        return 0.9 if not telling and len(said) > 1 else 0.0
    if len(rest) > len(covered) or not rest <= known:
        return 0.0
    return min(0.92, 0.82 + 0.02 * len(said) + 0.03 * len(covered) / len(telling))


def _compound(wanted: Stems, name: _Name, known: frozenset[str]) -> float:
    """A compound whose last part is the name, or whose first part is, before a word that decides nothing."""
    telling = _telling(wanted)
    if len(name.stems) != 1 or len(telling) != 1:
        return 0.0
    (word,), (part,) = telling, name.stems
    if len(part) < _PART or len(word) - len(part) < _PART - 1 or part in _plain():
        return 0.0
    if word.endswith(part) and _known_first(word.removesuffix(part), known):
        return _COMPOUND + 0.01
    rest = word.removeprefix(part)
    return _COMPOUND if rest != word and any(rest.removeprefix(joint) in _plain() for joint in _joints(name)) else 0.0


def _joints(name: _Name) -> Iterator[str]:
    """What may stand between a name and the next word: a joint, or the ending that its stem lacks."""
    yield from sorted({*_JOINTS, name.words[0].removeprefix(name.stems[0])}, key=len, reverse=True)


def _known_first(first: str, known: frozenset[str]) -> bool:
    return len(first) >= _PART - 1 and any(_stem(first.removesuffix(joint)) in known for joint in _JOINTS)


def _near(exact: Stems, wanted: Stems, topic: Topic) -> float:
    """A slip of the fingers, or all telling words in the title or the text; 0 for neither, and always below `SURE`."""
    spelled, telling = "".join(exact), _telling(wanted)
    likeness = max(_likeness(spelled, "".join(name.words)) for name in _names(topic))
    if likeness >= _SLIP:
        return likeness * 0.79
    if not telling or max(map(len, telling)) < _PART:
        return 0.0
    if telling <= frozenset(stems(topic.title)):
        return _IN_TITLE
    return _IN_TEXT if telling <= frozenset(stems(topic.text)) else 0.0


def _likeness(one: str, other: str) -> float:
    """How alike two spellings are, of 1; 0 where length alone says that they are not."""
    if min(len(one), len(other)) < _PART or 2 * min(len(one), len(other)) < _SLIP * (len(one) + len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
