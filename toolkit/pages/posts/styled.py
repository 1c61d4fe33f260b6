"""Bold, italic, code and named links of the networks that take them: as their messages carry them, so as readers see them.

Telegram has entities whose offsets count UTF-16 units, Slack elements that follow each other, Discord Markdown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from toolkit.model import Part, SpanKind
from toolkit.networks.looks import Piece, pieces
from toolkit.pages.markup import Child, Html, clean, element, outside, tag

_TELEGRAM: Final[Mapping[str, str]] = {
    "bold": "strong",
    "italic": "em",
    "code": "code",
    "pre": "code",
    "strikethrough": "s",
}
_SLACK: Final[Mapping[str, str]] = {"bold": "strong", "italic": "em", "code": "code", "strike": "s"}
# Network → the field of its parts that holds the styles.
_FIELDS: Final[Mapping[str, str]] = {"telegram": "entities", "slack": "elements"}
_HEADING: Final = re.compile(r"<(/?)h[1-6]>")

_tag = element("span", class_="ls-tag")


def styled_words(network: str, part: Part) -> list[Child] | None:
    """The words of a part with their styles; None for a network, or a part, that has none."""
    styles = part.fields.get(_FIELDS[network]) if network in _FIELDS else None
    if not styles:
        return None
    read = _by_entities if network == "telegram" else _by_elements
    try:
        return list(read(part, json.loads(styles)))
    # A ledger may hold what another version wrote.
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def discord_words(text: str) -> Html:
    """A message as Discord shows its Markdown: line breaks stay, headings are bold lines."""
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough").render(text)
    bold = _HEADING.sub(lambda found: "</strong></p>" if found[1] else "<p><strong>", html)
    return clean(bold)


def mark(one: Piece) -> Child:
    """A piece of a text: plain words, or a link, a tag or a mention set apart."""
    if one.kind is None:
        return one.words
    if one.kind is SpanKind.LINK:
        return outside(one.target, one.words, title=one.target)
    return _tag(one.words)


def _by_entities(part: Part, entities: Sequence[Any]) -> Iterator[Child]:
    """Cut at every place where a style begins or ends."""
    data = part.text.encode("utf-16-le", "surrogatepass")
    spans = [(2 * one["offset"], 2 * (one["offset"] + one["length"]), one) for one in entities]
    edges = sorted(
        {0, len(data), *(edge for start, end, _one in spans for edge in (start, end) if 0 <= edge <= len(data))}
    )
    for start, end in pairwise(edges):
        here = [one for first, last, one in spans if first <= start and end <= last]
        words = data[start:end].decode("utf-16-le", "replace")
        link = next((one["url"] for one in here if one["type"] == "text_link"), "")
        styles = [_TELEGRAM[one["type"]] for one in here if one["type"] in _TELEGRAM]
        yield from _dressed(part, "telegram", words, link, styles)


def _by_elements(part: Part, elements: Sequence[Any]) -> Iterator[Child]:
    for one in elements:
        styles = [_SLACK[name] for name in one.get("style", {}) if name in _SLACK]
        yield from _dressed(part, "slack", one["text"], one.get("url", ""), styles)


def _dressed(part: Part, network: str, words: str, link: str, styles: Sequence[str]) -> Iterator[Child]:
    if not (link or styles):
        yield from map(mark, pieces(network, replace(part, text=words, spans=())))
        return
    inside: Child = outside(link, words, title=link) if link else words
    for style in styles:
        inside = tag(style, inside)
    yield inside
