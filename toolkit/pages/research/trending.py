"""The research page: what comes up and why now, what people search for, and what others have published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from toolkit.dates import say_short_day
from toolkit.messages import _, decimal, ngettext
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, hidden, join, link, outside, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import RESEARCH
from toolkit.pages.pieces import empty, head
from toolkit.pages.research.sparks import spark
from toolkit.pages.research.tabs import has_trends
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.research.interest import Interest
from toolkit.research.published import Published
from toolkit.research.saying import Reason, Side, reasons, standing
from toolkit.research.trends import Trend, Trends
from toolkit.workspace.feeds import Kind

SHOWN: Final = 5  # entries of a trend
NEWS: Final = 10  # of others' entries that stand open
MOST: Final = 60
_ICONS: Final = {Side.FOR: ("sent", "good"), Side.AGAINST: ("cancelled", "bad"), Side.FACT: ("hint", "quiet")}


def trend_page(site: Site) -> dict[str, Page]:
    """The page, as soon as a feed of others was heard or a chart was imported."""
    found = site.given.researched
    if not has_trends(site):
        return {}
    title = _("Research")
    lead = _("What is written about more than usual, in the last seven days against the eight weeks before.")
    promise = _("At most one week in ten shows anything that only chance has brought.")
    parts = (
        head(title, para(f"{lead} {promise}", class_="ls-summary")),
        *map(empty, found.damaged),
        *(_language(site, one) for one in found.trends),
        _searches(found.interests) if found.interests else None,
        _news(site, found.news) if found.known else None,
    )
    return {RESEARCH: generated(title, join(parts))}


def _language(site: Site, trends: Trends) -> Html:
    names = {"de": _("German"), "en": _("English")}
    name = names.get(trends.bursts.language, trends.bursts.language)
    anchor = f"trends-{trends.bursts.language}"
    boxes = tag("div", *(_trend(site, one) for one in trends.found), class_="ls-trends") if trends.found else None
    title = heading(2, _("What comes up: {language}").format(language=name), anchor)
    return tag("section", title, empty(standing(trends)), boxes, aria_labelledby=anchor)


def _trend(site: Site, trend: Trend) -> Html:
    burst = trend.burst
    anchor = f"{burst.language}-{burst.stem.replace(' ', '-')}"
    beside = para(", ".join(burst.beside), class_="ls-reason") if burst.beside else None
    sides = tag("ul", *(_reason(site, one) for one in reasons(trend, site.zone)), class_="ls-why")
    told = tag("ul", *(_entry(site, one) for one in burst.entries[:SHOWN]), class_="ls-told")
    rest = len(burst.entries) - SHOWN
    more = empty(ngettext("and {count} more", "and {count} more", rest)) if rest > 0 else None
    shown = (heading(3, burst.phrase, anchor, lang=burst.language), beside, sides, told, more)
    return tag("article", *shown, class_="ls-tile", aria_labelledby=anchor)


def _reason(site: Site, reason: Reason) -> Html:
    name, tone = _ICONS[reason.side]
    words = {Side.FOR: _("For it: "), Side.AGAINST: _("Against it: "), Side.FACT: ""}
    mark = span(icon(name), class_=f"ls-mark ls-{tone}")
    posts = [link(site.link(RESEARCH, site.post_pages[path]), words) for words, path in reason.posts]
    shown = [part for nth, one in enumerate(posts) for part in (", " if nth else " ", one)]
    return tag("li", mark, span(hidden(words[reason.side]) if words[reason.side] else None, reason.text, *shown))


def _entry(site: Site, one: Published) -> Html:
    when = tag("time", say_short_day(one.at.astimezone(site.zone)), datetime=one.at.isoformat())
    title = outside(one.url, one.title, lang=one.language or None)
    return tag("li", when, span(title, " ", span(", ".join(one.sources), class_="ls-reason")))


def _searches(interests: Sequence[Interest]) -> Html:
    heads = (_("Searched for"), _("Over time"), _("Last"), _("Usual"), _("A year ago"))
    rows = (row(*zip(heads, _search_cells(one), strict=True)) for one in interests)
    note = para(
        _("Google Trends: 100 is the peak of a chart, so words of two charts cannot be compared."), class_="ls-reason"
    )
    title = _("What people search for")
    shown = (heading(2, title, "searches"), table(heads, rows, title, numbers=(2, 3, 4)), note)
    return tag("section", *shown, aria_labelledby="searches")


def _search_cells(one: Interest) -> tuple[Child, ...]:
    high = span(_("high"), class_="ls-chip ls-good") if one.high else None
    word = span(f"{one.word} ", span(one.place, class_="ls-reason") if one.place else None, high)
    before = decimal(one.year_ago, ".0f") if one.year_ago is not None else "\N{EN DASH}"
    usual = decimal(one.usual, ".0f") if one.enough else "\N{EN DASH}"
    return word, spark([value for _at, value in one.points]), decimal(one.latest, ".0f"), usual, before


def _news(site: Site, news: Sequence[Published]) -> Html:
    title = _("What others published in the last 14 days")
    heads = (_("When"), _("Who"), _("What"))
    if not news:
        shown = [empty(_("Nothing new, or no feed could be fetched."))]
    else:
        shown = [table(heads, _rows(site, heads, news[:NEWS]), title, class_="ls-table ls-news")]
    if news[NEWS:]:
        rest = len(news[NEWS:MOST])
        said = tag("summary", ngettext("{count} more", "{count} more", rest))
        more = table(heads, _rows(site, heads, news[NEWS:MOST]), title, class_="ls-table ls-news")
        shown.append(tag("details", said, more, class_="ls-behind"))
    if news[MOST:]:
        words = ngettext(
            "{count} more: leitstand research news", "{count} more: leitstand research news", len(news[MOST:])
        )
        shown.append(para(words, class_="ls-reason"))
    return tag("section", heading(2, title, "news"), *shown, aria_labelledby="news")


def _rows(site: Site, heads: Sequence[str], news: Iterable[Published]) -> Iterator[Html]:
    for one in news:
        when = tag("time", say_short_day(one.at.astimezone(site.zone)), datetime=one.at.isoformat())
        who = div(", ".join(one.sources), " ", span(kind_word(one.kind), class_="ls-chip ls-quiet"))
        yield row(*zip(heads, (when, who, outside(one.url, one.title, lang=one.language or None)), strict=True))


def kind_word(kind: str) -> str:
    """What a feed's kind is called."""
    words = {
        Kind.COMPETITOR.value: _("competitor"),
        Kind.AUTHORITY.value: _("authority"),
        Kind.TOPIC.value: _("subject"),
    }
    return words.get(kind, kind)
