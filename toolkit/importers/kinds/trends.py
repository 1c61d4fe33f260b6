"""Google Trends (CSV of “Interest over time”): how much was searched for a word, relative to the chart's own peak.

Each word of the chart becomes the subject `trend:WORD` with the metric `interest`, 0 to 100, one value for each day, or for the
first day of each week or month. 100 is the peak *of this chart*: values of two charts have two scales and cannot be
compared, and no two values are ever added. So the chart is the channel (its period and its words): whoever asks for one
word in two charts gets two series. ``<1`` is kept as 0.5: it is above nothing and below one. Hourly charts and “related
queries” are left out; the last value of a chart is of a week or month that is not over.

The format is that of public fixtures from 2020 to 2026, English and German.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.importers.base import Columns, Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering, Sighting
from toolkit.importers.layout import PREAMBLE, plain_header
from toolkit.importers.problems import file_problem
from toolkit.importers.rows import Cell, Row
from toolkit.importers.sheet import Sheet
from toolkit.messages import _

TITLE: Final = "Google Trends"
NETWORK: Final = ""
MENU: Final = Menu(
    en="trends.google.com → your words → Interest over time → Download (CSV)",
    de="trends.google.de → Ihre Begriffe → Interesse im zeitlichen Verlauf → Herunterladen (CSV)",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "files in public repositories, 2020 to 2026, English and German",
)
NAME: Final = "trends"
STEPS: Final = frozenset({"day", "week", "month", "time", "tag", "woche", "monat", "zeit"})
BELOW_ONE: Final = 0.5
WORDS: Final = 5  # that one chart can have
_WHEN: Final = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_LABEL: Final = re.compile(r"(.+?): \([^()]+\)")


def identify(export: Export) -> Match:
    """By a column of days, weeks or months, and words with a place in brackets: ``kaffee: (Germany)``."""
    head = next((row for sheet in export.sheets for row in sheet.rows[:PREAMBLE] if _is_head(row)), None)
    return Match(head.texts) if head else Match(missing=("Week", "word: (place)"))


def extract(document: Document) -> Extract:
    """Every series of the chart."""
    gathering = Gathering(document, NAME)
    words: list[str] = []
    for sheet in document.export.sheets:
        index = next((at for at, row in enumerate(sheet.rows[:PREAMBLE]) if _is_head(row)), None)
        if index is not None:
            words = list(sheet.rows[index].texts)
            _read(sheet, sheet.rows[index], sheet.rows[index + 1 :], gathering)
    return gathering.extract([Columns(dict.fromkeys(words[1:], "interest"))])


def _is_head(row: Row) -> bool:
    texts = row.texts
    named = [text for text in texts[1:] if _LABEL.fullmatch(text)]
    return plain_header(texts[0]) in STEPS and 0 < len(named) == len(texts) - 1 <= WORDS


def _read(sheet: Sheet, head: Row, rows: Sequence[Row], gathering: Gathering) -> None:
    if not rows:
        gathering.problems.append(file_problem(sheet.path, _("the chart has no values")))
        return
    words = head.texts[1:]
    channel = f"{rows[0].texts[0][:10]}/{rows[-1].texts[0][:10]} {', '.join(words)}"
    for row in rows:
        gathering.rows += 1
        at = _moment(sheet, row, gathering)
        if at is None or at > gathering.document.now:
            continue
        for word, cell in zip(words, row.cells[1:], strict=False):
            value = _value(sheet, cell, gathering)
            if value is not None:
                gathering.observe(sheet, cell, Sighting(f"trend:{word}", channel, at), "interest", value)
        for cell in row.cells[len(head.cells) :]:
            gathering.problem(sheet, cell, _("the row has more cells than the header"))


def _moment(sheet: Sheet, row: Row, gathering: Gathering) -> datetime | None:
    match = _WHEN.fullmatch(row.texts[0])
    try:
        day = datetime(int(match[1]), int(match[2]), int(match[3] or 1), tzinfo=UTC) if match else None
    except ValueError:
        day = None
    if day is None:
        message = _("{text!r} is no day, week or month; choose a period longer than a week")
        gathering.problem(sheet, row.cells[0], message.format(text=row.texts[0]))
        return None
    return datetime.combine(day.date(), time(12), ZoneInfo(gathering.document.zone)).astimezone(UTC)


def _value(sheet: Sheet, cell: Cell, gathering: Gathering) -> float | None:
    if not cell.text:
        return None
    if cell.text.replace(" ", "") == "<1":
        return BELOW_ONE
    value = next(_numbers(cell.text), None)
    if value is None or not 0 <= value <= 100:
        gathering.problem(sheet, cell, _("{text!r} is no number from 0 to 100").format(text=cell.text))
        return None
    return value


def _numbers(text: str) -> Iterator[float]:
    if text.isascii() and text.isdecimal() and len(text) <= 3:
        yield float(text)
