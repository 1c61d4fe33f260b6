"""The first pages: everybody's day, and one for each role; a row of links on top of each leads to the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from toolkit.dates import say_day, say_time
from toolkit.messages import _
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, span, tag
from toolkit.pages.paths import COMMUNITY, EDITOR, FIRST_DAY, HOME, MANAGER, READER
from toolkit.pages.view import Site
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A first page: where it lies, how its link is called, and its icon."""

    path: str
    title: str
    icon: str
    internal: bool = True  # not for people outside


def roles(*, partner: bool) -> tuple[Role, ...]:
    """The first pages that there are, in the order of the row."""
    every = (
        Role(HOME, _("Today"), "calendar", internal=False),
        Role(MANAGER, _("Management"), "goal"),
        Role(COMMUNITY, _("Community"), "inbox"),
        Role(EDITOR, _("Editors"), "edit"),
        Role(READER, _("Look things up"), "handbook", internal=False),
        Role(FIRST_DAY, _("First day"), "door"),
    )
    return tuple(one for one in every if not (partner and one.internal))


def said_now(site: Site) -> Html:
    """The day and how old the page is."""
    words = _("{day}, as of {time} ({zone})")
    said = words.format(day=say_day(site.today), time=say_time(site.now), zone=site.settings.timezone)
    return tag("time", said, datetime=site.now.isoformat(timespec="minutes"))


def role_row(site: Site, page: str) -> Html:
    """The switch between the first pages. A script offers to remember one of them as the page to begin with."""
    links = (
        link(
            site.link(page, one.path),
            icon(one.icon),
            span(one.title),
            class_="ls-role",
            aria_current="page" if one.path == page else None,
        )
        for one in roles(partner=site.given.partner)
    )
    return tag("nav", *links, class_="ls-roles", aria_label=_("First pages"), data_roles=site.link(page, HOME))


def begin(site: Site, page: str, title: str, *below: Child) -> Html:
    """The head of a first page: the row, whose page it is, the day."""
    remember = (
        None
        if page == HOME
        else tag(
            "button",
            _("Begin here from now on"),
            type="button",
            class_="ls-remember",
            data_remember=page,
            data_on=_("You begin here"),
            hidden=True,
        )
    )
    line = div(para(said_now(site), class_="ls-summary"), remember, class_="ls-bar-of")
    return join((role_row(site, page), tag("header", heading(1, title), line, *below, class_="ls-head")))


def section(  # a title, what leads on, and what it holds
    title: str, name: str, *content: Child, symbol: str = "", more: Child = None, wide: bool = False, note: Child = None
) -> Html:
    """A box of a first page; `name` is its anchor."""
    top = div(heading(2, join((icon(symbol or name), span(title))), name), more, class_="ls-tile-head")
    about = para(note, class_="ls-soft") if note else None
    return tag("section", top, about, *content, class_="ls-tile ls-wide" if wide else "ls-tile", aria_labelledby=name)


def columns(main: Iterable[Child], side: Iterable[Child]) -> Html:
    """What matters on the left, what is good to know on the right; on a phone one below the other."""
    return div(div(*main, class_="ls-first"), div(*side, class_="ls-second"), class_="ls-columns")


def more(site: Site, page: str, target: str, pages: Collection[str], words: str = "") -> Html | None:
    """The way to everything of a kind, where that page is there."""
    return link(site.link(page, target), words or _("all"), class_="ls-more") if target in pages else None
