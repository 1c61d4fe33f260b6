"""All that the house listens to besides its accounts (`content/feeds.yml`): feeds, words, hashtags.

One file for all: whoever adds a feed sees what is looked for in it, and where else the same words are looked for. What is
`kind` competitor, authority or topic is not about us: it is read for the research, and counts in no curve of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.source import Fields, Tree, decode
from toolkit.source.blocks import read_data
from toolkit.values import dataclass

FEEDS: Final = "content/feeds.yml"
FEED_KEYS: Final[Mapping[str, str]] = {
    "name": "How the inbox calls it.",
    "url": "Where the feed lies (RSS or Atom).",
    "language": "Language of its entries.",
    "kind": "Whose it is: ours (default), competitor, authority or topic; of the last three all is kept for research.",
    "competitor": "Whose feed it is, as named in leitstand.toml; makes it one of kind competitor.",
}
TERM_KEYS: Final[Mapping[str, str]] = {
    "term": "A name of ours, such as the brand or a product; upper and lower case are the same.",
    "without": "Words beside which the term means something else.",
    "accounts": "Accounts that look for it in what everybody writes on their networks; default: only feeds are read for it.",
    "language": "Language in which it counts; a post in an unknown one counts, too.",
    "kind": "Of whom it speaks: ours (default), competitor, authority or topic; only ours counts in our curves.",
}
TAG_KEYS: Final[Mapping[str, str]] = {
    "tag": "The hashtag, with or without its sign.",
    "accounts": "Accounts that look for it on their networks.",
    "without": "Words beside which it means something else.",
    "language": "Language in which it counts; a post in an unknown one counts, too.",
    "kind": "Of whom it speaks: ours (default), competitor, authority or topic; only ours counts in our curves.",
}
TAG_SHAPE: Final = "{tag: nordlichtkaffee, accounts: [mastodon]}"
FEED_SHAPE: Final = "{name: kaffeeblog, url: https://kaffeeblog.example/feed.xml, language: de}"
TERM_SHAPE: Final = "{term: Nordlicht, without: [Polarlicht, Wetter]}"


class Kind(StrEnum):
    """Of whom something speaks."""

    OURS = "ours"
    COMPETITOR = "competitor"
    AUTHORITY = "authority"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed."""

    name: str
    url: str
    language: str = ""
    kind: Kind = Kind.OURS
    competitor: str = ""
    span: Span = field(default=Span(), compare=False)  # where its competitor stands


@dataclass(frozen=True, slots=True)
class Term:
    """What is looked for; where one of `without` stands as well, it is somebody else's."""

    term: str
    without: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    language: str = ""
    kind: Kind = Kind.OURS
    span: Span = field(default=Span(), compare=False)  # where its accounts stand


@dataclass(frozen=True, slots=True)
class Hashtag:
    """A hashtag, without its sign."""

    tag: str
    accounts: tuple[str, ...]
    without: tuple[str, ...] = ()
    language: str = ""
    kind: Kind = Kind.OURS
    span: Span = field(default=Span(), compare=False)  # where its accounts stand


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole file."""

    feeds: tuple[Feed, ...] = ()
    terms: tuple[Term, ...] = ()
    hashtags: tuple[Hashtag, ...] = ()

    @property
    def ours(self) -> tuple[Term, ...]:
        """The terms that name the house."""
        return tuple(one for one in self.terms if one.kind is Kind.OURS)


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
    fields.refuse_unknown(("feeds", "terms", "hashtags"))
    feeds: dict[str, Feed] = {}
    for item in fields.items("feeds", FEED_SHAPE):
        feed = _feed(item, feeds)
        if feed is not None:
            feeds[feed.name] = feed
    terms = [_term(item) for item in fields.items("terms", TERM_SHAPE)]
    tags = [_tag(item) for item in fields.items("hashtags", TAG_SHAPE)]
    return Reading(tuple(feeds.values()), tuple(filter(None, terms)), tuple(filter(None, tags))), tuple(problems)


def _feed(item: Fields, known: Mapping[str, Feed]) -> Feed | None:
    item.refuse_unknown(FEED_KEYS)
    name, url = item.text("name"), item.text("url")
    if not name or urlsplit(url).scheme not in ("http", "https"):
        item.problem("url" if name else "", _("a feed looks like: {shape}").format(shape=FEED_SHAPE))
        return None
    if name in known:
        item.problem("name", _("a second feed called {name}").format(name=name))
        return None
    competitor = item.text("competitor")
    kind = item.choice("kind", Kind, Kind.COMPETITOR if competitor else Kind.OURS)
    if competitor and kind is not Kind.COMPETITOR:
        item.problem("kind", _("a competitor's feed is of kind competitor"))
    return Feed(name, url, item.text("language"), kind, competitor, item.front.span(item.key("competitor")))


def _term(item: Fields) -> Term | None:
    item.refuse_unknown(TERM_KEYS)
    term = " ".join(item.text("term").split())
    if not term:
        item.problem("", _("a term looks like: {shape}").format(shape=TERM_SHAPE))
        return None
    kind = item.choice("kind", Kind, Kind.OURS)
    span = item.front.span(item.key("accounts"))
    return Term(term, item.words("without"), item.words("accounts"), item.text("language"), kind, span)


def _tag(item: Fields) -> Hashtag | None:
    item.refuse_unknown(TAG_KEYS)
    tag, accounts = item.text("tag").strip().lstrip("#"), item.words("accounts")
    if not tag or not all(letter.isalnum() or letter == "_" for letter in tag) or not accounts:
        item.problem("tag" if tag else "", _("a hashtag looks like: {shape}").format(shape=TAG_SHAPE))
        return None
    kind = item.choice("kind", Kind, Kind.OURS)
    span = item.front.span(item.key("accounts"))
    return Hashtag(tag, accounts, item.words("without"), item.text("language"), kind, span)
