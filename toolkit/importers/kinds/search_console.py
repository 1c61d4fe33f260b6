"""Google Search Console (CSV, or the ZIP of a performance report): how often the website was found and clicked in Google.

| file | becomes |
|---|---|
| Chart (German: Diagramm): one row per day | of the subject `search`, by the day: `clicks`, `impressions` and `position` |
| Queries, Pages (Suchanfragen, Seiten) | of `search:QUERY` and `search:ADDRESS`, for the whole period of the report: `period_clicks`, `period_impressions`, `period_position` |
| Countries, Devices, Search appearance, Filters | nothing; they are recognised and left out |

`position` is an average, 1 is the top: it can be compared and never added. The click rate is clicks / impressions and is not kept.
The values of queries and pages belong to a period, which the report says elsewhere, and not to a day: they have other names
so that nobody adds them to days. Google leaves rare queries out, so their sum is below that of the days. The last days of a
report are still growing: import it again later, and the newer values count.

English headers are those of public fixtures from 2024 to 2026; German ones are from memory. The position's decimal
mark is the one that the file itself proves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.days import DayFile, read_days_into
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering, Sighting
from toolkit.importers.layout import Column, Kind, Layout, find_tables, match_layout
from toolkit.importers.observed import observed_at
from toolkit.importers.records import Reading, Record
from toolkit.messages import _

TITLE: Final = "Google Search Console"
NETWORK: Final = ""
MENU: Final = Menu(
    en="Search Console → Performance → Search results → Export → Download CSV",
    de="Search Console → Leistung → Suchergebnisse → Exportieren → CSV herunterladen",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "files in public repositories, 2024 to 2026",
    Menu(
        en="the German headers: written from memory, no German file was seen",
        de="die deutschen Spaltennamen: aus dem Gedächtnis, eine deutsche Datei lag nicht vor",
    ),
)
NAME: Final = "search-console"
SEARCH: Final = "search"
_RATE: Final = Column("rate", ("CTR", "Klickrate"), needed=True)
_POSITION: Final = ("Position", "Durchschnittliche Position", "Average position")


def _numbers(before: str = "") -> tuple[Column, ...]:
    return (
        Column(f"{before}clicks", ("Clicks", "Klicks"), Kind.COUNT, needed=True),
        Column(f"{before}impressions", ("Impressions", "Impressionen"), Kind.COUNT, needed=True),
        _RATE,
        Column(f"{before}position", _POSITION, Kind.NUMBER, needed=True),
    )


DAYS: Final = Layout((Column("day", ("Date", "Datum", "Day", "Tag"), Kind.DAY, needed=True), *_numbers()))
WHAT: Final = (
    *("Top queries", "Query", "Queries", "Häufigste Suchanfragen", "Suchanfrage", "Suchanfragen"),
    *("Top pages", "Page", "Pages", "Die häufigsten Seiten", "Häufigste Seiten", "Seite", "Seiten"),
)
PERIOD: Final = Layout((Column("what", WHAT, needed=True), *_numbers("period_")))
OTHERS: Final = (
    Layout((Column("what", ("Country", "Land", "Device", "Gerät", "Search Appearance", "Darstellung in der Suche"), needed=True), *_numbers())),
    Layout((Column("filter", ("Filter",), needed=True), Column("value", ("Value", "Wert"), needed=True))),
)  # fmt: skip


def identify(export: Export) -> Match:
    """By clicks, impressions, rate and position together; the filters by both their columns and nothing else."""
    matches = [match_layout(export, layout) for layout in (DAYS, PERIOD, *OTHERS)]
    if not _is_filters(export):
        matches.pop()
    return max(matches, key=lambda match: (match.fits, match.nearness))


def extract(document: Document) -> Extract:
    """The days, or the queries or pages, of the file."""
    gathering = Gathering(document, NAME)
    read_days_into(gathering, DayFile(NAME, NETWORK, DAYS, SEARCH))
    tables = find_tables(document.export, PERIOD)
    counted = observed_at(document)
    for table in tables:
        for record in Reading(table, gathering).records():
            _read(record, gathering, counted)
    if not tables and not find_tables(document.export, DAYS):
        gathering.remark(_("recognised and left out: only days, queries and pages are taken over"))
    return gathering.extract(table.columns for table in (*tables, *find_tables(document.export, DAYS)))


def _read(record: Record, gathering: Gathering, counted: datetime) -> None:
    what = record.text("what")
    if not what:
        record.problem(record.place("what"), _("the row names no query and no page"))
        return
    sighting = Sighting(f"{SEARCH}:{what}", gathering.document.account, counted)
    gathering.observe_row(record.reading.table.sheet, record.place, sighting, record.numbers())


def _is_filters(export: Export) -> bool:
    return any(len(sheet.rows[0].texts) == 2 for sheet in export.sheets if sheet.rows)
