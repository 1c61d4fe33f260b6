"""Days of a Facebook page or an Instagram account, as Meta Business Suite exports each of its charts (results CSV).

A line says what is counted (“Facebook follows”), then come Date and Primary; several charts may stand one below the
other. Follows, reach, views, visits, interactions and link clicks become the account's `follows`, `reach`, `views`,
`visits`, `interactions` and `link_clicks` of the day. Follows are new followers and no total. Their chart leaves out
days on which nobody followed, so days between the first and the last that are missing count as 0, and a note says how
many.

English headers and charts are those of real files; German ones were never seen in one. Where Meta's days begin is not
written in the file; its interface for programs ends them at midnight of the Pacific zone, which is 9 in the morning in Germany.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.days import ACCOUNT, channel_of, say_open
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering, Sighting
from toolkit.importers.layout import Column, Kind, Layout, Table, find_table, match_layout, plain_header
from toolkit.importers.meta import DAYS
from toolkit.importers.records import Reading
from toolkit.importers.rows import Row
from toolkit.importers.sheet import Sheet
from toolkit.messages import _, ngettext
from toolkit.values import dataclass

TITLE: Final = "Facebook or Instagram by day (Meta Business Suite, results)"
NETWORK: Final = ""
MENU: Final = Menu(
    en="Meta Business Suite → Insights → Results → a chart → Export → CSV",
    de="Meta Business Suite → Insights → Ergebnisse → ein Diagramm → Exportieren → CSV",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "public descriptions of six charts of one page with 365 days each, 2025-08 to 2026-07",
    DAYS,
)
NAME: Final = "meta-days"
LAYOUT: Final = Layout(
    (
        Column("day", ("Date", "Datum"), Kind.DAY, needed=True),
        Column("value", ("Primary", "Primär", "Hauptwert"), Kind.COUNT, needed=True),
    ),
    slashes="mdy",
)
_NETWORK: Final = re.compile(r"\b(facebook|instagram)\b[\s-]*")
LABELS: Final = {
    **dict.fromkeys(("follows", "new follows", "follower", "neue follower", "new followers"), "follows"),
    **dict.fromkeys(("reach", "page reach", "reichweite", "viewers", "betrachter"), "reach"),
    **dict.fromkeys(("views", "impressions", "aufrufe", "impressionen"), "views"),
    **dict.fromkeys(
        ("visits", "page visits", "profile visits", "besuche", "seitenbesuche", "profilbesuche", "profilaufrufe"),
        "visits",
    ),
    **dict.fromkeys(("content interactions", "interactions", "interaktionen", "content-interaktionen"), "interactions"),
    **dict.fromkeys(("link clicks", "link-klicks", "linkklicks"), "link_clicks"),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of the file: what it counts, of which network ("" unsaid), and its rows."""

    metric: str
    network: str
    table: Table


def identify(export: Export) -> Match:
    """By the two columns Date and Primary."""
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every day of every chart that is known."""
    gathering = Gathering(document, NAME)
    charts = [chart for sheet in document.export.sheets for chart in _charts(sheet, gathering)]
    for chart in charts:
        channel = channel_of(gathering, chart.network, ACCOUNT)
        if channel is not None:
            _observe(gathering, chart, channel)
    return gathering.extract(chart.table.columns for chart in charts)


def _charts(sheet: Sheet, gathering: Gathering) -> Iterator[Chart]:
    heads = [index for index, row in enumerate(sheet.rows) if _is_head(row)]
    for number, at in enumerate(heads):
        # The line above the next header is that chart's name.
        end = heads[number + 1] - 1 if number + 1 < len(heads) else len(sheet.rows)
        table = find_table(Sheet(sheet.path, sheet.rows[at:end], sheet.name, sheet.source), LAYOUT)
        label = _label(sheet.rows[at - 1]) if at else ""
        network = _NETWORK.search(label)
        metric = LABELS.get(_NETWORK.sub("", label).strip(), "")
        if not metric:
            message = _("a chart called {label!r} is unknown; known: {known}")
            known = ", ".join(sorted(LABELS))
            gathering.problem(sheet, sheet.rows[max(at - 1, 0)].cells[0], message.format(label=label, known=known))
        elif table is not None:
            yield Chart(metric, network[1] if network else "", table)


def _is_head(row: Row) -> bool:
    names = {plain_header(text) for text in row.texts}
    return all(any(plain_header(one) in names for one in column.headers) for column in LAYOUT.columns)


def _label(row: Row) -> str:
    filled = [text for text in row.texts if text]
    return plain_header(filled[0]) if len(filled) == 1 else ""


def _observe(gathering: Gathering, chart: Chart, channel: str) -> None:
    days: dict[datetime, float] = {}
    still_open = 0
    for record in Reading(chart.table, gathering).records():
        at, value = record.moment("day"), record.number("value")
        if at is None or value is None:
            continue
        if at > gathering.document.now:
            still_open += 1
            continue
        days[at] = value
        sighting = Sighting(ACCOUNT, channel, at)
        gathering.observe(record.reading.table.sheet, record.place("value"), sighting, chart.metric, value)
    say_open(gathering, still_open)
    if chart.metric == "follows" and days:
        _fill(gathering, channel, days)


def _fill(gathering: Gathering, channel: str, days: dict[datetime, float]) -> None:
    """Add the days on which nobody followed."""
    zone = ZoneInfo(gathering.document.zone)
    wall, end = min(days).astimezone(zone), max(days)
    added = 0
    while wall < end:
        # A day later on the clock: noon stays noon when summer time begins.
        wall = (wall.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
        if wall < end and wall not in days:
            gathering.count(0.0, Sighting(ACCOUNT, channel, wall.astimezone(UTC)), "follows")
            added += 1
    if added:
        message = ngettext(
            "{count} day without new followers is not in the file and counts as 0",
            "{count} days without new followers are not in the file and count as 0",
            added,
        )
        gathering.remark(message)
