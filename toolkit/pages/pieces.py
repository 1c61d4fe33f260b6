"""Pieces that several pages share: chips, facts, entry rows, month switches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from toolkit.dates import say_short_day, say_time
from toolkit.messages import _, ngettext
from toolkit.outlook.standing import State
from toolkit.pages.entries import Entry
from toolkit.pages.icons import icon
from toolkit.pages.markup import (
    HOLE,
    Child,
    Element,
    Html,
    div,
    element,
    heading,
    hidden,
    join,
    link,
    mould,
    para,
    span,
    tag,
    when,
)
from toolkit.pages.view import Site
from toolkit.settings import Account

_COMMAND: Final = re.compile(r"leitstand(?: [\w-]+){1,3}$")

_fact, _label, _value = element("div"), element("dt"), element("dd")


@cache
def chip(state: State) -> Html:
    """A state as icon, word and tone."""
    return span(icon(state.key), state.label, class_=f"ls-chip ls-{state.tone}")


@cache
def mark(state: State) -> Html:
    """A state as an icon whose word is spoken, where there is no room for the word."""
    return span(icon(state.key), hidden(state.label), class_=f"ls-mark ls-{state.tone}", title=state.label)


def channel_chip(account: Account) -> Html:
    """An account as a small label in its network's colour."""
    return _channel(account.title or account.name, account.network)


def channel_row(accounts: Iterable[Account]) -> Html:
    """The labels of accounts beside each other."""
    return _channels(tuple((one.title or one.name, one.network) for one in accounts))


# Most posts go to the same few accounts together.
@lru_cache(maxsize=256)
def _channels(labels: Sequence[tuple[str, str]]) -> Html:
    return span(*spaced(_channel(*one) for one in labels), class_="ls-channels")


@lru_cache(maxsize=256)
def _channel(name: str, network: str) -> Html:
    return span(name, class_=f"ls-channel ls-net-{network}")


def facts(rows: Iterable[tuple[str, Child]]) -> Html:
    """Label and value pairs; those without a value are left out."""
    pairs = (_beside(label)(value) for label, value in rows if value)
    return tag("dl", *pairs, class_="ls-facts", data_search_exclude=True)


@lru_cache(maxsize=256)
def _beside(label: str) -> Element:
    """What puts a value beside its label."""
    return mould(_fact(_label(label), _value(HOLE)))


def head(title: str, *below: Child, kicker: Child = None) -> Html:
    """The head of a page: a line above, the title, what stands below it."""
    above = para(kicker, class_="ls-kicker") if kicker else None
    return tag("header", above, heading(1, title), *below, class_="ls-head")


def tile(title: str, *content: Child, name: str, more: Child = None, wide: bool = False) -> Html:
    """A box of the home page; `name` is its anchor and its icon."""
    top = div(heading(2, join((icon(name), span(title))), name), more, class_="ls-tile-head")
    return tag("section", top, *content, class_="ls-tile ls-wide" if wide else "ls-tile", aria_labelledby=name)


def empty(sentence: str) -> Html:
    """What stands where there is nothing to show; a command at its end is what to do about it."""
    told = _COMMAND.search(sentence)
    command = tag("code", told[0]) if told else None
    return para(sentence[: told.start()] if told else sentence, command, class_="ls-empty")


def nothing_planned(site: Site) -> str:
    """That nothing is, and to the house what to do about it."""
    return (
        _("Nothing is planned.") if site.given.partner else _("Nothing is planned. Begin a post: leitstand new TITLE")
    )


def deadline(entry: Entry) -> Html | None:
    """Until when a person has to publish it."""
    if entry.deadline is None:
        return None
    same = entry.deadline.date() == entry.local.date()
    until = say_time(entry.deadline) if same else f"{say_short_day(entry.deadline)} {say_time(entry.deadline)}"
    words = _("by hand until {time}").format(time=until)
    return when(entry.deadline.isoformat(), words, class_="ls-deadline")


def entry_row(site: Site, page: str, entry: Entry, *, day: bool = True) -> Html:
    """One entry as a row of a list: when, what, where, how it stands."""
    at = when(
        entry.local.isoformat(),
        span(say_short_day(entry.local), class_="ls-day") if day else None,
        span(say_time(entry.local), class_="ls-clock"),
    )
    title = link(site.link(page, site.post_pages[entry.post.path]), entry.title)
    return tag(
        "li",
        at,
        div(title, channel_row(entry.accounts), deadline(entry), class_="ls-what"),
        chip(entry.state),
        class_="ls-row",
    )


def entry_list(site: Site, page: str, found: Sequence[Entry], nothing: str, *, day: bool = True) -> Html:
    """Entries as a list, or the sentence that there are none."""
    if not found:
        return empty(nothing)
    return tag("ul", *(entry_row(site, page, entry, day=day) for entry in found), class_="ls-rows")


def spaced(items: Iterable[Html]) -> Sequence[Child]:
    """The items with spaces between them, so that they are words to a screen reader and to copying."""
    return [part for item in items for part in (item, " ")][:-1]


def step(target: str, name: str, label: str, *, label_first: bool = False) -> Html:
    """A link to the page before or after."""
    content = (label, icon(name)) if label_first else (icon(name), label)
    rel = "prev" if name == "previous" else "next"
    return link(target, *content, class_="ls-step", rel=rel, data_filter_keep=True)


def count_posts(number: int) -> str:
    """``3 posts``."""
    return ngettext("{count} post", "{count} posts", number)
