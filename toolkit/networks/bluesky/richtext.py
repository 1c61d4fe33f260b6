"""Runs of text as Bluesky's rich text: plain text and spans with UTF-8 byte offsets.

A Markdown link keeps its label and carries its address in the span. Bare addresses become links and are shortened
as the official app does it when somebody posts: host and the first 13 characters of a long path, then ``...``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from toolkit.model import RichSpan, SpanKind
from toolkit.networks.bluesky.counting import byte_length
from toolkit.networks.bluesky.detection import Found, detect
from toolkit.networks.hypertext import address
from toolkit.networks.markup import Run
from toolkit.networks.plain import is_web, write_links

_ADDRESS: Final = re.compile(r"https?://(?P<host>[^/?#]+)(?P<path>.*)", re.DOTALL)
LONGEST_PATH: Final = 15
KEPT_PATH: Final = 13


def rich_text(runs: Iterable[Run]) -> tuple[str, tuple[RichSpan, ...]]:
    """The text of `runs` and its spans, in the text's order and without overlaps."""
    text, links = _labelled(runs)
    found = detect(text)
    if links:
        found = sorted([*links, *_outside(links, found)], key=lambda one: one.start)
    return _shortened(text, list(_apart(found)))


def shorten(link: str) -> str:
    """An address as the official app shows it."""
    match = _ADDRESS.fullmatch(link)
    if match is None:
        return link
    path = "" if match["path"] == "/" else match["path"]
    return match["host"] + (path[:KEPT_PATH] + "..." if len(path) > LONGEST_PATH else path)


def _labelled(runs: Iterable[Run]) -> tuple[str, list[Found]]:
    """The text with labels in place of links, and where they stand."""
    runs = tuple(runs)
    if not any(run.link for run in runs):
        return "".join(run.text for run in runs), []
    labels, links, at = [], list[Found](), 0
    for link, group in groupby(write_links(runs, keep=is_web), key=lambda run: run.link):
        label = "".join(run.text for run in group)
        if link and label.strip():
            links.append(Found(at, at + len(label), SpanKind.LINK, address(link)))
        labels.append(label)
        at += len(label)
    return "".join(labels), links


def _outside(links: list[Found], detected: list[Found]) -> list[Found]:
    """What was detected where no link of the author's stands; the links are in order and do not overlap."""
    ends = [link.end for link in links]

    def covered(one: Found) -> bool:
        following = bisect_right(ends, one.start)  # the first link that ends behind where `one` begins
        return following < len(links) and links[following].start < one.end

    return [one for one in detected if not covered(one)]


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Of two that overlap, such as a cashtag in an address, the one that begins first."""
    end = 0
    for one in found:
        if one.start >= end:
            yield one
            end = one.end


def _shortened(text: str, found: list[Found]) -> tuple[str, tuple[RichSpan, ...]]:
    """The final text, in which links that show their own address are short, and the spans in bytes."""
    pieces: list[str] = []
    spans: list[RichSpan] = []
    at = size = 0
    for one in found:
        shown = text[one.start : one.end]
        if one.kind is SpanKind.LINK and shown == one.target:
            shown = shorten(shown)
        before = text[at : one.start]
        start = size + byte_length(before)
        size = start + byte_length(shown)
        spans.append(RichSpan(start, size, one.kind, one.target))
        pieces += [before, shown]
        at = one.end
    return "".join([*pieces, text[at:]]), tuple(spans)
