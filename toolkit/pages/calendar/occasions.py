"""Occasions on the site: the days of the coming year, from when on they are prepared, and what comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from toolkit.dates import say_date, say_period
from toolkit.editorial import Idea, read_ideas, read_occasions
from toolkit.editorial.days import Coming, coming, serves
from toolkit.messages import _, ngettext
from toolkit.pages.markup import Child, Html, div, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import IDEAS, OCCASIONS, idea_path
from toolkit.pages.pieces import empty, head, spaced
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site

AHEAD: Final = timedelta(days=366)


def occasion_pages(site: Site) -> dict[str, Page]:
    """One page; nothing where nobody has written an occasion down."""
    occasions, _problems = read_occasions(site.workspace)
    if not occasions:
        return {}
    ideas, near = read_ideas(site.workspace)[0], coming(occasions, site.today, AHEAD)
    heads = (_("When"), _("Occasion"), _("Who"), _("Work begins"), _("Ideas"))
    rows = (_row(site, one, heads, [idea for idea in ideas if serves(idea, one)]) for one in near)
    shown = table(heads, rows, _("Occasions")) if near else empty(_("No occasion is near."))
    kicker = link(site.link(OCCASIONS, IDEAS), _("Ideas"))
    words = para(_("The days of the coming year that the team prepares."), class_="ls-summary")
    body = join((head(_("Occasions"), words, kicker=kicker), shown))
    return {OCCASIONS: generated(_("Occasions"), body, source=_source(near))}


def _source(near: Sequence[Coming]) -> str:
    return next((one.occasion.places.source.path for one in near if one.occasion.places is not None), "")


def _row(site: Site, one: Coming, heads: Sequence[str], ideas: list[Idea]) -> Html:
    occasion = one.occasion
    note = para(occasion.note, class_="ls-reason") if occasion.note else None
    return row(
        (heads[0], _when(one, site.today)),
        (heads[1], div(tag("b", occasion.name), note)),
        (heads[2], site.name_of(occasion.owner)),
        (heads[3], _work(one, site.today)),
        (heads[4], _ideas(site, one, ideas)),
    )


def _when(one: Coming, today: date) -> Html:
    left = (one.first - today).days
    words = ngettext("in {count} day", "in {count} days", left) if left > 0 else _("now")
    shown = tag("time", say_period(one.first, one.last), datetime=one.first.isoformat())
    return span(shown, tag("small", words), class_="ls-two")


def _work(one: Coming, today: date) -> Html | None:
    if not one.occasion.lead:
        return None
    begun = tag("small", _("has begun")) if one.start <= today else None
    return span(span(say_date(one.start)), begun, class_="ls-two")


def _ideas(site: Site, one: Coming, ideas: list[Idea]) -> Child:
    if ideas:
        return join(spaced(link(site.link(OCCASIONS, idea_path(idea.name)), idea.title) for idea in ideas))
    if one.occasion.lead and one.start <= site.today:
        return span(_("none, and it is time"), class_="ls-chip ls-warn")
    return None
