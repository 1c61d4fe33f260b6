"""Feeds that the house reads (`content/feeds.yml`), and the words by which a mention of it is told.

One file for both: whoever adds a feed sees what is looked for in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.source import Fields, Tree, decode
from toolkit.source.blocks import read_data

FEEDS: Final = "content/feeds.yml"
FEED_KEYS: Final[Mapping[str, str]] = {
    "name": "How the inbox calls it.",
    "url": "Where the feed lies (RSS or Atom).",
    "language": "Language of its entries.",
}
TERM_KEYS: Final[Mapping[str, str]] = {
    "term": "A name of ours, such as the brand or a product; upper and lower case are the same.",
    "without": "Words beside which the term means something else.",
}
FEED_SHAPE: Final = "{name: kaffeeblog, url: https://kaffeeblog.example/feed.xml, language: de}"
TERM_SHAPE: Final = "{term: Nordlicht, without: [Polarlicht, Wetter]}"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed."""

    name: str
    url: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """What is looked for; where one of `without` stands as well, it is somebody else's."""

    term: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole file."""

    feeds: tuple[Feed, ...] = ()
    terms: tuple[Term, ...] = ()


def read_feeds(tree: Tree) -> tuple[Reading, tuple[Problem, ...]]:
    """What the file says, and what is wrong with it; without a file nothing is read."""
    if FEEDS not in set(tree.paths("content", ".yml")):
        return Reading(), ()
    try:
        return _read(tree.read(FEEDS))
    except OSError as error:
        message = _("cannot be read: {error}").format(error=error.strerror or error)
        return Reading(), (Problem(FEEDS, Span(), "encoding", Severity.ERROR, message),)


@lru_cache(maxsize=16)
def _read(data: bytes) -> tuple[Reading, tuple[Problem, ...]]:
    source, problems = decode(FEEDS, data)
    fields = read_data(source, problems) if source is not None else None
    if fields is None:
        return Reading(), tuple(problems)
    fields.refuse_unknown(("feeds", "terms"))
    feeds: dict[str, Feed] = {}
    for item in fields.items("feeds", FEED_SHAPE):
        feed = _feed(item, feeds)
        if feed is not None:
            feeds[feed.name] = feed
    terms = [_term(item) for item in fields.items("terms", TERM_SHAPE)]
    return Reading(tuple(feeds.values()), tuple(filter(None, terms))), tuple(problems)


def _feed(item: Fields, known: Mapping[str, Feed]) -> Feed | None:
    item.refuse_unknown(FEED_KEYS)
    name, url = item.text("name"), item.text("url")
    if not name or urlsplit(url).scheme not in ("http", "https"):
        item.problem("url" if name else "", _("a feed looks like: {shape}").format(shape=FEED_SHAPE))
        return None
    if name in known:
        item.problem("name", _("a second feed called {name}").format(name=name))
        return None
    return Feed(name, url, item.text("language"))


def _term(item: Fields) -> Term | None:
    item.refuse_unknown(TERM_KEYS)
    term = " ".join(item.text("term").split())
    if not term:
        item.problem("", _("a term looks like: {shape}").format(shape=TERM_SHAPE))
        return None
    return Term(term, item.words("without"))
