"""YouTube Studio (the ZIP of “Advanced mode”, or its CSV files): videos with their totals, and the channel's days.

| file | becomes |
|---|---|
| Table data (German: Tabellendaten) | of each video: `views`, `impressions`, `view_time` (their hours, in seconds), `likes`, `comments`, `shares`, `follows`, `reach` (unique viewers) |
| Totals (Gesamtwerte) | of the channel, by the day: its one chosen metric, such as `views` |
| Chart data (Diagrammdaten) | nothing: it is the same by video and day |

Export it with the period “Lifetime” (Gesamt): the table has what happened *in the period*, so it is a video's total only
if the period begins before the video. Which period it was stands in the ZIP's name; videos that are older are left
out then, and said so. Of a video only the day is known: it counts as published at noon. Revenue, dislikes and rates are left
out. Without an account of the network youtube the channel is called `youtube`.

Headers in English and German are those of public fixtures from 2022 to 2026, German likes, comments and shares those
of a public program that reads such files.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.importers.accounts import UnknownAccountError, find_account
from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.days import DayFile, read_days_into
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering
from toolkit.importers.layout import Column, Kind, Layout, find_tables, match_layout, plain_header
from toolkit.importers.posts import PostFile, read_posts_into
from toolkit.importers.sections import without_totals
from toolkit.messages import _, ngettext
from toolkit.model import Severity

TITLE: Final = "YouTube Studio"
NETWORK: Final = "youtube"
MENU: Final = Menu(
    en="YouTube Studio → Analytics → Advanced mode → Lifetime → Export current view → Comma-separated values",
    de="YouTube Studio → Analytics → Erweiterter Modus → Gesamt → Aktuelle Ansicht exportieren → CSV",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "files in public repositories, 2022 to 2026, and German headers in a public program",
)
NAME: Final = "youtube"
HOURS: Final = "hours"  # becomes view_time
_VIEWS: Final = Column("views", ("Views", "Aufrufe"), Kind.COUNT)
_HOURS: Final = Column(HOURS, ("Watch time (hours)", "Wiedergabezeit (Stunden)"), Kind.NUMBER)
_FOLLOWS: Final = Column("follows", ("Subscribers", "Abonnenten"), Kind.COUNT)
_IMPRESSIONS: Final = ("Impressions", "Impressionen", "Thumbnail impressions", "Thumbnail-Impressionen")
_ID: Final = Column("id", ("Content", "Videos", "Video", "Inhalte", "Inhalt"), needed=True)
_TITLE: Final = Column("title", ("Video title", "Videotitel"), needed=True)
_PUBLISHED: Final = Column(
    "published_at", ("Video publish time", "Veröffentlichungszeitpunkt des Videos"), Kind.DAY, needed=True
)
TABLE: Final = Layout(
    (
        *(_ID, _TITLE, _PUBLISHED, replace(_VIEWS, needed=True), _HOURS, _FOLLOWS),
        Column("impressions", _IMPRESSIONS, Kind.COUNT),
        Column("likes", ("Likes", '"Mag ich"-Bewertungen', "Positive Bewertungen"), Kind.COUNT),
        Column(
            "comments",
            ("Comments added", "Kommentare hinzugefügt", "Hinzugefügte Kommentare", "Kommentare"),
            Kind.COUNT,
        ),
        Column("shares", ("Shares", "Geteilte Inhalte", "Geteilt"), Kind.COUNT),
        Column("reach", ("Unique viewers", "Einzelne Zuschauer"), Kind.COUNT),
    ),
    foreign=("Date", "Datum"),
)
DAYS: Final = Layout(
    (Column("day", ("Date", "Datum"), Kind.DAY, needed=True), _VIEWS, _HOURS, _FOLLOWS, Column("impressions", _IMPRESSIONS, Kind.COUNT))
)  # fmt: skip
CHART: Final = Layout((Column("day", ("Date", "Datum"), Kind.DAY, needed=True), _ID, _TITLE, _PUBLISHED))
TOTALS: Final = ("Total", "Gesamt", "Summe", "Gesamtwert")
_SINCE: Final = re.compile(r"(\d{4}-\d\d-\d\d)_\d{4}-\d\d-\d\d")


def identify(export: Export) -> Match:
    """By a video's title and publish time; the channel's days by a day and one metric of YouTube, and nothing else."""
    matches = [match_layout(export, TABLE), match_layout(export, CHART)]
    known = {plain_header(header) for column in DAYS.columns for header in column.headers}
    heads = [[plain_header(text) for text in sheet.rows[0].texts] for sheet in export.sheets if sheet.rows]
    if heads and all(header in known for header in heads[0]):
        matches.append(match_layout(export, DAYS))
    return max(matches, key=lambda match: (match.fits, match.nearness))


def extract(document: Document) -> Extract:
    """The videos, or the channel's days."""
    document = replace(document, account=_channel(document), opened=_without_totals(document.export))
    gathering = Gathering(document, NAME)
    if find_tables(document.export, CHART):
        gathering.remark(
            _("left out: the same numbers by video and day; the other files of the archive have them in total")
        )
        return gathering.extract()
    tables = find_tables(document.export, TABLE)
    if tables:
        read_posts_into(gathering, PostFile(NAME, NETWORK, TABLE))
        _leave_out_older(gathering, document)
    else:
        read_days_into(gathering, DayFile(NAME, NETWORK, DAYS))
        tables = find_tables(document.export, DAYS)
    _hours_to_seconds(gathering)
    gathering.subjects = {uid: replace(one, format="video") for uid, one in gathering.subjects.items()}
    return gathering.extract(table.columns for table in tables)


def _channel(document: Document) -> str:
    try:
        return find_account(document, NETWORK)
    except UnknownAccountError:
        return NETWORK


def _without_totals(export: Export) -> Export:
    """The export without the row that sums all videos up."""
    tables = {id(table.sheet): without_totals(table, "id", TOTALS) for table in find_tables(export, TABLE)}
    sheets = (
        replace(sheet, rows=(tables[id(sheet)].header, *tables[id(sheet)].rows)) if id(sheet) in tables else sheet
        for sheet in export.sheets
    )
    return replace(export, sheets=tuple(sheets))


def _leave_out_older(gathering: Gathering, document: Document) -> None:
    """Videos that were out before the period began: the rest of their views is not in the file."""
    period = _SINCE.search(document.path)
    if not period:
        return
    try:
        begin = datetime.combine(date.fromisoformat(period[1]), time(), ZoneInfo(document.zone)).astimezone(UTC)
    except ValueError:
        return
    older = {place[0] for place, one in gathering.found.items() if one.published_at and one.published_at < begin}
    for uid in older:
        gathering.forget(uid)
        gathering.subjects.pop(uid, None)
    if older:
        message = ngettext(
            "{count} video is older than the period of the export and left out; choose “Lifetime” as period",
            "{count} videos are older than the period of the export and left out; choose “Lifetime” as period",
            len(older),
        )
        gathering.remark(message, Severity.WARNING)


def _hours_to_seconds(gathering: Gathering) -> None:
    for one in gathering.found.values():
        hours = one.values.pop(HOURS, None)
        if hours is not None:
            one.values["view_time"] = round(hours * 3600, 3)
