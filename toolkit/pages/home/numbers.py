"""The last complete month in numbers, each beside the month before, and its best and weakest posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from toolkit.dates import month_names, say_month
from toolkit.messages import _, ngettext, spoken
from toolkit.pages.home.ranked import Ranking
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, div, heading, join, link, para, span, tag
from toolkit.pages.paths import kpi_path
from toolkit.pages.pieces import channel_chip, empty
from toolkit.pages.results.figures import Figure
from toolkit.pages.view import Site
from toolkit.reports.wording import Wording
from toolkit.workspace.naming import name_post

if TYPE_CHECKING:
    from toolkit.kpis import Kpi

# What is shown where no goal asks for anything else; as many as fit a row.
_USUAL: Final = (
    *("reach", "interactions", "engagement_rate_followers", "followers", "visits", "orders", "response_time", "views"),
)
_MOST: Final = 6
# A change below it is none that anybody would see.
_LEVEL: Final = 0.005


def month_numbers(site: Site, page: str) -> list[Html]:
    """A tile for each number; nothing where nothing was counted."""
    if not site.given.figures:
        return []
    from toolkit.kpis import KPIS  # as in `toolkit.pages.rendering`

    wanted = dict.fromkeys([*(one.metric for one in site.given.progress.goals), *_USUAL])
    found = (_pair(site.given.figures.get(name, ())) for name in wanted)
    tiles = [
        _tile(site, page, KPIS[name], pair) for name, pair in zip(wanted, found, strict=True) if pair and name in KPIS
    ]
    return tiles[:_MOST]


def last_month(site: Site) -> str:
    """``October 2026``: the month that the numbers are of; "" without any."""
    months = [one.month for figures in site.given.figures.values() for one in figures if one.value is not None]
    return say_month(date.fromisoformat(f"{max(months)}-01")) if months else ""


def _pair(figures: Sequence[Figure]) -> tuple[Figure, Figure | None] | None:
    """The last month and the one before; None where the last has no value."""
    if not figures or figures[-1].value is None:
        return None
    before = figures[-2] if len(figures) > 1 and figures[-2].value is not None else None
    return figures[-1], before


def _tile(site: Site, page: str, kpi: Kpi, pair: tuple[Figure, Figure | None]) -> Html:
    last, before = pair
    words = Wording(spoken())
    name = link(site.link(page, kpi_path(kpi.name)), _(kpi.title))
    value = tag("b", words.value(last.value, kpi.unit), class_="ls-number-big")
    return tag(
        "li",
        span(name, class_="ls-soft"),
        value,
        _change(kpi, last, before, words),
        _sure(kpi, last, words),
        class_="ls-stat",
    )


def _change(kpi: Kpi, last: Figure, before: Figure | None, words: Wording) -> Html:
    if before is None or not before.value or last.value is None:
        return span(_("no month before to compare with"), class_="ls-soft")
    from toolkit.kpis import Better  # as above

    share = last.value / before.value - 1
    was = words.value(before.value, kpi.unit)
    month = month_names()[int(before.month[5:]) - 1]
    if abs(share) < _LEVEL:
        mark, tone, said = "level", "quiet", _("unchanged")
    else:
        good = (share > 0) == (kpi.better is Better.HIGHER)
        mark, tone = ("up" if share > 0 else "down"), "good" if good else "warn"
        said = f"{'+' if share > 0 else chr(0x2212)}{words.percent(abs(share), 0 if abs(share) >= 0.1 else 1)}"
    if _overlap(last, before):
        tone = "quiet"
    chip = span(icon(mark), said, class_=f"ls-chip ls-{tone}")
    return span(chip, span(_("{month}: {value}").format(month=month, value=was), class_="ls-soft"), class_="ls-two")


def _sure(kpi: Kpi, last: Figure, words: Wording) -> Html | None:
    """Between what and what, and of how many; a sum of everything that was counted has no interval."""
    if last.low is None or last.high is None:
        return tag("small", f"n = {words.number(last.n)}") if last.n else None
    between = _("interval (90%) {span}").format(span=words.between(last.low, last.high, kpi.unit))
    return tag("small", f"{between}, n = {words.number(last.n)}")


def _overlap(one: Figure, other: Figure) -> bool:
    """Whether chance alone may be the difference: the intervals share a part."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low <= other.high and other.low <= one.high


def tops_and_flops(site: Site, page: str) -> list[Html]:
    """Best and weakest posts side by side with what is usual; a sentence where the month has too few."""
    ranked = site.given.ranked
    if not ranked.month:
        return []
    if not ranked.enough:
        words = _("n = {n}: too few posts with something to compare them with for a verdict.")
        return [empty(words.format(n=ranked.compared))]
    lists = div(
        _ends(site, page, _("Above what is usual"), ranked.tops, "good"),
        _ends(site, page, _("Below what is usual"), ranked.flops, "warn"),
        class_="ls-extremes",
    )
    young = ngettext("{count} post is too young", "{count} posts are too young", ranked.young)
    words = _(
        "At seven days, beside the median of channel and format over twelve months; n = {n}. A single post may be chance."
    )
    note = words.format(n=ranked.compared) + (f" {young}." if ranked.young else "")
    return [lists, para(note, class_="ls-aside")]


def _ends(site: Site, page: str, title: str, found: Sequence[Ranking], tone: str) -> Html:
    items = tag("ol", *_ranked(site, page, found, tone), class_="ls-plain") if found else empty(_("No post."))
    return div(heading(3, join((icon("up" if tone == "good" else "down"), span(title)))), items)


def _ranked(site: Site, page: str, found: Sequence[Ranking], tone: str) -> Iterator[Html]:
    words = Wording(spoken())
    for one in found:
        post = site.posts_by_uid.get(one.uid)
        title = link(site.link(page, site.post_pages[post.path]), name_post(post)) if post else span(one.title)
        account = site.settings.accounts.get(one.channel)
        said = _("{value} interactions, usual {usual} (n = {n})").format(
            value=words.number(one.interactions), usual=words.number(one.usual), n=one.n
        )
        about = span(
            channel_chip(account) if account else one.channel, span(said, class_="ls-soft"), class_="ls-channels"
        )
        yield tag("li", span(words.times(one.lift), class_=f"ls-chip ls-{tone}"), div(title, about, class_="ls-what"))
