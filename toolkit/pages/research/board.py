"""The board of strengths and weaknesses: what reports measured and what people say, side by side, each with its number."""

from __future__ import annotations

from toolkit.messages import _, ngettext
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, heading, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import BOARD, REPORTS
from toolkit.pages.pieces import empty, head
from toolkit.pages.plan.pillars import with_pillars
from toolkit.pages.research.tabs import has_board
from toolkit.pages.results.readings import latest_report
from toolkit.pages.results.reports import report_path
from toolkit.pages.view import Site
from toolkit.reports.board import Board, Origin, Point, Side
from toolkit.reports.titles import period_title


def board_page(site: Site) -> dict[str, Page]:
    """The page, as soon as a report or the inbox says anything."""
    board = site.given.board
    if not has_board(site):
        return {}
    title = _("Strengths and weaknesses")
    columns = (
        _column(site, Side.STRENGTH, _("Strengths"), "sent"),
        _column(site, Side.WEAKNESS, _("Weaknesses"), "failed"),
        _column(site, Side.WISH, _("Wishes"), "hint") if board.on(Side.WISH) else None,
    )
    body = (
        head(title, para(_sources(site, board), class_="ls-summary")),
        tag("div", *columns, class_="ls-tiles"),
    )
    return {BOARD: generated(title, join(body))}


def _sources(site: Site, board: Board) -> Html:
    """Where the points come from."""
    parts = []
    if any(one.origin is Origin.REPORT for one in board.points):
        report = latest_report(site)
        said = _("Report of {period}").format(period=period_title(report.period)) if report else _("Report")
        parts.append(link(site.link(BOARD, report_path(report) if report else REPORTS), said))
    if board.heard:
        words = ngettext(
            "{count} message of the last four weeks", "{count} messages of the last four weeks", board.heard
        )
        parts.append(span(words))
    return join(parts)


def _column(site: Site, side: Side, title: str, name: str) -> Html:
    found = site.given.board.on(side)
    top = heading(2, join((icon(name), span(title))), side.value)
    shown = (
        tag("ul", *(_point(site, one) for one in found), class_="ls-points")
        if found
        else empty(_("The numbers say nothing here yet."))
    )
    wide = " ls-wide" if side is Side.WISH else ""
    return tag("section", top, shown, class_=f"ls-tile{wide}", aria_labelledby=side.value)


def _point(site: Site, point: Point) -> Html:
    words = {Origin.REPORT: _("report"), Origin.INBOX: _("inbox")}
    chip = span(words[point.origin], class_="ls-chip ls-quiet")
    shown = span(*with_pillars(site, BOARD, point.text)) if point.origin is Origin.REPORT else span(point.text)
    return tag("li", shown, " ", chip)
