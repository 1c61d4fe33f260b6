"""How a post looks where it is read: its text cut into words, links, tags and mentions, out of the rendition that is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from toolkit.model import Part, Rendition, RichSpan, SpanKind

_MARKS: Final = re.compile(
    r"(?P<link>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'»“”])|(?P<hashtag>(?<![\w&/])#\w+)|(?P<mention>(?<![\w/.@])@\w[\w.-]*(?:@[\w.-]+\w)?)"
)
# Networks that show links without scheme and shortened.
_SHORTENING: Final = frozenset({"mastodon", "x"})
# Longer addresses are cut there.
_SHORT: Final = 30
_MAILS: Final = frozenset({"newsletter", "smtp", "listmonk"})
_SUBJECTS: Final = ("subject", "title")
# Limits of this size protect machines; no author ever counts towards them.
ENDLESS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text as readers see them; `kind` is None for plain ones, `target` where a link leads."""

    words: str
    kind: SpanKind | None = None
    target: str = ""


def pieces(network: str, part: Part) -> Iterator[Piece]:
    """The text of `part` in pieces, as `network` shows it."""
    found = _by_spans(part) if part.spans else _by_pattern(part.text)
    return (_shortened(one) for one in found) if network in _SHORTENING else found


def find_subject(rendition: Rendition | None) -> str:
    """The line that stands above the text: of a mail its subject, of an article its title; "" without one."""
    if rendition is None or not rendition.parts:
        return ""
    fields = rendition.parts[0].fields
    named = next((fields[key] for key in _SUBJECTS if fields.get(key)), "")
    return named or (rendition.title if rendition.network in _MAILS | {"feed", "wordpress"} else "")


def initials(name: str) -> str:
    """One or two letters for the circle: of the first two words, else the first two letters."""
    words = re.findall(r"\w+", name)
    letters = "".join(word[0] for word in words[:2]) if len(words) > 1 else "".join(words)[:2]
    return letters.upper() or "?"


def _by_spans(part: Part) -> Iterator[Piece]:
    """The text cut at the rich spans, whose offsets count UTF-8 bytes."""
    data, at = part.text.encode(), 0
    for found in sorted(part.spans, key=lambda one: one.start):
        if found.start < at or found.end > len(data):
            continue
        yield Piece(data[at : found.start].decode("utf-8", "replace"))
        yield _piece(found, data[found.start : found.end].decode("utf-8", "replace"))
        at = found.end
    yield Piece(data[at:].decode("utf-8", "replace"))


def _by_pattern(text: str) -> Iterator[Piece]:
    at = 0
    for match in _MARKS.finditer(text):
        yield Piece(text[at : match.start()])
        kind = SpanKind(match.lastgroup or "link")
        yield _piece(RichSpan(0, 0, kind, match[0]), match[0])
        at = match.end()
    yield Piece(text[at:])


def _piece(found: RichSpan, words: str) -> Piece:
    return Piece(words, found.kind, found.target if found.kind is SpanKind.LINK else "")


def _shortened(one: Piece) -> Piece:
    if one.kind is not SpanKind.LINK or not one.words.startswith("http"):
        return one
    bare = re.sub(r"^https?://(?:www\.)?", "", one.words)
    return Piece(bare if len(bare) <= _SHORT else bare[: _SHORT - 1] + "…", one.kind, one.target)
