"""The archive of finished reports: a row for each period, what it is worth, and everything there is to take away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from toolkit.dates import say_moment
from toolkit.messages import _
from toolkit.pages.markup import Html, heading, join, link, para, span, tag
from toolkit.pages.media import Copied
from toolkit.pages.paths import HOME, REPORTS
from toolkit.pages.pieces import empty, facts, head, spaced
from toolkit.pages.view import Page, ReportFile, Site, generated

_KINDS: Final[Mapping[str, str]] = {".pdf": "PDF", ".xlsx": "XLSX", ".zip": "CSV"}


def report_path(report: ReportFile) -> str:
    """Where the site keeps a report's HTML."""
    return f"reports/{report.name}/{report.period}/index.html"


def file_path(report: ReportFile, file: Path) -> str:
    """Where the site keeps a report's PDF, workbook or CSV."""
    return f"reports/{report.name}/{report.period}/{file.name}"


def report_assets(site: Site) -> dict[str, bytes | Copied]:
    """The reports' own HTML and the files beside it."""
    pages: dict[str, bytes | Copied] = {report_path(report): report.html for report in site.given.reports}
    return pages | {file_path(one, file): Copied(file) for one in site.given.reports for file in one.files}


def reports_page(site: Site) -> Page:
    """All reports, latest first, below a heading for each kind when there are several."""
    title, reports = _("Reports"), site.given.reports
    if not reports:
        return generated(
            title, join((head(title), empty(_("No report has been made yet: leitstand report")))), search=False
        )
    kinds = dict.fromkeys(report.name for report in reports)
    parts = (_kind(site, name, alone=len(kinds) == 1) for name in kinds)
    return generated(title, join((head(title), *parts)), search=False)


def _kind(site: Site, name: str, *, alone: bool) -> Html:
    reports = [report for report in site.given.reports if report.name == name]
    boxes = [report_box(site, REPORTS, report, level=2 if alone else 3) for report in reports]
    shown = tag("ul", *boxes, class_="ls-boxes")
    return shown if alone else tag("section", heading(2, name, f"report-{name}"), shown)


def report_box(site: Site, page: str, report: ReportFile, level: int = 3) -> Html:
    """One report with its stage, what its manifest says, and its files."""
    title = link(site.link(page, report_path(report)), report.title)
    made = (
        para(_("made {moment}").format(moment=say_moment(report.made_at.astimezone(site.zone))))
        if report.made_at
        else None
    )
    files = list(_files(site, page, report))
    taken = para(*spaced(files), class_="ls-channels") if files else None
    return tag(
        "li",
        heading(3 if page == HOME else level, join((title, *_stage(report)))),
        made,
        taken,
        facts(report.facts.items()),
        class_="ls-campaign",
    )


def _stage(report: ReportFile) -> Iterator[Html | str]:
    words = {"provisional": _("provisional"), "final": _("final")}
    if report.stage in words:
        yield " "
        yield span(words[report.stage], class_=f"ls-chip ls-{'good' if report.stage == 'final' else 'warn'}")


def _files(site: Site, page: str, report: ReportFile) -> Iterator[Html]:
    """A link to each file, which says what it is of to whoever hears only the link."""
    for file in report.files:
        said = _("{title} as {kind}").format(title=report.title, kind=_KINDS[file.suffix])
        yield link(site.link(page, file_path(report, file)), _KINDS[file.suffix], aria_label=said, download=file.name)
