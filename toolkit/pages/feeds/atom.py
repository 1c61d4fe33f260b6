"""Atom feeds (RFC 4287) as feed readers fetch them. Pure functions: the same items make the same bytes.

Texts and HTML stand escaped inside their elements, so that nothing in them is markup of the feed; signs that XML cannot
hold are left out. An item's id never changes: it is a UUID made from what it is about, not from its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from toolkit.pages.markup import Html
from toolkit.values import dataclass

# Everything outside of XML 1.0's characters; named by what is allowed, it takes six times as long to compile.
_IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry; `about` is what it is for ever, `link` an absolute address or "", `content` HTML of ours."""

    about: str
    title: str
    updated: datetime
    content: Html
    published: datetime | None = None
    author: str = ""
    link: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""


def make_feed(about: str, title: str, author: str, items: Sequence[Item], *, own: str = "", page: str = "") -> bytes:
    """A feed of `items`, newest first; `own` is its address and `page` that of the page it belongs to, where known."""
    updated = max((item.updated for item in items), default=_EPOCH)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        _element("id", _urn(about)),
        _element("title", title),
        _element("updated", _moment(updated)),
        f"<author>{_element('name', author)}</author>",
        '<generator uri="https://www.rfc-editor.org/rfc/rfc4287">Leitstand</generator>',
        *([_link("self", own, "application/atom+xml")] if own else []),
        *([_link("alternate", page, "text/html")] if page else []),
        *(line for item in items for line in _entry(item)),
        "</feed>",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _entry(item: Item) -> Iterator[str]:
    yield f"<entry xml:lang={_quoted(item.language)}>" if item.language else "<entry>"
    yield _element("id", _urn(item.about))
    yield _element("title", item.title)
    yield _element("updated", _moment(item.updated))
    if item.published:
        yield _element("published", _moment(item.published))
    if item.author:
        yield f"<author>{_element('name', item.author)}</author>"
    if item.link:
        yield _link("alternate", item.link, "text/html")
    for category in item.categories:
        yield f"<category term={_quoted(category)}/>"
    yield f'<content type="html">{_plain(item.content)}</content>'
    yield "</entry>"


def _urn(about: str) -> str:
    return uuid5(NAMESPACE_URL, about).urn


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_plain(text)}</{name}>"


def _link(relation: str, address: str, kind: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href={_quoted(address)}/>'


def _plain(text: str) -> str:
    return escape(_IMPOSSIBLE.sub("", text), quote=False)


def _quoted(text: str) -> str:
    return f'"{escape(_IMPOSSIBLE.sub("", text))}"'
