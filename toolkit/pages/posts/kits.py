"""Kits on pages: one page of the site per post and hand-off account, and the same as a page that stands alone."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from toolkit.dates import say_date, say_short_day, say_time
from toolkit.messages import _
from toolkit.outlook.standing import is_open
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, span, tag, text
from toolkit.pages.page import Content, generated
from toolkit.pages.paths import kit_path
from toolkit.pages.pieces import channel_chip, chip, head
from toolkit.pages.script import read_asset
from toolkit.pages.view import Site
from toolkit.planning import Slot
from toolkit.workspace.naming import name_post

if TYPE_CHECKING:
    from toolkit.outlook.kit import Enclosed, Kit

# What is due later than this is not on the home page yet.
SOON: Final = timedelta(hours=36)
_PICTURE: Final = ".jpg"


def kit_slots(site: Site) -> Iterator[Slot]:
    """Everything that a person still has to publish, or may have to, in order of time."""
    for slot in site.slots:
        if slot.post.uid and slot.account.name in site.by_hand and is_open(site.standing(slot)):
            yield slot


def due_kits(site: Site) -> list[Slot]:
    """What a person publishes now or soon."""
    return [slot for slot in kit_slots(site) if slot.due is not None and slot.due < site.now + SOON]


def kit_pages(site: Site) -> dict[str, Content]:
    """A page for each kit with its media."""
    pages: dict[str, Content] = {}
    for slot in kit_slots(site):
        pages |= _site_page(site, slot)
    return pages


def _site_page(site: Site, slot: Slot) -> dict[str, Content]:
    from toolkit.outlook.kit import make_kit  # with everything that cuts pictures

    path = kit_path(site.post_pages[slot.post.path], slot.account, slot.occurrence)
    kit = make_kit(site.outlook, slot.draft)
    folder = posixpath.splitext(path)[0]
    kicker = link(site.link(path, site.post_pages[slot.post.path]), name_post(slot.post))
    body = join((head(_title(kit), kicker=kicker), kit_body(kit, lambda name: site.link(path, f"{folder}/{name}"))))
    pages: dict[str, Content] = {path: generated(_title(kit), body, source=slot.post.path, in_nav=False, search=False)}
    return pages | {f"{folder}/{one.name}": one.data for one in kit.media if one.data}


def lone_page(kit: Kit, folder: str) -> str:
    """The kit as one HTML file that needs nothing but the media in `folder` beside it."""
    body = join((head(_title(kit), para(kit.title)), kit_body(kit, lambda name: f"{folder}/{name}")))
    parts = (
        tag("meta", charset="utf-8"),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name_="generator", content="leitstand kit"),
        tag("title", f"{_title(kit)} - {kit.title}"),
        tag("style", Html(read_asset("styles/kit.css"))),
    )
    script = tag("script", Html(read_asset("scripts/copy.js")))
    page = tag("body", tag("main", body, class_="ls ls-alone"), script)
    return f'<!doctype html>\n<html lang="{text(kit.draft.language)}">{tag("head", *parts)}{page}</html>\n'


def _title(kit: Kit) -> str:
    return _("Publish by hand: {account}").format(account=kit.account)


def kit_body(kit: Kit, address: Callable[[str], str]) -> Html:
    """Everything below the title; `address` tells where a medium of that name lies."""
    sections = (*_texts(kit), _media(kit, address), *_comment(kit), _extras(kit), _steps(kit), _confirm(kit))
    # What is copied is said here, for ears and eyes.
    said = para(role="status", aria_live="polite", class_="ls-kit-said")
    return div(_deadline(kit), _warnings(kit), *sections, said, class_="ls-kit")


def _deadline(kit: Kit) -> Html:
    if kit.due is None or kit.until is None:
        return para(icon("ready"), _("It has no publish time yet."), class_="ls-kit-when")
    zone = kit.draft.publish.zone if kit.draft.publish else ""
    words = _("{day}, {year}: from {start} to {end} ({short}, {zone})").format(
        day=say_short_day(kit.due),
        year=kit.due.year,
        start=say_time(kit.due),
        end=say_time(kit.until)
        if kit.until.date() == kit.due.date()
        else f"{say_date(kit.until)} {say_time(kit.until)}",
        short=kit.due.tzname(),
        zone=zone,
    )
    when = tag("time", words, datetime=kit.due.isoformat())
    return para(icon("ready"), tag("strong", _("Publish")), " ", when, class_="ls-kit-when")


def _warnings(kit: Kit) -> Html | None:
    stop = para(icon("paused"), tag("strong", _("Do not publish now.")), " ", kit.stop) if kit.stop else None
    notes = [para(icon("warning"), one) for one in kit.notes]
    if stop is None and not notes:
        return None
    return div(stop, *notes, class_="ls-note ls-bad" if kit.stop else "ls-note ls-warn")


def _texts(kit: Kit) -> Iterator[Html]:
    total = len(kit.texts)
    for index, part in enumerate(kit.rendition.parts, start=1):
        title = _("Text") if total == 1 else _("Text, part {index} of {total}").format(index=index, total=total)
        count = _("{length} of {limit}").format(length=part.count.length, limit=part.count.limit)
        shown = _copyable(f"text-{index}", part.text, title, language=kit.rendition.language)
        yield _section(f"part-{index}", title, para(count, class_="ls-kit-count"), shown)


def _comment(kit: Kit) -> Iterator[Html]:
    title = _("First comment, right after the post")
    for index, part in enumerate(kit.comment, start=1):
        shown = _copyable(f"comment-{index}", part, title, language=kit.rendition.language)
        yield _section(f"first-comment-{index}", title, shown)


def _media(kit: Kit, address: Callable[[str], str]) -> Html | None:
    if not kit.media:
        return None
    items = (_medium(number, one, address, kit) for number, one in enumerate(kit.media, start=1))
    return _section("media", _("Pictures and files, in this order"), tag("ol", *items, class_="ls-kit-media"))


def _medium(number: int, one: Enclosed, address: Callable[[str], str], kit: Kit) -> Html:
    if not one.data:
        return tag("li", para(icon("warning"), one.note, class_="ls-over"))
    target = address(one.name)
    picture = tag("img", src=target, alt="", loading="lazy") if one.name.endswith(_PICTURE) else None
    facts = " · ".join(filter(None, (one.shape, _size(len(one.data)))))
    save = link(target, picture, span(icon("share"), " ", one.name), download=one.name, class_="ls-kit-file")
    title = _("Alt text of medium {number}").format(number=number)
    alt = (
        join(
            (
                para(title, class_="ls-kit-label"),
                _copyable(f"alt-{number}", one.alt, title, language=kit.rendition.language),
            )
        )
        if one.alt
        else None
    )
    return tag("li", save, para(facts, class_="ls-kit-count"), alt)


def _size(length: int) -> str:
    return f"{max(1, round(length / 1000))} kB"


def _extras(kit: Kit) -> Html | None:
    rows = [
        *((f"address-{number}", _("Address"), one) for number, one in enumerate(kit.addresses, start=1)),
        *([("hashtags", _("Hashtags"), " ".join(kit.hashtags))] if kit.hashtags else []),
    ]
    if not rows:
        return None
    shown = (join((para(title, class_="ls-kit-label"), _copyable(name, one, title))) for name, title, one in rows)
    return _section("extras", _("Address and hashtags"), *shown)


def _steps(kit: Kit) -> Html:
    steps: list[Child] = [
        _("Look at the account: it must not be there already."),
        _("Check that you are on the right account: {id}").format(id=kit.draft.account.id),
        _("Upload the pictures in this order.") if kit.media else None,
        _("Paste the text and read it once in the network's own preview."),
        _("Enter the alt text of each picture.") if any(one.alt for one in kit.media) else None,
        _("Put the address where readers can reach it.") if "link" in kit.network.options and kit.addresses else None,
        _("Publish, and copy the address of the post."),
        _("Confirm it with the command below, so that everybody sees that it is out."),
    ]
    return _section(
        "steps", _("Step by step"), tag("ol", *(tag("li", one) for one in steps if one), class_="ls-kit-steps")
    )


def _confirm(kit: Kit) -> Html:
    note = para(_("Put the address of the post in the place of URL, and add --by with your name."))
    return _section("confirm", _("When it is out"), note, _copyable("command", kit.command, _("Command"), code=True))


def _section(anchor: str, title: str, *content: Child) -> Html:
    return tag("section", heading(2, title, anchor), *content, aria_labelledby=anchor)


def _copyable(name: str, content: str, title: str, *, language: str = "", code: bool = False) -> Html:
    """A text with a button that copies it; the script shows the button, so that none is there that does nothing."""
    shown = tag("code" if code else "span", content, id=f"copy-{name}", class_="ls-kit-text", lang=language or None)
    button = tag(
        "button",
        _("Copy"),
        type="button",
        aria_label=_("Copy: {title}").format(title=title),
        class_="ls-kit-copy",
        data_copy=f"copy-{name}",
        data_done=_("{title}: copied").format(title=title),
        data_failed=_("{title}: marked; copy it with your device's own command").format(title=title),
        hidden=True,
    )
    return div(shown, button, class_="ls-kit-row")


def kit_links(site: Site, page: str, found: Iterable[Slot]) -> Html:
    """Kits as a list of links: when, what, where, how it stands."""
    return tag("ul", *(_kit_row(site, page, slot) for slot in found), class_="ls-rows")


def _kit_row(site: Site, page: str, slot: Slot) -> Html:
    local = (slot.due or site.now).astimezone(site.zone)
    when = tag(
        "time",
        span(say_short_day(local), class_="ls-day"),
        span(say_time(local), class_="ls-clock"),
        datetime=local.isoformat(),
    )
    kit = kit_path(site.post_pages[slot.post.path], slot.account, slot.occurrence)
    title = link(site.link(page, kit), name_post(slot.post))
    channels = span(channel_chip(slot.account), class_="ls-channels")
    return tag("li", when, div(title, channels, class_="ls-what"), chip(site.standing(slot)), class_="ls-row")
