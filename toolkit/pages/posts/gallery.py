"""Media of a preview, cut and arranged as the network does it, each with its alternative text or the word that it has none.

The style sheet lays them out (`ls-of-3` in `ls-net-mastodon`); what is no picture, or not there yet, is a named box.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from toolkit.dates import say_short_day
from toolkit.messages import _
from toolkit.model import Attachment, Media
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, div, span, tag

# Networks that put several pictures beside each other in one row that is pushed sideways.
_STRIPS: Final = frozenset({"instagram", "threads"})
# More are laid out in rows of three.
_MOST: Final = 5
_FILM: Final = frozenset({"video"})


def gallery(
    network: str, attachments: Sequence[Attachment], find: Callable[[str], str], title: str = ""
) -> Html | None:
    """The media of one part; `find` tells where the page has a file's picture, "" where it has not.

    `title` is what stands on a document or a film.
    """
    shown = [one for one in attachments if one.kind != "card"]
    if not shown:
        return None
    figures = [_figure(one, find, title) for one in shown]
    kind = f"ls-media ls-of-{min(len(shown), _MOST)}"
    if network in _STRIPS and len(shown) > 1:
        # What is pushed sideways has to be reached by keyboard.
        words = _("{count} media, side by side").format(count=len(shown))
        strip = div(*figures, class_=f"{kind} ls-strip-of", tabindex="0", role="group", aria_label=words)
        dots = span(*(tag("i") for _one in shown), class_="ls-dots", aria_hidden="true")
        return div(strip, dots if network == "instagram" else None, class_="ls-carousel")
    return div(*figures, class_=kind)


def orders(media: Iterable[Media], name_of: Callable[[str], str]) -> Html | None:
    """Media that somebody still has to make, with whose they are and until when; no rendition holds them."""
    boxes = [_order(one, name_of) for one in media if one.order]
    return div(*boxes, class_="ls-media ls-orders") if boxes else None


def _figure(one: Attachment, find: Callable[[str], str], title: str) -> Html:
    source = find(one.file) if one.kind not in _FILM else ""
    shown = (
        tag("img", src=source, alt=one.alt, loading="lazy", decoding="async", style=_crop(one))
        if source
        else _box(one, title)
    )
    if one.alt:
        # The picture says it already to who hears the page.
        note = tag(
            "figcaption", tag("b", "ALT"), " ", span(one.alt), class_="ls-alt", aria_hidden="true" if source else None
        )
    else:
        note = tag("figcaption", icon("warning"), _("no alt text"), class_="ls-alt ls-none")
    return tag("figure", shown, note)


def _box(one: Attachment, title: str) -> Html:
    film = one.kind in _FILM
    name = "play" if film else "page" if one.kind == "document" else "media"
    words = title or one.file.rpartition("/")[2] or _("Medium is missing")
    kind = "ls-placeholder ls-film" if film else "ls-placeholder"
    return div(icon(name), span(words), class_=kind, style=_crop(one))


def _order(medium: Media, name_of: Callable[[str], str]) -> Html:
    due = _("due {day}").format(day=say_short_day(medium.due)) if medium.due else ""
    words = " · ".join(filter(None, (name_of(medium.owner) if medium.owner else "", due)))
    ordered = tag("strong", _("Ordered: {what}").format(what=medium.order))
    return div(icon("media"), span(ordered, span(words) if words else None), class_="ls-placeholder ls-ordered")


def _crop(one: Attachment) -> str | None:
    """The cut that the network will get, as the browser makes it."""
    width, _colon, height = one.crop.partition(":")
    if not (width.isdigit() and height.isdigit()):
        return None
    style = f"aspect-ratio:{width}/{height}"
    return f"{style};object-position:{one.focus[0]:.0%} {one.focus[1]:.0%}" if one.focus else style
