"""HTML made of escaped text. The only way from a string to markup is `tag`, which escapes, or `clean`, which filters.

Generated pages are *one line* of HTML each. Markdown builders run line-based preprocessors (fences, snippets,
headings) over a page before they look at HTML; a line that starts with our own tag gives post text no line start
to be understood as anything but text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import nh3

# Most strings are plain words and numbers.
_special: Final = re.compile(r"[&<>\"'\x00-\x08\x0a-\x1f\x7f]").search
# Control characters have no meaning in HTML; Python-Markdown even uses two of them for its own marks.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HEADINGS: Final = re.compile(r"</?h([1-6])>")
_leads_outside: Final = re.compile(r"(?i)(?:https?|mailto):").match
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta"})


class Html(str):
    """Markup that is safe to put on a page."""

    __slots__ = ()


# Where `mould` puts something; no text has it, since `text` takes it out.
HOLE: Final = Html("\0")
Child = str | None
Attribute = str | int | bool | None
# What makes an element of its children.
Element = Callable[[*tuple[Child, ...]], Html]


def text(value: str) -> Html:
    """`value` as text: escaped, on one line, line breaks kept as character references."""
    if _special(value) is None:
        return Html(value)
    plain = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return Html(escape(plain).replace("\n", "&#10;"))


def tag(name: str, *children: Child, **attributes: Attribute) -> Html:
    """An element; plain strings among the children are escaped, `Html` is taken as it is, None is left out.

    Attribute names lose a trailing underscore and write ``-`` for ``_``; None and False leave an attribute out.
    """
    return _fill(*_ends(name, **attributes), *children)


def element(name: str, **attributes: Attribute) -> Element:
    """What makes elements with this name and these attributes of their children, as `tag` does, in half the time."""
    return partial(_fill, *_ends(name, **attributes))


def mould(made: Html) -> Element:
    """What makes the same markup with a child in the place of each `HOLE`: all else is put together once."""
    opening, *between, closing = made.split(HOLE)
    if not between:
        return partial(_fill, opening, closing)
    empty: list[Child] = [None, *(part for words in between for part in (Html(words), None))]

    def fill(*children: Child) -> Html:
        parts = [*empty]
        parts[::2] = children
        return _fill(opening, closing, *parts)

    return fill


def join(children: Iterable[Child]) -> Html:
    """The children one after the other, escaped where they are plain strings."""
    return _fill("", "", *children)


def _fill(opening: str, closing: str, *children: Child) -> Html:
    # A hundred times for every page: as `text` has it, without making `Html` of each word, and large ones copied once.
    parts = [opening]
    for child in children:
        if child is not None:
            plain = child.__class__ is Html or _special(child) is None
            parts.append(child if plain else text(child))
    parts.append(closing)
    return Html("".join(parts))


# Most are the same ones on every page; True is not 1 here.
@lru_cache(maxsize=4096, typed=True)
def _ends(name: str, **attributes: Attribute) -> tuple[str, str]:
    """What stands before the children, and behind them."""
    head = f"<{name}"
    for key, value in attributes.items():
        if value is True:
            head += f" {_spelled(key)}"
        elif value is not None and value is not False:
            said = str(value)
            head += f' {_spelled(key)}="{said if _special(said) is None else text(said)}"'
    return f"{head}>", "" if name in _VOID else f"</{name}>"


def _led(name: str, key: str, value: str, alike: Mapping[str, Attribute]) -> tuple[str, str]:
    """`_ends` of what has another value in its first attribute each time: the others are looked up without it."""
    opening, closing = _ends(name, **alike)
    return f'<{name} {key}="{text(value)}"{opening[len(name) + 1 :]}', closing


@cache
def _spelled(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


div = partial(tag, "div")
span = partial(tag, "span")
para = partial(tag, "p")
NOTHING: Final = Html("")


def heading(level: int, title: Child, anchor: str = "", **attributes: Attribute) -> Html:
    """A heading; `anchor` makes it a target for links and for search."""
    return tag(f"h{level}", title, id=anchor or None, **attributes)


def link(target: str, *children: Child, **attributes: Attribute) -> Html:
    """A link inside the site; `target` is a relative address made by `Site.link`."""
    return _fill(*_led("a", "href", target, attributes), *children)


def when(iso: str, *children: Child, **attributes: Attribute) -> Html:
    """A day or a moment: the words for people, and for machines as ISO 8601 has it."""
    return _fill(*_led("time", "datetime", iso, attributes), *children)


def outside(target: str, *children: Child, **attributes: Attribute) -> Html:
    """A link to another site; anything but http, https and mailto becomes plain text."""
    if not _leads_outside(target):
        return span(*children)
    return link(target, *children, rel="noopener noreferrer nofollow", **attributes)


hidden = element("span", class_="ls-sr")  # text for screen readers only


def clean(html: str) -> Html:
    """Somebody's HTML with everything taken out that could run, load or restyle; on one line."""
    safe = _cleaner().clean(html)
    return Html(_CONTROL.sub("", safe).replace("\r", "").replace("\n", "&#10;"))


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(
        tags={
            *("a", "b", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol"),
            *("p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
        },
        attributes={"a": {"href", "title"}, "li": {"value"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def prose(markdown: str) -> Html:
    """Reviewed Markdown (a campaign's text) as HTML; HTML inside it stays text, its headings start at level two."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    html = parser.render(markdown)
    levels = [int(found[1]) for found in _HEADINGS.finditer(html)]
    shift = 2 - min(levels, default=2)
    return clean(_HEADINGS.sub(lambda found: found[0].replace(found[1], str(min(int(found[1]) + shift, 6))), html))
