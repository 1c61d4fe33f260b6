"""A page for each KPI: what it means, how it is counted, who delivers it, and its last months as a picture and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from toolkit.dates import say_month
from toolkit.kpis import KPIS, Better, Kpi, Of, Unit
from toolkit.kpis.delivery import exports_of, networks_of
from toolkit.messages import _, spoken
from toolkit.networks import NETWORKS
from toolkit.pages.markup import Child, Html, heading, join, link, para, tag
from toolkit.pages.paths import KPI_INDEX, kpi_path
from toolkit.pages.pieces import facts, head
from toolkit.pages.results.figures import Figure
from toolkit.pages.results.trend import trend
from toolkit.pages.tables import row, table
from toolkit.pages.view import Page, Site, generated
from toolkit.reports.wording import Wording


def kpi_pages(site: Site) -> dict[str, Page]:
    """The index and a page for each KPI, as soon as anything has been counted."""
    if not site.given.figures:
        return {}
    return {KPI_INDEX: _index(site), **{kpi_path(kpi.name): _page(site, kpi) for kpi in KPIS.values()}}


def _index(site: Site) -> Page:
    title = _("Key figures")
    words = Wording(spoken())
    heads = (_("KPI"), _("Definition"), _("Last month"), "n")
    rows = (row(*zip(heads, _index_cells(site, kpi, words), strict=True)) for kpi in KPIS.values())
    return generated(title, join((head(title), table(heads, rows, title, class_="ls-table ls-numbers"))))


def _index_cells(site: Site, kpi: Kpi, words: Wording) -> tuple[Child, ...]:
    last = _last(site.given.figures.get(kpi.name, ()))
    name = link(site.link(KPI_INDEX, kpi_path(kpi.name)), _(kpi.title))
    value = words.value(last.value if last else None, kpi.unit)
    return name, _(kpi.definition), value, words.number(last.n if last else 0)


def _page(site: Site, kpi: Kpi) -> Page:
    words, figures = Wording(spoken()), site.given.figures.get(kpi.name, ())
    last = _last(figures)
    parts = [head(_(kpi.title), para(_(kpi.definition), class_="ls-summary"))]
    if last is not None:
        parts += [_now(last, kpi, words), _trend(figures, kpi, words)]
    else:
        parts.append(para(_("Nothing has been delivered for it in the last months."), class_="ls-empty"))
    parts.append(facts(_facts(kpi)))
    return generated(_(kpi.title), join(parts), in_nav=False)


def _facts(kpi: Kpi) -> Iterator[tuple[str, str]]:
    yield _("Formula"), kpi.formula
    yield _("Denominator"), _(kpi.denominator) if kpi.denominator else ""
    yield _("Unit"), _unit(kpi.unit)
    yield _("Counted over"), _of(kpi.of)
    yield _("Better"), _("higher") if kpi.better is Better.HIGHER else _("lower")
    yield _("Networks that deliver it"), ", ".join(NETWORKS[name].title for name in networks_of(kpi))
    yield _("Exports that deliver it"), ", ".join(exports_of(kpi))
    yield _("For programs"), kpi.name


def _now(last: Figure, kpi: Kpi, words: Wording) -> Html:
    """The last month in one sentence, with n and, where n is enough, the interval."""
    month, value = _month(last.month), words.value(last.value, kpi.unit)
    if last.low is None or last.high is None:
        said = _("{month}: {value}, n = {n}").format(month=month, value=value, n=last.n)
    else:
        low, high = words.value(last.low, kpi.unit), words.value(last.high, kpi.unit)
        said = _("{month}: {value}, interval (90%) {low} to {high}, n = {n}")
        said = said.format(month=month, value=value, low=low, high=high, n=last.n)
    return para(said)


def _trend(figures: Sequence[Figure], kpi: Kpi, words: Wording) -> Html:
    title, between = _("Last months"), any(one.low is not None for one in figures)
    heads = (_("Month"), _("Value"), *((_("Interval (90%)"),) if between else ()), "n")
    rows = (row(*zip(heads, _cells(one, kpi, words, between=between), strict=True)) for one in figures)
    picture = trend(figures, lambda value: words.value(value, kpi.unit))
    parts = (heading(2, title, "trend"), picture, table(heads, rows, title, class_="ls-table ls-months"))
    return tag("section", *parts, aria_labelledby="trend", class_="ls-lately")


def _cells(one: Figure, kpi: Kpi, words: Wording, *, between: bool) -> tuple[Child, ...]:
    """A month's cells; without one for the interval where no month has any."""
    known = one.low is not None and one.high is not None
    interval = words.between(one.low or 0.0, one.high or 0.0, kpi.unit) if known else ""
    return _month(one.month), words.value(one.value, kpi.unit), *((interval,) if between else ()), words.number(one.n)


def _last(figures: Sequence[Figure]) -> Figure | None:
    return next((one for one in reversed(figures) if one.value is not None), None)


def _month(month: str) -> str:
    return say_month(date.fromisoformat(f"{month}-01"))


def _unit(unit: Unit) -> str:
    names = {
        Unit.COUNT: _("number"),
        Unit.AVERAGE: _("number per unit"),
        Unit.SHARE: _("per cent"),
        Unit.BALANCE: _("from \N{MINUS SIGN}1 to 1"),
        Unit.EURO: _("euros"),
        Unit.SECONDS: _("time"),
    }
    return names[unit]


def _of(of: Of) -> str:
    names = {Of.POSTS: _("posts"), Of.ACCOUNTS: _("accounts"), Of.DAYS: _("days"), Of.MESSAGES: _("messages")}
    return names[of]
