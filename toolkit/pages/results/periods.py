"""A page for each month that was reported: its numbers beside the month before and a year ago, as the reports say them.

Nothing is counted here. What stands beside a month's number is what its own report says of the other months; where the
other month has a report of its own that said something else, that stands there too, because it was what people read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from toolkit.dates import say_moment
from toolkit.messages import _
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import KPI_INDEX, PAIRS, REPORTS, kpi_path, period_path
from toolkit.pages.pieces import head, spaced, step, tile
from toolkit.pages.plan.pillars import with_pillars
from toolkit.pages.results.pairs import pair_page, read_months, shift_month
from toolkit.pages.results.readings import Reading, Said, read_tables, said_cell
from toolkit.pages.results.reports import file_links, has_period, kind_title, report_path, stage_chip
from toolkit.pages.tables import row, table
from toolkit.pages.view import ReportFile, Site
from toolkit.reports.board import Side, read_points
from toolkit.reports.titles import period_title
from toolkit.values import dataclass


@dataclass(frozen=True)
class _Months:
    """The monthly reports, and of each what stands in its tables of key figures; the latest first."""

    site: Site
    reports: tuple[ReportFile, ...]
    tables: Mapping[str, tuple[Reading, ...]]

    def named(self, title: str) -> Html:
        """A key figure, which leads to its page where the site has one."""
        kpi = self._titles.get(title) if self.site.given.figures else None
        page = period_path("0000-00")  # any of them: they lie in one folder
        return link(self.site.link(page, kpi_path(kpi)), title) if kpi else span(title)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        from toolkit.kpis import KPIS  # only where a month was reported

        return {_(kpi.title): name for name, kpi in KPIS.items()}

    def said(self, period: str, kpi: str) -> str:
        """What a month's own report said of a key figure, "" where nobody reported it."""
        for one in self.tables.get(period, ()):
            cells = one.row(kpi)
            if cells:
                return cells[1].text
        return ""


def period_pages(site: Site) -> dict[str, Page]:
    """A page for each month with a monthly report that has key figures."""
    monthly = tuple(one for one in site.given.reports if one.name == "monthly")
    found = {one.period: read_tables(one.html, "kpis") for one in monthly}
    reports = tuple(one for one in monthly if has_period(one))
    months = _Months(site, reports, found)
    known = read_months(site)
    names = {name: months.named(name) for month in known.values() for name in month}
    pairs = pair_page(site, known, names)
    return {period_path(one.period): _page(months, at, pairs=bool(pairs)) for at, one in enumerate(reports)} | pairs


def _page(months: _Months, at: int, *, pairs: bool) -> Page:
    site, report = months.site, months.reports[at]
    page, title = period_path(report.period), period_title(report.period)
    around = months.reports[at + 1] if at + 1 < len(months.reports) else None, months.reports[at - 1] if at else None
    summary = para(*stage_chip(report), _made(site, report), class_="ls-summary")
    any_two = [link(site.link(page, PAIRS), _("any two months"), class_="ls-step")] if pairs else []
    ways = tag("nav", *_steps(site, page, around), *any_two, class_="ls-steps", aria_label=_("Other months"))
    top = head(
        _("{month} compared").format(month=title),
        div(summary, ways, class_="ls-bar-of"),
        kicker=link(site.link(page, REPORTS), _("Reports")),
    )
    body = (
        top,
        div(_whole(site, page, report), _points(site, page, report), class_="ls-tiles ls-pair"),
        *(_figures(months, report, one) for one in months.tables[report.period]),
        _note(site, page),
        _changes(report),
    )
    return generated(_("{month} compared").format(month=title), join(body), in_nav=False)


def _made(site: Site, report: ReportFile) -> Html | None:
    if report.made_at is None:
        return None
    return span(_("made {moment}").format(moment=say_moment(report.made_at.astimezone(site.zone))))


def _steps(site: Site, page: str, around: tuple[ReportFile | None, ReportFile | None]) -> Iterator[Html]:
    before, after = around
    if before:
        yield step(site.link(page, period_path(before.period)), "previous", period_title(before.period))
    if after:
        yield step(site.link(page, period_path(after.period)), "next", period_title(after.period), label_first=True)


def _whole(site: Site, page: str, report: ReportFile) -> Html:
    """The reports of the period, each with its files."""
    items = (
        tag(
            "li",
            link(site.link(page, report_path(one)), kind_title(one.name), class_="ls-task"),
            " ",
            *stage_chip(one),
            span(*spaced(list(file_links(site, page, one))), class_="ls-dl"),
        )
        for one in site.given.reports
        if one.period == report.period
    )
    return tile(_("The whole reports"), tag("ul", *items, class_="ls-spaced"), name="report")


def _points(site: Site, page: str, report: ReportFile) -> Html:
    """The report's own strengths and weaknesses."""
    marks = {Side.STRENGTH: ("sent", "good"), Side.WEAKNESS: ("failed", "warn")}
    items = (
        tag(
            "li",
            span(icon(marks[one.side][0]), class_=f"ls-mark ls-{marks[one.side][1]}"),
            span(*with_pillars(site, page, one.text)),
        )
        for one in read_points(report.html)
    )
    return tile(_("What the report says"), tag("ul", *items, class_="ls-state"), name="hint")


def _figures(months: _Months, report: ReportFile, found: Reading) -> Html:
    """One of the report's tables of key figures, with what the other months' own reports said."""
    # As the report calls its columns in the language of the house.
    others = {_("month before"): shift_month(report.period, 1), _("a year ago"): shift_month(report.period, 12)}
    then = {name.casefold(): period for name, period in others.items()}
    periods = [then.get(name.casefold(), "") for name in found.heads]
    rows = (
        row(*(_cell(months, cells, at, name, periods[at]) for at, name in enumerate(found.heads)))
        for cells in found.rows
    )
    anchor = f"figures-{months.tables[report.period].index(found) + 1}"
    return tag(
        "section",
        heading(2, found.caption, anchor),
        table(found.heads, rows, found.caption, numbers=range(1, len(found.heads))),
        aria_labelledby=anchor,
    )


def _cell(months: _Months, cells: Sequence[Said], at: int, name: str, other: str) -> tuple[str, Child]:
    if at == 0:
        return name, tag("b", months.named(cells[0].text))
    said = cells[at]
    then = months.said(other, cells[0].text) if other else ""
    shown = said_cell(said)
    if not then or then == said.text:
        return name, shown
    words = _("reported then: {value}").format(value=then)
    return name, span(shown, tag("small", words), class_="ls-two")


def _note(site: Site, page: str) -> Html:
    words = _(
        "All numbers are those of the month's report; small below a month stands what its own report said, where that was another number."
    )
    more = link(site.link(page, KPI_INDEX), _("What each key figure means")) if site.given.figures else None
    return para(words, " ", more, class_="ls-aside")


def _changes(report: ReportFile) -> Html | None:
    """What is another number than in the report's version before."""
    found = read_tables(report.html, "changes")
    if not found:
        return None
    title = _("What has changed since the version before")
    shown = [table(one.heads, (_changed(one, cells) for cells in one.rows), one.caption) for one in found]
    return tag("section", heading(2, title, "changes"), *shown, aria_labelledby="changes")


def _changed(found: Reading, cells: Sequence[Said]) -> Html:
    return row(*((name, said_cell(cell)) for name, cell in zip(found.heads, cells, strict=True)))
