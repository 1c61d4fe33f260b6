"""A text as tokens, words and sentences, each at its exact place.

Tokens cover the text without gaps. What looks like a word and is none (addresses, names of accounts, hashtags, code,
comments) is kept apart, and what is one word to a reader stays one: ``Entwickler*innen``, ``E-Mail``, ``geht's``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from toolkit.language.emoji import EMOJI
from toolkit.values import dataclass


class Kind(StrEnum):
    """What a token is. Of these only words are spelled, counted and addressed to somebody."""

    COMMENT = "comment"
    CODE = "code"
    TARGET = "target"  # what a Markdown link leads to, with its brackets
    MARKUP = "markup"  # HTML tags and entities
    URL = "url"
    MENTION = "mention"
    HASHTAG = "hashtag"
    NUMBER = "number"
    WORD = "word"
    EMOJI = "emoji"
    SPACE = "space"
    OTHER = "other"


class Token(NamedTuple):
    """``text[start:end]`` and what it is."""

    kind: Kind
    start: int
    end: int
    text: str

    def moved(self, by: int) -> Token:
        """The token in a text in which what it was found in begins at `by`."""
        return Token(self.kind, self.start + by, self.end + by, self.text)


# Letters with the marks that stand on them and the soft hyphens that stand in them.
_LETTERS: Final = r"[^\W\d_]+(?:[\u0300-\u036f\u00ad]+[^\W\d_]*)*"
# What makes one word of a masculine and a feminine form; the mark is part of the word.
_GENDER: Final = (
    r"(?:\\?[*:_·](?:in(?:nen)?|frau(?:en)?|[rnmse]|e[rnms]|die|der|das|dem|den|sie|er|ihr|ihm|ihn|sein)(?![^\W_])"
    r"|\\?[*:_·]innen(?=[^\W\d_]|-)"
    r"|/-?in(?:nen)?(?![^\W_])|\(inn\)en|\((?:in(?:nen)?|e?[rnms]|e)\)(?![^\W_]))"
)
_WORD: Final = rf"{_LETTERS}(?:{_GENDER}{_LETTERS}|{_GENDER}|['\u2019]{_LETTERS}|-(?:{_LETTERS}|(?!\w)))*"
_ENDINGS: Final = "de|com|org|net|eu|at|ch|info|shop|io|uk|fr|dk|nl|social|app|dev|me|tv|blog|example"
# Bounded where a part could be tried again at every letter of a long text.
_PARTS: Final = {
    Kind.COMMENT: r"<!--[\s\S]*?-->",
    Kind.CODE: r"```[\s\S]*?```|`[^`\n]*`",
    Kind.TARGET: r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+\"[^\"\n]*\")?\)",
    Kind.MARKUP: r"</?[A-Za-z][^<>\n]*>|&(?:\w+|#\w+);",
    Kind.URL: (
        r"(?:[Hh][Tt][Tt][Pp][Ss]?://|www\.)[^\s<>()\[\]\"]*[^\s<>()\[\]\".,;:!?'\u2019*_]"
        r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
        rf"|(?:\w[\w-]{{0,62}}\.){{1,8}}(?:{_ENDINGS})(?![\w-])(?:/[^\s<>()\[\]\"]*[^\s<>()\[\]\".,;:!?'\u2019*_])?"
    ),
    Kind.MENTION: r"@\w(?:[\w.-]*\w)?(?:@\w(?:[\w.-]*\w)?)?",
    Kind.HASHTAG: r"[#\uff03]\w*[^\W\d_]\w*",
    Kind.NUMBER: r"(?!\d\ufe0f?\u20e3)\d+(?:[.,:/\u2019'\u202f]\d+)*(?:-?[^\W\d_]+)?",
    Kind.WORD: _WORD,
}
_REST: Final = {Kind.EMOJI: EMOJI, Kind.OTHER: r"[\s\S]"}
# Nearly all of a text: no other kind begins with a blank, and letters with one of these behind them are just a word.
_PLAIN: Final = r"[^\W\d_]++(?=[\s,;!?]|\.?(?:\s|\Z))"
_KINDS: Final = {**{kind.value: kind for kind in Kind}, "plain": Kind.WORD}
_TOKEN: Final = re.compile(
    rf"(?P<{Kind.SPACE}>\s+)|(?P<plain>{_PLAIN})|"
    + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in (_PARTS | _REST).items())
)


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of `text`, in order and without gaps: joined, they are the text."""
    return tuple(Token(_KINDS[found.lastgroup or ""], *found.span(), found[0]) for found in _TOKEN.finditer(text))


def words(text: str) -> list[Token]:
    """The words of `text` in order."""
    return [token for token in tokens(text) if token.kind is Kind.WORD]


def has_blanks_inside(text: str) -> bool:
    """Whether a token may begin before a blank and end behind it, as code, comments and targets of links do."""
    return "`" in text or "<" in text or "](" in text


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` and how many words and numbers it has."""

    start: int
    end: int
    words: int


# A full stop after these ends no sentence: z. B., Nr. 5, Dr. Hansen, e.g. this.
_SHORT: Final = re.compile(
    r"(?:^|(?<!\d)[\s(„“\"\u201a'])(?:[^\W\d_]|\d{1,2}|bzw|ca|Dr|Fr|Hr|Nr|Prof|St|Str|Tel|Mio|Mrd|inkl|zzgl|evtl|ggf|vgl|sog|max|min"
    r"|Abs|Art|Bd|Mr|Mrs|Ms|vs|No|approx|incl|[^\W\d_]\.[^\W\d_](?:\.[^\W\d_])?)\.$"
)
_CLOSING: Final = r"[\"'“”\u2019»)*_]*(?=\s)"
_ITEM: Final = r"(?=[ \t]*(?:[-*+•▪\u2013]|\d{1,2}[.)]|#{1,6})[ \t])"
_END: Final = re.compile(  # begins with one set of characters to look for
    rf"[.!?…:\n](?:(?<=[.!?…])[.!?…]*{_CLOSING}|(?<=:){_CLOSING}|(?<=\n)(?:[ \t]*\n\s*|{_ITEM}))"
)
_NEXT: Final = re.compile(r"\s*[\"'„“\u201a»(*_\[]*([^\s])")


def sentences(text: str) -> list[Sentence]:
    """The sentences of `text`; a blank line and a list item end one, a full stop after an abbreviation does not."""
    counted = [token.start for token in tokens(text) if token.kind in {Kind.WORD, Kind.NUMBER}]
    found, at = [], 0
    for start, end in stretches(text):
        size = 0
        while at < len(counted) and counted[at] < end:
            size += counted[at] >= start
            at += 1
        if size:
            found.append(Sentence(start, end, size))
    return found


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Beginnings and ends of sentences, without the blanks around them."""
    start = 0
    for found in (*_END.finditer(text), None):
        end = len(text) if found is None else found.end()
        if found is not None and not _ends(text, found):
            continue
        piece = text[start:end].rstrip()
        if piece:
            yield start + len(piece) - len(piece.lstrip()), start + len(piece)
        start = end


def _ends(text: str, found: re.Match[str]) -> bool:
    """Whether a sentence ends here: what comes must begin with a capital, a figure or a picture, after a colon a capital."""
    sign = found[0]
    if sign[0] == "\n":
        return True
    after = _NEXT.match(text, found.end())
    if sign[0] == ":":
        return after is not None and after[1].isupper()
    if after is not None and after[1].islower():
        return False
    return sign != "." or not _SHORT.search(text[max(0, found.start() - 12) : found.end()])
