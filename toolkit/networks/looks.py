"""How a post looks where it is read: its text cut into words, links, tags and mentions, out of the rendition that is sent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from toolkit.model import Part, Rendition, SpanKind

# Each begins with one of three characters, which stand in front: so the others are passed over quickly.
_MARKS: Final = re.compile(
    r"[h#@](?:(?<=h)(?P<link>ttps?://[^\s<>\"]+[^\s<>\".,;:!?)\]'»“”])"
    r"|(?<=#)(?<![\w&/]#)(?P<hashtag>\w+)|(?<=@)(?<![\w/.@]@)(?P<mention>\w[\w.-]*(?:@[\w.-]+\w)?))"
)
_KINDS: Final = {kind.value: kind for kind in SpanKind}
_SCHEME: Final = re.compile(r"^https?://(?:www\.)?")
# Networks that show links without scheme and shortened.
_SHORTENING: Final = frozenset({"mastodon", "x"})
# Longer addresses are cut there.
_SHORT: Final = 30
_MAILS: Final = frozenset({"newsletter", "smtp", "listmonk"})
# Networks whose posts have a title, whether an author gave one or not.
_TITLED: Final = _MAILS | {"feed", "wordpress"}
# Limits of this size protect machines; no author ever counts towards them.
ENDLESS: Final = 20_000


class Piece(NamedTuple):
    """Some words of a text as readers see them; `kind` is None for plain ones, `target` where a link leads."""

    words: str
    kind: SpanKind | None = None
    target: str = ""


def pieces(network: str, part: Part) -> tuple[Piece, ...]:
    """The text of `part` in pieces, as `network` shows it."""
    shorten = network in _SHORTENING
    if not part.spans:
        return _by_pattern(part.text, shorten=shorten)
    found = _by_spans(part)
    return tuple(map(_shortened, found)) if shorten else found


def find_subject(rendition: Rendition | None) -> str:
    """The line that stands above the text: of a mail its subject, of an article its title; "" without one."""
    if rendition is None or not rendition.parts:
        return ""
    fields = rendition.parts[0].fields
    named = fields.get("subject") or fields.get("title", "")
    return named or (rendition.title if rendition.network in _TITLED else "")


def initials(name: str) -> str:
    """One or two letters for the circle: of the first two words, else the first two letters."""
    words = re.findall(r"\w+", name)
    letters = "".join(word[0] for word in words[:2]) if len(words) > 1 else "".join(words)[:2]
    return letters.upper() or "?"


def _by_spans(part: Part) -> tuple[Piece, ...]:
    """The text cut at the rich spans, whose offsets count UTF-8 bytes."""
    cut: list[Piece] = []
    data, at = part.text.encode(), 0
    for found in sorted(part.spans, key=lambda one: one.start):
        if found.start < at or found.end > len(data):
            continue
        words = data[found.start : found.end].decode("utf-8", "replace")
        cut += [Piece(data[at : found.start].decode("utf-8", "replace")), _piece(found.kind, words, found.target)]
        at = found.end
    return (*cut, Piece(data[at:].decode("utf-8", "replace")))


@lru_cache(maxsize=64)  # most channels of a post have the same text
def _by_pattern(text: str, *, shorten: bool) -> tuple[Piece, ...]:
    cut: list[Piece] = []
    at = 0
    for match in _MARKS.finditer(text):
        one = _piece(_KINDS[match.lastgroup or "link"], match[0], match[0])
        cut += [Piece(text[at : match.start()]), _shortened(one) if shorten else one]
        at = match.end()
    return (*cut, Piece(text[at:]))


def _piece(kind: SpanKind, words: str, target: str) -> Piece:
    return Piece(words, kind, target if kind is SpanKind.LINK else "")


def _shortened(one: Piece) -> Piece:
    if one.kind is not SpanKind.LINK or not one.words.startswith("http"):
        return one
    bare = _SCHEME.sub("", one.words)
    return Piece(bare if len(bare) <= _SHORT else bare[: _SHORT - 1] + "…", one.kind, one.target)
