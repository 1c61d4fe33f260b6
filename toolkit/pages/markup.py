"""HTML made of escaped text. The only way from a string to markup is `tag`, which escapes, or `clean`, which filters.

Generated pages are *one line* of HTML each. Markdown builders run line-based preprocessors (fences, snippets,
headings) over a page before they look at HTML; a line that starts with our own tag gives post text no line start
to be understood as anything but text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from html import escape
from itertools import starmap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import nh3

# Most strings are plain words and numbers.
_special: Final = re.compile(r"[&<>\"'\x00-\x08\x0a-\x1f\x7f]").search
# Control characters have no meaning in HTML; Python-Markdown even uses two of them for its own marks.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HEADINGS: Final = re.compile(r"</?h([1-6])>")
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta"})


class Html(str):
    """Markup that is safe to put on a page."""

    __slots__ = ()


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
    head = "".join(starmap(_attribute, attributes.items()))
    return f"<{name}{head}>", "" if name in _VOID else f"</{name}>"


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'


div = partial(tag, "div")
span = partial(tag, "span")
para = partial(tag, "p")
NOTHING: Final = Html("")


def heading(level: int, title: Child, anchor: str = "", **attributes: Attribute) -> Html:
    """A heading; `anchor` makes it a target for links and for search."""
    return tag(f"h{level}", title, id=anchor or None, **attributes)


def link(target: str, *children: Child, **attributes: Attribute) -> Html:
    """A link inside the site; `target` is a relative address made by `Site.link`."""
    return tag("a", *children, href=target, **attributes)


def outside(target: str, *children: Child, **attributes: Attribute) -> Html:
    """A link to another site; anything but http, https and mailto becomes plain text."""
    if not re.match(r"(?i)(?:https?|mailto):", target):
        return span(*children)
    return tag("a", *children, href=target, rel="noopener noreferrer nofollow", **attributes)


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
