"""Whom a German text addresses, and how: du, ihr or Sie. Where a word may mean something else, nothing is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from toolkit.language.text import Kind, Token, tokens
from toolkit.values import dataclass


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
    Way.IHR: re.compile(r"[EeIi](?:(?<=[Ee])u(?:ch|er|re)|(?<=[Ii])hr)"),  # one set of letters to look for
}
_BLANKS: Final = " \t\u00a0\u202f"
_OPENING: Final = frozenset("([{„“\"'‚»«*_#>-–—•▪:.!?…")  # noqa: RUF001  # typographic quotes and dashes are meant


def may_address(text: str, ways: Iterable[Way] = Way) -> bool:
    """Whether a text may address people in one of these ways; a quick look that misses none."""
    return any(_MAY[way].search(text) for way in ways)


def find_addressing(text: str) -> list[Addressing]:
    """Every word of a German text that surely addresses somebody; what stands in quotation marks was said by others."""
    return list(_find(text)) if may_address(text) else []


def _find(text: str) -> Iterator[Addressing]:
    said, lead = _Inside(text), _Lead(text)
    found = [token for token in tokens(text) if token.kind is Kind.WORD]
    for index, token in enumerate(found):
        before = found[index - 1].text if index else ""
        after = found[index + 1].text if index + 1 < len(found) else ""
        way = _way(token, before, after, lead)
        if way is not None and not said.covers(token.start):
            yield Addressing(way, token.start, token.end, token.text)


def _way(token: Token, before: str, after: str, lead: _Lead) -> Way | None:
    word, lower = token.text, token.text.lower()
    if before.lower() in _NAMED and word in {"Du", "Sie"}:
        return None
    if lower in _ONE:
        return None if lower == "du" and before in _FRENCH else Way.DU
    if lower in _SEVERAL:
        return Way.IHR
    if lower == "ihr" and {before.lower(), after.lower()} & _PLURAL:
        return Way.IHR
    if word in _FORMAL and not lead.opens(token.start):
        return Way.SIE if word != "Ihr" or after[:1].isupper() else None
    return None


class _Lead:
    """What stands before a word; asked for places in the order of the text, so that each piece is looked at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces = re.finditer(r"\S+", text)
        self._next = next(self._pieces, None)
        self._start = self._link = -1  # of the piece before the word, and where in it an address has its ://

    def opens(self, at: int) -> bool:
        """Whether a sentence may begin at `at`, so that a capital says nothing."""
        text, end = self._text, at
        while end and text[end - 1] in _BLANKS:
            end -= 1
        last = text[end - 1 : end]
        if not last or last in "\n\r\u2028" or last in _OPENING or not (last.isalnum() or last in ",;)]%€"):
            return True
        self._go_to(end)
        return text[self._start] in "#@" or 0 <= self._link <= end - len("://")

    def _go_to(self, end: int) -> None:
        while self._next is not None and self._next.start() < end:
            self._start, stop = self._next.span()
            self._link = self._text.find("://", self._start, stop)
            self._next = next(self._pieces, None)


# What opens a quotation → what ends it; a line does, too, and then it was none.
_CLOSING: Final = {"„": '“”"', "»": "«", "‚": "‘", '"': '"', "“": "”"}  # noqa: RUF001  # as above
_OPENER: Final = re.compile(f"[{''.join(_CLOSING)}]")
_CLOSER: Final = {sign: re.compile(f"[{ends}\n]") for sign, ends in _CLOSING.items()}


class _Inside:
    """What stands in quotation marks; asked for places in the order of the text."""

    def __init__(self, text: str) -> None:
        self._spans = _quoted(text)
        self._span = next(self._spans, None)

    def covers(self, at: int) -> bool:
        """Whether the place is inside."""
        while self._span is not None and self._span[1] <= at:
            self._span = next(self._spans, None)
        return self._span is not None and self._span[0] <= at


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    ends: dict[str, int] = {}  # what ends each sort, as far as that is known
    done = 0
    for opening in _OPENER.finditer(text):
        start, sign = opening.start(), opening[0]
        if start < done:
            continue
        if ends.get(sign, -1) <= start:
            closing = _CLOSER[sign].search(text, start + 1)
            ends[sign] = closing.start() if closing else len(text)
        if text[ends[sign] : ends[sign] + 1] not in {"", "\n"}:
            done = ends[sign] + 1
            yield start, done
