"""A network's sheet in the handbook: what fits there and since when that is known, when and how the house posts.

A page says which network with a fence; the prose around it is the house's::

    ```network
    instagram
    ```

Every figure is the one that checks and previews count with, so that the page can never disagree with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from toolkit.approval.verdict import required_approvals
from toolkit.dates import say_date
from toolkit.messages import _, decimal, ngettext
from toolkit.model import find_fenced
from toolkit.networks import NETWORKS
from toolkit.networks.base import Network
from toolkit.networks.limits import Limit, say_source
from toolkit.pages.handbook.files import handbook_path
from toolkit.pages.handbook.timetables import say_posting_time
from toolkit.pages.handbook.urgency import say_length
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, join, link, outside, para, span, tag
from toolkit.pages.paths import channel_path
from toolkit.pages.pieces import facts
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.settings import Account, Settings

KIND: Final = "network"
_LINK: Final = re.compile(r"https?://[^\s;()]+")
_MEGA: Final = 1_000_000
_KILO: Final = 1000
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def show_sheets(site: Site, path: str, markdown: str) -> str:
    """`markdown` of the page `path` with every fence as one line of HTML; an unknown network says so."""
    for block in reversed([block for block in find_fenced(markdown) if block.kind == KIND]):
        name = markdown[block.first : block.last].strip()
        network = NETWORKS.get(name)
        if network is None:
            message = _("there is no network {name}; known: {known}").format(name=name, known=", ".join(NETWORKS))
            shown = para(icon("warning"), message, class_="ls-note ls-warn")
        else:
            shown = _sheet(site, path, name, network)
        markdown = f"{markdown[: block.start]}\n{div(shown, class_='ls')}\n{markdown[block.end :]}"
    return markdown


def _sheet(site: Site, path: str, name: str, network: Network) -> Html:
    accounts = [one for one in site.settings.accounts.values() if one.network == name]
    return div(
        _accounts(site, path, accounts) if accounts else None,
        heading(3, _("What fits")),
        _limits(network),
        class_="ls-sheet",
    )


def _accounts(site: Site, path: str, accounts: list[Account]) -> Html:
    cards = (
        div(
            para(
                link(site.link(handbook_path(path), channel_path(one)), one.title or one.name),
                class_=f"ls-sheet-name ls-net-{one.network}",
            ),
            facts(_habits(site, path, one)),
            class_="ls-sheet-account",
        )
        for one in accounts
    )
    return div(*cards, class_="ls-sheet-accounts")


def _habits(site: Site, path: str, one: Account) -> Iterator[tuple[str, Child]]:
    """How the house posts there: what its settings and blocks say."""
    settings, handbook = site.settings, site.workspace.handbook
    yield _("Address"), one.id
    yield _("Language"), one.language
    yield _("Published"), _("by hand, from the kit") if one.hand_off else _("by itself")
    needed = required_approvals(one, settings)
    yield _("Approvals"), str(needed) if needed else _("none needed")
    yield _("Posting times"), _window(settings, one)
    slots = [slot for slot in handbook.slots if one.name in slot.channels]
    times = "; ".join(dict.fromkeys(say_posting_time(time) for slot in slots for time in slot.times))
    yield _("Posting slots"), _explained(site, path, times, slots[0].path) if slots else ""
    yield _("First response"), _answer(site, path, one)


def _window(settings: Settings, one: Account) -> Child:
    window = settings.window(one)
    if window is None:
        return ""
    return join((", ".join(window.said), tag("small", f" {window.reason}") if window.reason else ""))


def _answer(site: Site, path: str, one: Account) -> Child:
    """The longest that somebody waits for a first response, as the service hours have it."""
    for hours in sorted(site.workspace.handbook.hours, key=lambda each: not each.channels):
        if not hours.channels or one.name in hours.channels:
            usual = [
                level.first_response
                for level in hours.levels
                if not (level.kinds or level.labels or level.risk) and one.name in (level.channels or {one.name})
            ]
            if usual:
                said = _("within {length} of service hours").format(length=say_length(max(usual)))
                return _explained(site, path, said, hours.path)
    return ""


def _explained(site: Site, path: str, said: str, page: str) -> Html:
    """A fact that links to the page of the handbook that says it."""
    return link(site.link(handbook_path(path), handbook_path(page)), said) if page != path else span(said)


# --- what fits --------------------------------------------------------------------------------------------------------


def _limits(network: Network) -> Html:
    heads = (_("What"), _("At most"), _("Known from"), _("Checked"))
    rows = (
        row(
            (heads[0], limit_word(one.name)),
            (heads[1], tag("b", say_limit(one))),
            (heads[2], _source(one)),
            (heads[3], join((_day(one.checked), _confidence(one)))),
        )
        for one in network.limits
    )
    return table(heads, rows, _("What fits"), class_="ls-table ls-limits")


def _source(one: Limit) -> Html:
    """Where a figure is from: the site's name as a link, what is said about it behind."""
    said = say_source(one)
    found = _LINK.search(said)
    if found is None:
        return span(said)
    host = found[0].partition("://")[2].partition("/")[0].removeprefix("www.")
    rest = " ".join(f"{said[: found.start()]}{said[found.end() :]}".split()).strip(" ;")
    return span(outside(found[0], host), tag("small", f" {rest}") if rest else None)


def _day(iso: str) -> Html:
    return tag("time", say_date(date.fromisoformat(iso)), datetime=iso)


def _confidence(one: Limit) -> Html | None:
    """Said only where a figure is not certain."""
    words = {"medium": _("fairly certain"), "low": _("not certain")}
    if one.confidence not in words:
        return None
    return join(
        (" ", span(words[one.confidence], class_=f"ls-chip ls-{'quiet' if one.confidence == 'medium' else 'warn'}"))
    )


def say_limit(one: Limit) -> str:
    """A limit for people: ``2 MB``, ``3 minutes``, ``4 : 5``; what has no better word as its unit says it."""
    if one.types:
        return ", ".join(
            kind.rpartition("/")[2].upper() if "*" not in kind else kind.partition("/")[0] for kind in one.types
        )
    if one.unit == "bytes":
        return _bytes(one.value)
    if one.unit == "seconds":
        return _seconds(one.value)
    if one.unit.startswith("hundredths"):
        return f"{decimal(one.value / 100, '.2f')} : 1"
    number = f"{one.value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return f"{number} {_unit(one.unit)}"


def _bytes(value: int) -> str:
    if value >= _MEGA:
        return f"{decimal(value / _MEGA, '.1f').removesuffix('.0').removesuffix(',0')} MB"
    return f"{round(value / _KILO)} kB" if value >= _KILO * 10 else f"{value} B"


def _seconds(value: int) -> str:
    if value >= _DAY:
        return ngettext("{count} day", "{count} days", value // _DAY)
    if value >= _HOUR:
        return ngettext("{count} hour", "{count} hours", value // _HOUR)
    if value % _MINUTE == 0:
        return ngettext("{count} minute", "{count} minutes", value // _MINUTE)
    return ngettext("{count} second", "{count} seconds", value)


def _unit(unit: str) -> str:
    return {
        "characters": _("characters"),
        "graphemes": _("characters, as one sees them"),
        "weighted characters": _("weighted characters"),
        "images": _("pictures"),
        "files": _("files"),
        "pixels": _("pixels"),
        "answers": _("answers"),
        "hashtags": _("hashtags"),
        "posts": _("posts"),
        "links": _("links"),
        "languages": _("languages"),
    }.get(unit, unit)


def limit_word(name: str) -> str:
    """What a limit is about, in people's words; its own name where there are none."""
    return {
        "text": _("Text"),
        "text_size": _("Text, as bytes"),
        "address": _("What a link counts"),
        "media": _("Pictures or films in a post"),
        "alt": _("Image description"),
        "upload_alt": _("Image description"),
        "image_size": _("Size of a picture"),
        "image_width": _("Width of a picture"),
        "image_pixels": _("Width times height of a picture"),
        "image_types": _("Kinds of pictures"),
        "card_image_size": _("Size of a link card's picture"),
        "gif_size": _("Size of a GIF"),
        "narrowest": _("Narrowest shape, width to height"),
        "widest": _("Widest shape, width to height"),
        "video_size": _("Size of a film"),
        "video_seconds": _("Length of a film"),
        "video_types": _("Kinds of films"),
        "video_codecs": _("Codecs of films"),
        "document_size": _("Size of a document"),
        "inline_size": _("Size of a file inside the message"),
        "alone": _("Never beside something else"),
        "hashtags": _("Hashtags"),
        "tag": _("Length of a hashtag"),
        "links": _("Links"),
        "languages": _("Languages of a post"),
        "comment": _("Comment"),
        "caption": _("Text below a picture"),
        "subject": _("Subject line"),
        "slug": _("End of the address"),
        "direct": _("Direct message"),
        "direct_size": _("Direct message, as bytes"),
        "poll_question": _("Question of a poll"),
        "poll_options": _("Answers of a poll"),
        "poll_option": _("An answer of a poll"),
        "poll_longest": _("How long a poll runs"),
        "posts_per_day": _("Posts a day"),
        "posts_per_quarter_hour": _("Posts in a quarter of an hour"),
    }.get(name, name.replace("_", " ").capitalize())
