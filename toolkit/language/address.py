"""Whom a German text addresses, and how: du, ihr or Sie. Where a word may mean something else, nothing is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from toolkit.language.text import Kind, Token, tokens


class Way(StrEnum):
    """How people are addressed."""

    DU = "du"
    IHR = "ihr"
    SIE = "sie"


@dataclass(frozen=True, slots=True)
class Addressing:
    """``text[start:end]`` addresses somebody."""

    way: Way
    start: int
    end: int
    text: str


_FORMAL: Final = frozenset({"Sie", "Ihnen", "Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Ihres"})
_ONE: Final = frozenset({"du", "dich", "dir", "dein", "deine", "deinem", "deinen", "deiner", "deines", "dirs"})
_SEVERAL: Final = frozenset({"euch", "euer", "eure", "eurem", "euren", "eurer", "eures"})
# Forms that go with ihr alone; kommt or braucht go with er and sie, too.
_PLURAL: Final = frozenset(
    {
        "seid", "habt", "könnt", "wollt", "müsst", "dürft", "sollt", "werdet", "wisst", "mögt", "möchtet", "hättet", "wärt",
        "wäret", "würdet", "könntet", "solltet", "müsstet", "dürftet", "hattet", "wart", "konntet", "wolltet", "wurdet", "tut",
    }
)  # fmt: skip
# Das Du, per Sie: the word itself is meant.
_NAMED: Final = frozenset({"das", "per", "beim", "vom", "zum", "dem", "ein", "statt"})
# Café du Nord, Tour du Monde.
_FRENCH: Final = frozenset({"Café", "Tour", "Prix", "Rue", "Place", "Côte", "Croix", "Cirque", "Jour", "Vin", "Bois"})
_MAY: Final = {
    Way.SIE: re.compile(r"(?:Sie|Ihnen|Ihr)(?![a-z]{3})"),
    Way.DU: re.compile(r"[Dd](?:u|ich|ir|ein)(?![^\Wes])"),
    Way.IHR: re.compile(r"[Ee]u(?:ch|er|re)|[Ii]hr"),
}
_OPENING: Final = frozenset("([{„“\"'‚»«*_#>-–—•▪:.!?…")  # noqa: RUF001  # typographic quotes and dashes are meant


def may_address(text: str) -> frozenset[Way]:
    """The ways in which a text may address people at all; a quick look that misses none."""
    return frozenset(way for way, pattern in _MAY.items() if pattern.search(text))


def find_addressing(text: str) -> list[Addressing]:
    """Every word of a German text that surely addresses somebody; what stands in quotation marks was said by others."""
    return list(_find(text)) if may_address(text) else []


def _find(text: str) -> Iterator[Addressing]:
    quoted = _quoted(text)
    found = [token for token in tokens(text) if token.kind is Kind.WORD]
    for index, token in enumerate(found):
        before = found[index - 1].text if index else ""
        after = found[index + 1].text if index + 1 < len(found) else ""
        way = _way(token, before, after, text)
        if way is not None and not any(start <= token.start < end for start, end in quoted):
            yield Addressing(way, token.start, token.end, token.text)


def _way(token: Token, before: str, after: str, text: str) -> Way | None:
    word, lower = token.text, token.text.lower()
    if before.lower() in _NAMED and word in {"Du", "Sie"}:
        return None
    if lower in _ONE:
        return None if lower == "du" and before in _FRENCH else Way.DU
    if lower in _SEVERAL:
        return Way.IHR
    if lower == "ihr" and {before.lower(), after.lower()} & _PLURAL:
        return Way.IHR
    if word in _FORMAL and not _opens(text, token.start):
        return Way.SIE if word != "Ihr" or after[:1].isupper() else None
    return None


def _opens(text: str, at: int) -> bool:
    """Whether a sentence may begin at `at`, so that a capital says nothing."""
    lead = text[:at].rstrip(" \t\u00a0\u202f")
    if not lead or lead[-1] in "\n\r\u2028" or lead[-1] in _OPENING:
        return True
    piece = lead.split()[-1]
    return piece[0] in "#@" or "://" in piece or not (lead[-1].isalnum() or lead[-1] in ",;)]%€")


_QUOTED: Final = re.compile(r"„[^“”\"\n]*[“”\"]|»[^«\n]*«|‚[^‘\n]*‘|\"[^\"\n]*\"|“[^”\n]*”")  # noqa: RUF001  # as above


def _quoted(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _QUOTED.finditer(text)]
