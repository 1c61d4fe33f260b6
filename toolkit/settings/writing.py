"""The tables ``[check.RULE]`` of the rules about words: how a house writes, addresses people and marks advertising."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Final, TypeVar

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.values import dataclass

E = TypeVar("E", bound=StrEnum)


class Address(StrEnum):
    """How German posts speak to people."""

    DU = "du"  # and ihr, where several are meant
    IHR = "ihr"
    SIE = "sie"
    ANY = "any"  # one of them in each post


class GenderForm(StrEnum):
    """How words for people are made to mean everybody."""

    STAR = "star"
    COLON = "colon"
    UNDERSCORE = "underscore"
    BINNEN_I = "binnen-i"
    PAIR = "pair"
    NEUTRAL = "neutral"
    NONE = "none"
    ANY = "any-one-form"


class Narrowness(StrEnum):
    """The space inside an abbreviation."""

    NARROW = "narrow"
    FULL = "full"
    PLAIN = "plain"


class EmojiPlace(StrEnum):
    """Where emojis may stand."""

    ANY = "any"
    END = "end"


TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "check.spelling": {
        "words": "Files with the house's own words: handbook pages (first column of tables, blocks ```words) and lists. "
        "Default: guidelines/woerter.md, guidelines/words.md and guidelines/words.txt, those that exist.",
    },
    "check.address": {
        "de": "How German posts speak to people: du, ihr, sie, or any, but one in each post. Default: any."
    },
    "check.gender-form": {
        "form": "star, colon, underscore, binnen-i, pair, neutral, none, or any-one-form. Default: any-one-form.",
    },
    "check.abbreviation": {
        "space": "What `fix` puts into z. B.: narrow (no-break), full (no-break) or plain. Default: narrow.",
    },
    "check.sponsored": {
        "de": 'Labels that German advertising may begin with. Default: ["Anzeige", "Werbung"].',
        "en": 'The same in English. Default: ["Ad", "Advert", "Advertisement", "#ad"].',
    },
    "check.readability": {
        "sentence": "Most words of a sentence; 0: any. Default: 30.",
        "amstad": "Least reading ease of German, 0 to 100; 0: any. Default: 30.",
        "flesch": "Least reading ease of English, 0 to 100; 0: any. Default: 40.",
        "wiener": "Highest school year of German by the first Wiener Sachtextformel; 0: any. Default: 0.",
        "lix": "Highest LIX in every language; 0: any. Default: 0.",
    },
    "check.emoji": {
        "max": "Most emojis in a text. Default: 5.",
        "place": "any, or end: only after the last word. Default: any.",
    },
}
_WORDS: Final = ("guidelines/woerter.md", "guidelines/words.md", "guidelines/words.txt")
_LABELS: Final = {"de": ("Anzeige", "Werbung"), "en": ("Ad", "Advert", "Advertisement", "#ad")}


@dataclass(frozen=True, slots=True)
class Readability:
    """Limits of what is still easy to read; 0 is none."""

    sentence: int = 30  # words
    amstad: int = 30
    flesch: int = 40
    wiener: int = 0
    lix: int = 0


@dataclass(frozen=True, slots=True)
class WritingPolicy:
    """How a house writes. `words` are paths of the workspace; those that the house named itself must exist."""

    words: tuple[str, ...] = _WORDS
    words_named: bool = False
    address: Address = Address.ANY
    gender: GenderForm = GenderForm.ANY
    space: Narrowness = Narrowness.NARROW
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(_LABELS))
    readability: Readability = field(default_factory=Readability)
    emojis: int = 5
    emoji_place: EmojiPlace = EmojiPlace.ANY


def read_writing(reader: Reader, check: Mapping[str, object]) -> WritingPolicy:
    """The policy in the sub-tables of ``[check]``; the usual one without them."""
    raw = {
        name: reader.table(reader.sub(check, name.partition(".")[2], "check"), name, TABLES[name]) for name in TABLES
    }
    sponsored = raw["check.sponsored"]
    return WritingPolicy(
        words=reader.words(raw["check.spelling"], "check.spelling", "words", _WORDS),
        words_named="words" in raw["check.spelling"],
        address=_chosen(reader, raw, "check.address", "de", Address.ANY),
        gender=_chosen(reader, raw, "check.gender-form", "form", GenderForm.ANY),
        space=_chosen(reader, raw, "check.abbreviation", "space", Narrowness.NARROW),
        labels={key: reader.words(sponsored, "check.sponsored", key, usual) for key, usual in _LABELS.items()},
        readability=_readability(reader, raw["check.readability"]),
        emojis=_count(reader, raw["check.emoji"], "check.emoji", "max", 5),
        emoji_place=_chosen(reader, raw, "check.emoji", "place", EmojiPlace.ANY),
    )


def _readability(reader: Reader, raw: Mapping[str, object]) -> Readability:
    usual, table = Readability(), "check.readability"
    limits = {key: _count(reader, raw, table, key, getattr(usual, key)) for key in TABLES[table]}
    return Readability(**limits)


def _count(reader: Reader, raw: Mapping[str, object], table: str, key: str, usual: int) -> int:
    number = reader.value(raw, table, key, int, usual)
    if number < 0:
        reader.error(table, key, _("{key} must not be negative").format(key=key))
        return usual
    return number


def _chosen(reader: Reader, raw: Mapping[str, Mapping[str, object]], table: str, key: str, usual: E) -> E:
    word = reader.value(raw[table], table, key, str, usual.value)
    kind = type(usual)
    if word in set(kind):
        return kind(word)
    reader.error(table, key, _("{key} must be one of: {known}").format(key=key, known=", ".join(kind)))
    return usual
