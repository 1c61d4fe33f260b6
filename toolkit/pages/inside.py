"""What only people of the house are shown beside the files: numbers, goals, research, experiments, the inbox, history.

Each comes with arithmetic that takes longer to load than a small site to build, and most workspaces have only some of it.
So it is loaded where there is something for it to read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.community.crisis.reading import read_incidents
from toolkit.community.inbox.place import find_inbox
from toolkit.errors import LeitstandError
from toolkit.pages.feeds.cancelled import read_gone
from toolkit.pages.view import ReportFile, SiteInput
from toolkit.reports.board import Board, read_points
from toolkit.source.revisions import read_revisions
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.community.inbox.finding import Heard


def look_inside(given: SiteInput, state: Path, environ: Mapping[str, str]) -> SiteInput:
    """The input with all that lies in the state folder and concerns nobody outside; its `reports` are there already."""
    workspace, now = given.workspace, given.now
    incidents, unreadable = read_incidents(workspace.tree)
    revisions = read_revisions(workspace.root)
    given = replace(
        given,
        incidents=incidents,
        incident_problems=unreadable,
        revisions=revisions,
        gone=read_gone(workspace, revisions, now),
        board=read_board(workspace, state, given.reports, environ, now),
    )
    measured = (state / "metrics").is_dir()
    given = _with_numbers(given, state) if measured else given
    if measured or any(True for _path in workspace.tree.paths("content/experiments", ".md")):
        from toolkit.pages.results.trying import read_tried

        given = replace(given, tried=read_tried(workspace, state, now))
    if measured or (state / "research").is_dir():
        from toolkit.pages.research.reading import read_research

        given = replace(given, researched=read_research(workspace, state, now))
    if find_inbox(state, workspace.settings, environ).exists():
        from toolkit.pages.home.queues import read_waits

        waits = read_waits(workspace, state, environ, now)
        given = replace(given, waits=waits, heard=read_heard(workspace, state, environ, now))
    return given


def _with_numbers(given: SiteInput, state: Path) -> SiteInput:
    from toolkit.pages.home.ranked import read_ranked
    from toolkit.pages.plan.counting import read_progress
    from toolkit.pages.posts.measured import read_measured
    from toolkit.pages.results.measuring import read_figures

    workspace, now = given.workspace, given.now
    return replace(
        given,
        figures=read_figures(state, ZoneInfo(workspace.settings.timezone), now),
        progress=read_progress(workspace, state, now),
        ranked=read_ranked(workspace, state, now),
        measured=read_measured(workspace, state, now),
    )


def read_board(
    workspace: Workspace, state: Path, reports: Sequence[ReportFile], environ: Mapping[str, str], now: datetime
) -> Board:
    """What the last monthly report and the inbox say, where there are any."""
    report = next((one for one in reports if one.name == "monthly"), None)
    points = list(read_points(report.html)) if report else []
    place = find_inbox(state, workspace.settings, environ)
    if not place.exists():
        return Board(tuple(points))
    from toolkit.community.inbox.book import open_inbox
    from toolkit.reports.heard import hear_points

    with open_inbox(place, now=now, read_only=True) as inbox:
        said, heard = hear_points(inbox, workspace, now)
    return Board((*points, *said), heard)


def read_heard(workspace: Workspace, state: Path, environ: Mapping[str, str], now: datetime) -> dict[str, Heard]:
    """How many conversations stand below each post, in an inbox that is there; nothing where it cannot be read."""
    from toolkit.community.inbox.book import open_inbox
    from toolkit.community.inbox.finding import count_by_post

    try:
        with open_inbox(find_inbox(state, workspace.settings, environ), now=now, read_only=True) as inbox:
            return count_by_post(inbox, now)
    except LeitstandError:  # said where the inbox itself is shown
        return {}
