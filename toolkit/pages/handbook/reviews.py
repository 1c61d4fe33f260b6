"""The review calendar on the site: what somebody looks at again, month by month, what is late first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Final

from toolkit.approval import present_person
from toolkit.dates import say_date, say_month, say_short_day
from toolkit.messages import _, ngettext
from toolkit.pages.markup import Child, Html, heading, join, link, para, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import REVIEWS, TEAM, TOPICS, split_place
from toolkit.pages.pieces import empty, head
from toolkit.pages.tables import row, table
from toolkit.pages.view import HANDBOOK, Site
from toolkit.planning.reviews import Look, Review, find_reviews, find_undated, look_word, select

AHEAD: Final = timedelta(days=366)


def review_page(site: Site, pages: Mapping[str, Content]) -> dict[str, Page]:
    """One page; nothing where nothing has a day. Links lead only to `pages` that are there."""
    reviews = select(find_reviews(site.workspace), site.today, AHEAD)
    undated = find_undated(site.workspace)
    if not reviews and not undated:
        return {}
    late = [one for one in reviews if one.overdue(site.today)]
    rest = [one for one in reviews if not one.overdue(site.today)]
    said = ngettext("{count} review is overdue", "{count} reviews are overdue", len(late))
    summary = para(said if late else _("Nothing is overdue."), class_="ls-summary")
    months = (
        _section(site, say_month(month), f"{month:%Y-%m}", list(found), pages)
        for month, found in groupby(rest, key=lambda one: one.day.replace(day=1))
    )
    body = join(
        (
            head(_("Review calendar"), summary, kicker=link(site.link(REVIEWS, TEAM), _("Team"))),
            _section(site, _("Overdue"), "late", late, pages) if late else None,
            *months,
            None if reviews else empty(_("Nothing has to be looked at again in these days.")),
            _undated(site, [(page.title or page.path, page.path) for page in undated], pages) if undated else None,
        )
    )
    return {REVIEWS: generated(_("Review calendar"), body)}


def _section(site: Site, title: str, anchor: str, found: Sequence[Review], pages: Mapping[str, Content]) -> Html:
    heads = (_("Day"), _("What"), _("Title"), _("Who"))
    rows = (
        row(
            (
                heads[0],
                tag(
                    "time",
                    say_date(one.day) if anchor == "late" else say_short_day(one.day),
                    datetime=one.day.isoformat(),
                    class_="ls-when",
                ),
            ),
            (heads[1], look_word(one.look)),
            (heads[2], _title(site, one, pages)),
            (heads[3], _who(site, one)),
        )
        for one in found
    )
    return tag(
        "section",
        heading(2, title, anchor),
        table(heads, rows, title, class_="ls-table ls-reviews"),
        aria_labelledby=anchor,
    )


def _title(site: Site, one: Review, pages: Mapping[str, Content]) -> Html:
    target = _page_of(site, one)
    return link(site.link(REVIEWS, target), one.title) if split_place(target)[0] in pages else span(one.title)


def _page_of(site: Site, one: Review) -> str:
    if one.look is Look.TOPIC:
        return TOPICS
    if one.path.startswith("guidelines/"):
        return f"{HANDBOOK}/{one.path.removeprefix('guidelines/')}"
    return site.post_pages.get(one.path, "")


def _who(site: Site, one: Review) -> Child:
    owner = site.settings.people.get(one.owner)
    if owner is None:
        return one.owner or span(_("nobody"), class_="ls-chip ls-bad")
    found = present_person(owner, site.settings, max(one.day, site.today))
    if found is None:
        return span(_("{owner}, who is away; nobody stands in").format(owner=owner.name), class_="ls-chip ls-bad")
    if found.key != owner.key:
        return _("{deputy} for {owner}").format(deputy=found.name, owner=owner.name)
    return owner.name


def _undated(site: Site, found: Sequence[tuple[str, str]], pages: Mapping[str, Content]) -> Html:
    items = []
    for title, path in found:
        target = f"{HANDBOOK}/{path.removeprefix('guidelines/')}"
        items.append(tag("li", link(site.link(REVIEWS, target), title) if target in pages else title))
    top = heading(2, _("Pages that nobody means to read again"), "undated")
    return tag("section", top, tag("ul", *items, class_="ls-links"), aria_labelledby="undated")
