"""Forms that mean all genders, found and told apart. No form is better than another here; that is for a house to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from toolkit.language.text import Kind, tokens
from toolkit.values import dataclass


class Mark(StrEnum):
    """What makes a word mean everybody."""

    STAR = "star"
    COLON = "colon"
    UNDERSCORE = "underscore"
    DOT = "dot"
    SLASH = "slash"
    BRACKETS = "brackets"
    BINNEN_I = "binnen-i"
    PAIR = "pair"  # Kolleginnen und Kollegen


@dataclass(frozen=True, slots=True)
class Form:
    """``text[start:end]`` and its mark."""

    mark: Mark
    start: int
    end: int
    text: str


WRITTEN: Final[Mapping[Mark, str]] = {Mark.STAR: "*", Mark.COLON: ":", Mark.UNDERSCORE: "_", Mark.DOT: "·"}
_MARKS: Final[Mapping[str, Mark]] = {sign: mark for mark, sign in WRITTEN.items()} | {
    "/": Mark.SLASH,
    "(": Mark.BRACKETS,
}
# One quick look each; a text without them has no form.
_MAY: Final = re.compile(r"[*:_·/(](?<=(?:[^\W\d_]|\\).)-?(?:in|e|[rnms](?![^\W_])|die|d[ae]|er|sie|ih|sein|frau)")
_MAY_INNER: Final = re.compile(r"In(?:nen)?(?![a-zäöüß])")
_MARK: Final = re.compile(r"(?<=[^\W\d_])\\?([*:_·/(])-?(inn?(?:en)?)?")
# Words for people, before -in: LinkedIn and Opt-In are none.
_PEOPLE: Final = re.compile(
    r"(?i)(?:er|or|ent|and|ant|ist|eur|eut|olog|loge|leg|kund|[aä]rzt|freund|nachbar|bot|graf|paar|gast|koch|köch|chef"
    r"|pilot|student|architekt|bürg|expert|genoss|helf|mensch|soldat|anw[aä]lt|b[aä]uer|beamt)$"
)
_INNER: Final = re.compile(r"(?<=[a-zäöüß])In(?:nen)?(?![a-zäöüß])")
_PAIR: Final = re.compile(
    r"(?<![^\W_])(?:([^\W\d_]{2,})innen[ \t]+(?:und|oder|bzw\.|sowie|&)[ \t]+([^\W\d_]{3,})"
    r"|([^\W\d_]{3,})[ \t]+(?:und|oder|bzw\.|sowie|&)[ \t]+([^\W\d_]{2,})innen)(?![^\W_])"
)
_FLAT: Final = str.maketrans("äöü", "aou")


@lru_cache(maxsize=8192)
def find_forms(text: str) -> tuple[Form, ...]:
    """The forms of `text` that mean all genders, in order; addresses, names and code have none."""
    marked = _MAY.search(text) is not None or _MAY_INNER.search(text) is not None
    found = list(_marked(text)) if marked else []
    if "innen" in text:
        found += _pairs(text)
    return tuple(sorted(found, key=lambda form: form.start))


def _marked(text: str) -> Iterator[Form]:
    for token in tokens(text):
        if token.kind is Kind.WORD and (mark := _mark(token.text)) is not None:
            yield Form(mark, token.start, token.end, token.text)


def _mark(word: str) -> Mark | None:
    found = _MARK.search(word)
    if found is not None:
        mark = _MARKS[found[1]]
        # A blank forgotten behind a colon (Kaffee:in) makes no form; articles (der:die) have no -in.
        singular = found[2] == "in" and mark is not Mark.STAR
        return None if singular and not _PEOPLE.search(word[: found.start()]) else mark
    inner = _INNER.search(word)
    if inner is not None and (inner[0] == "Innen" or _PEOPLE.search(word[: inner.start()])):
        return Mark.BINNEN_I
    return None


def _pairs(text: str) -> Iterator[Form]:
    for found in _PAIR.finditer(text):
        stem, other = (found[1], found[2]) if found[1] else (found[4], found[3])
        size = max(3, len(stem) - 2)
        if stem.lower().translate(_FLAT)[:size] == other.lower().translate(_FLAT)[:size]:
            yield Form(Mark.PAIR, *found.span(), found[0])


def rewrite(form: Form, mark: Mark) -> str:
    """The form with another sign, such as Entwickler:innen for Entwickler*innen; "" where that is not a mere exchange."""
    if form.mark is Mark.BINNEN_I and mark in WRITTEN:
        return _INNER.sub(lambda found: WRITTEN[mark] + found[0].lower(), form.text, count=1)
    if form.mark not in WRITTEN:
        return ""
    if mark in WRITTEN:
        return re.sub(r"\\?[*:_·]", lambda _found: WRITTEN[mark], form.text)
    if mark is Mark.BINNEN_I and re.search(r"[*:_·]in(?:nen)?", form.text):
        return re.sub(r"\\?[*:_·]i(?=n)", "I", form.text)
    return ""


def spell_out(form: Form) -> str:
    """The two forms of a plural in -er, such as Entwicklerinnen und Entwickler; "" for others, which take grammar."""
    found = re.fullmatch(r"([^\W\d_]+er)(?:\\?[*:_·]innen|Innen|/-?innen)", form.text)
    return f"{found[1]}innen und {found[1]}" if found else ""
