"""The archive of finished reports: a row for each period, what it is worth, and everything there is to take away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from toolkit.dates import say_moment
from toolkit.messages import _
from toolkit.pages.markup import Child, Html, heading, join, link, para, span, tag
from toolkit.pages.media import Copied
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import CAMPAIGNS, HOME, PAIRS, REPORTS, period_path
from toolkit.pages.pieces import empty, facts, head, spaced
from toolkit.pages.results.frames import as_published
from toolkit.pages.results.pairs import read_months
from toolkit.pages.results.readings import read_tables
from toolkit.pages.tables import row, table
from toolkit.pages.view import ReportFile, Site
from toolkit.reports.titles import period_title, report_title

_KINDS: Final[Mapping[str, str]] = {".pdf": "PDF", ".xlsx": "XLSX", ".zip": "CSV"}
_ORDER: Final = ("handover", "monthly", "channel", "campaign", "competitors", "experiment", "year", "review")


def report_path(report: ReportFile) -> str:
    """Where the site keeps a report's HTML."""
    return f"reports/{report.name}/{report.period}/index.html"


def file_path(report: ReportFile, file: Path) -> str:
    """Where the site keeps a report's PDF, workbook or CSV."""
    return f"reports/{report.name}/{report.period}/{file.name}"


def report_assets(site: Site) -> dict[str, bytes | Copied]:
    """The reports' own HTML and the files beside it."""
    language = site.settings.interface
    pages: dict[str, bytes | Copied] = {
        report_path(one): as_published(one.html, one.title, language) for one in site.given.reports
    }
    return pages | {file_path(one, file): Copied(file) for one in site.given.reports for file in one.files}


def reports_page(site: Site) -> Page:
    """All reports, latest first, below a heading for each kind when there are several."""
    title, reports = _("Reports"), site.given.reports
    if not reports:
        return generated(
            title, join((head(title), empty(_("No report has been made yet: leitstand report")))), search=False
        )
    kinds = sorted({report.name for report in reports}, key=_rank)
    parts = [_kind(site, name, alone=len(kinds) == 1) for name in kinds]
    overview = [_overview(site, kinds)] if len(reports) > 1 else []
    top = head(title, _comparisons(site))
    return generated(title, join((top, *overview, *parts)), search=False)


def _comparisons(site: Site) -> Html | None:
    """Where two of a kind stand beside each other: months with their change, campaigns on one line and one scale."""
    ways = (
        (PAIRS, _("Compare any two months"), len(read_months(site)) > 1),
        (CAMPAIGNS, _("Campaigns beside each other"), len(site.workspace.campaigns) > 1),
    )
    shown = [link(site.link(REPORTS, path), words, class_="ls-step") for path, words, has in ways if has]
    return para(*spaced(shown), class_="ls-summary") if shown else None


def _overview(site: Site, kinds: Sequence[str]) -> Html:
    """The months below each other, latest first, and in each what it is worth and what there is to take away."""
    known = {(report.period, report.name): report for report in site.given.reports}
    periods = sorted({period for period, _name in known}, reverse=True)
    heads = (_("Period"), *map(kind_title, kinds))
    rows = (
        row(
            (heads[0], _period(site, period, known)),
            *((head, _cell(site, known.get((period, kind)))) for head, kind in zip(heads[1:], kinds, strict=True)),
        )
        for period in periods
    )
    return table(heads, rows, _("All reports"))


def has_period(report: ReportFile) -> bool:
    """Whether there is a page that puts its numbers beside other months."""
    return report.name == "monthly" and bool(read_tables(report.html, "kpis"))


def _compared(site: Site, page: str, report: ReportFile) -> Html | None:
    if not has_period(report):
        return None
    words = _("beside the month before and a year ago")
    return para(link(site.link(page, period_path(report.period)), words))


def _period(site: Site, period: str, known: Mapping[tuple[str, str], ReportFile]) -> Html:
    """The month, which leads to its numbers beside other months where its report has them."""
    title, monthly = period_title(period), known.get((period, "monthly"))
    if monthly is None or not has_period(monthly):
        return span(title)
    changed = span(_("other numbers than before"), class_="ls-chip ls-info") if monthly.before else None
    return span(link(site.link(REPORTS, period_path(period)), title), changed, class_="ls-two")


def _rank(name: str) -> tuple[int, str]:
    """What everybody reads first stands first; own reports come last, by their names."""
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER)), name


def kind_title(name: str) -> str:
    """A kind of report in a heading, where no month follows."""
    return _("Year") if name == "year" else report_title(name)


def _cell(site: Site, report: ReportFile | None) -> Child:
    if report is None:
        return "\N{EN DASH}"
    said = _("{title} as {kind}").format(title=report.title, kind="HTML")
    page = link(site.link(REPORTS, report_path(report)), "HTML", aria_label=said)
    return span(*spaced((*stage_chip(report), page, *file_links(site, REPORTS, report))), class_="ls-dl")


def _kind(site: Site, name: str, *, alone: bool) -> Html:
    reports = [report for report in site.given.reports if report.name == name]
    boxes = [report_box(site, REPORTS, report, level=2 if alone else 3) for report in reports]
    shown = tag("ul", *boxes, class_="ls-boxes ls-thirds")
    if alone:
        return shown
    return tag("section", heading(2, kind_title(name), f"report-{name}"), shown, class_="ls-reports")


def report_box(site: Site, page: str, report: ReportFile, level: int = 3) -> Html:
    """One report with its stage, what its manifest says, and its files."""
    title = link(site.link(page, report_path(report)), report.title)
    files = list(file_links(site, page, report))
    taken = para(*spaced(files), class_="ls-channels") if files else None
    return tag(
        "li",
        heading(3 if page == HOME else level, join((title, " ", *stage_chip(report)))),
        _made(site, report),
        _compared(site, page, report),
        taken,
        facts((name, period_title(said) if said == report.period else said) for name, said in report.facts.items()),
        class_="ls-campaign",
    )


def _made(site: Site, report: ReportFile) -> Html | None:
    """When it was made, and which version it takes the place of."""
    if report.made_at is None:
        return None
    made = say_moment(report.made_at.astimezone(site.zone))
    if report.before is None:
        return para(_("made {moment}").format(moment=made))
    words = _("made {moment}; with other numbers than the version of {before}; the report names them")
    return para(words.format(moment=made, before=say_moment(report.before.astimezone(site.zone))))


def stage_chip(report: ReportFile) -> Iterator[Html]:
    """Whether it is provisional or final; nothing where it does not say so."""
    words = {"provisional": _("provisional"), "final": _("final")}
    if report.stage in words:
        yield span(words[report.stage], class_=f"ls-chip ls-{'good' if report.stage == 'final' else 'warn'}")


def file_links(site: Site, page: str, report: ReportFile) -> Iterator[Html]:
    """A link to each file, which says what it is of to whoever hears only the link."""
    for file in report.files:
        said = _("{title} as {kind}").format(title=report.title, kind=_KINDS[file.suffix])
        yield link(site.link(page, file_path(report, file)), _KINDS[file.suffix], aria_label=said, download=file.name)
