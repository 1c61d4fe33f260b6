"""Strengths and weaknesses, as the last monthly report and the inbox say them."""

from __future__ import annotations

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.findings import printable
from toolkit.errors import EXIT_CLEAN
from toolkit.messages import _
from toolkit.reports.board import Board, Origin, Side


def board(*, folder: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Each point with its numbers; what fewer than three messages say stands nowhere."""
    # Late: the other verbs of research need neither the inbox nor reports.
    from toolkit.pages.gather import read_reports
    from toolkit.pages.inside import read_board

    context = open_context(folder, now)
    reports = read_reports(context.state / "reports")
    found = read_board(context.load(), context.state, reports, context.environ, context.clock.now())
    if as_json:
        points = [{"side": one.side.value, "origin": one.origin.value, "text": one.text} for one in found.points]
        print_json({"points": points, "messages": found.heard})
        return EXIT_CLEAN
    for line in _lines(found):
        console().print(line, markup=False)
    return EXIT_CLEAN


def _lines(found: Board) -> list[str]:
    titles = {Side.STRENGTH: _("Strengths"), Side.WEAKNESS: _("Weaknesses"), Side.WISH: _("Wishes")}
    origins = {Origin.REPORT: _("report"), Origin.INBOX: _("inbox")}
    lines: list[str] = []
    for side, title in titles.items():
        points = found.on(side)
        lines += (
            [f"{title}:", *(f"  - {printable(one.text)} ({origins[one.origin]})" for one in points)] if points else []
        )
    return lines or [_("neither a monthly report nor the inbox says anything yet")]
