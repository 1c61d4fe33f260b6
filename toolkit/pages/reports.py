"""Finished reports: an index of what lies in the state directory, each linked as it was made."""

from __future__ import annotations

from toolkit.dates import say_moment
from toolkit.messages import _
from toolkit.pages.markup import Html, heading, join, link, para, tag
from toolkit.pages.paths import HOME, REPORTS
from toolkit.pages.pieces import empty, facts, head
from toolkit.pages.view import Page, ReportFile, Site, generated


def report_path(report: ReportFile) -> str:
    """Where the site keeps a report's HTML."""
    return f"reports/{report.name}/{report.period}/index.html"


def report_assets(site: Site) -> dict[str, bytes]:
    """The reports' own HTML."""
    return {report_path(report): report.html for report in site.given.reports}


def reports_page(site: Site) -> Page:
    """All reports, latest first."""
    title = _("Reports")
    boxes = [report_box(site, REPORTS, report) for report in site.given.reports]
    shown = tag("ul", *boxes, class_="ls-boxes") if boxes else empty(_("No report has been made yet: leitstand report"))
    return generated(title, join((head(title), shown)), search=False)


def report_box(site: Site, page: str, report: ReportFile) -> Html:
    """One report with what its manifest says."""
    title = link(site.link(page, report_path(report)), report.title)
    made = (
        para(_("made {moment}").format(moment=say_moment(report.made_at.astimezone(site.zone))))
        if report.made_at
        else None
    )
    level = 3 if page == HOME else 2
    return tag("li", heading(level, title), made, facts(report.facts.items()), class_="ls-campaign")
