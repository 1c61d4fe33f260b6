"""Posting slots on the site: who waits for one, what could fill the free ones and why, and which stay free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from toolkit.dates import say_short_day, say_time
from toolkit.editorial import read_ideas
from toolkit.messages import _, ngettext
from toolkit.pages.markup import Html, heading, join, link, para, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import CALENDAR, SLOTS, idea_path
from toolkit.pages.pieces import channel_chip, empty, head, spaced
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.planning import PostingSlot, Turn, waiting
from toolkit.planning.candidates import Candidate, Source
from toolkit.strategy import read_strategy
from toolkit.workspace.naming import name_post

if TYPE_CHECKING:
    from toolkit.planning.suggesting import Suggested, Unused

AHEAD: Final = timedelta(weeks=4)


def slot_page(site: Site, pages: Mapping[str, Content]) -> dict[str, Page]:
    """One page; nothing where the handbook keeps no slots. Links lead only to `pages` that are there."""
    if not site.workspace.handbook.slots:
        return {}
    from toolkit.planning.suggesting import Span, suggest  # much that only a house with slots needs

    ideas, _problems = read_ideas(site.workspace)
    days = Span(site.today, site.today + AHEAD)
    found = suggest(site.workspace, read_strategy(site.workspace), ideas, days, site.now)
    turns = [turn for turn in waiting(site.workspace, site.now) if turn.slot is not None]
    said = _("{slots} until {day}").format(
        slots=ngettext("{count} free slot", "{count} free slots", len(found.free)), day=say_short_day(days.last)
    )
    body = join(
        (
            head(
                _("Posting slots"),
                para(said, class_="ls-summary"),
                kicker=link(site.link(SLOTS, CALENDAR), _("Calendar")),
            ),
            _waiting(site, turns) if turns else None,
            _suggestions(site, found, pages),
            _unused(site, found.unused) if found.unused else None,
        )
    )
    return {SLOTS: generated(_("Posting slots"), body, search=False)}


def _waiting(site: Site, turns: Sequence[Turn]) -> Html:
    heads = (_("When"), _("Post"), _("Channel"))
    rows = (
        row(
            (heads[0], _when(site, turn.slot)),
            (heads[1], link(site.link(SLOTS, site.post_pages[turn.post.path]), name_post(turn.post))),
            (heads[2], channel_chip(turn.account)),
        )
        for turn in turns
        if turn.slot is not None
    )
    title = _("Waits for its slot")
    note = para(_("A slot counts when it stands in the file: leitstand fix writes it."))
    return tag("section", heading(2, title, "waiting"), note, table(heads, rows, title), aria_labelledby="waiting")


def _suggestions(site: Site, found: Suggested, pages: Mapping[str, Content]) -> Html:
    title = _("What could fill them")
    heads = (_("When"), _("What"), _("Channels"), _("Why"))
    rows = (
        row(
            (heads[0], _when(site, one.places[0])),
            (heads[1], _title(site, one.candidate, pages)),
            (heads[2], span(*spaced(_place(place, one.places[0]) for place in one.places), class_="ls-channels")),
            (heads[3], tag("ul", *(tag("li", reason.said) for reason in one.reasons), class_="ls-reasons")),
        )
        for one in found.suggestions
    )
    shown = table(heads, rows, title) if found.suggestions else empty(_("No draft and no idea fits a free slot."))
    return tag("section", heading(2, title, "suggestions"), shown, aria_labelledby="suggestions")


def _place(place: PostingSlot, first: PostingSlot) -> Html:
    """A channel; one with another moment than the first says it."""
    chip = channel_chip(place.account)
    if place.at == first.at:
        return chip
    return span(chip, " ", f"{say_short_day(place.day)}, {place.wall.wall:%H:%M}")


def _title(site: Site, candidate: Candidate, pages: Mapping[str, Content]) -> Html:
    if candidate.source is Source.POST:
        target, kind = site.post_pages[candidate.path], _("draft")
    else:
        target, kind = idea_path(candidate.path.rpartition("/")[2].removesuffix(".md")), _("idea")
    title = link(site.link(SLOTS, target), candidate.title) if target in pages else span(candidate.title)
    return span(title, " ", span(kind, class_="ls-chip ls-info"))


def _unused(site: Site, unused: Sequence[Unused]) -> Html:
    """The slots that stay free: each at which a post is missing, and how many of the others."""
    heads = (_("When"), _("Channel"), _("For"), _("Why"))
    rows = [
        row(
            (heads[0], _when(site, one.slot)),
            (heads[1], channel_chip(one.slot.account)),
            (heads[2], one.slot.block.note if one.slot.block is not None else ""),
            (heads[3], one.why),
        )
        for one in unused
        if one.wanted
    ]
    enough = Counter(one.why for one in unused if not one.wanted)
    title = _("What stays free")
    others = (
        para(_("{slots}: {why}").format(slots=ngettext("{count} slot", "{count} slots", count), why=why))
        for why, count in sorted(enough.items())
    )
    shown = table(heads, rows, title) if rows else None
    return tag("section", heading(2, title, "unused"), shown, *others, aria_labelledby="unused")


def _when(site: Site, slot: PostingSlot) -> Html:
    """The moment on the workspace's clock, as everywhere on the site."""
    local = slot.at.astimezone(site.zone)
    words = f"{say_short_day(local)}, {say_time(local)}"
    return tag("time", words, datetime=local.isoformat(), class_="ls-when")
