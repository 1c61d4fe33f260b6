"""Google Analytics 4 (CSV of a report or an exploration): the website's days, and what our links brought of them.

An exploration with these rows and values says most: Date, Session source / medium, Session campaign and Session manual ad
content (and Event name or Page path for leads and downloads); Sessions, Views, Active users, Event count, Key events.

| their column | becomes of the day |
|---|---|
| Sessions | `visits`, unless rows are events or pages: one visit has many of these |
| Views | `page_views`, unless rows are events; on pages that `[conversions]` names `leads` and `downloads` |
| Active users | `visitors`, where the table has one row per day; people in several rows would be counted twice |
| Key events | `conversions` |
| Event count | `leads` and `downloads`, of the events that `[conversions]` names |

Session source, medium, campaign and content tell which account, post and campaign brought them, see `toolkit.importers.sharing`;
who came first (First user source) does not. Purchases and revenue are left out: the shop knows them better and they
would be counted twice. A file holds comments (``# Start date: 20261101``) and often several tables: those without a day are left
out, unless the file is about one day only; rows of totals are not added; what two tables say counts once.

Comments, several tables, the totals' row and English headers are those of public fixtures from 2026; German headers are
partly from memory, so where one is missing the file says which columns were ignored.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering
from toolkit.importers.layout import Column, Kind, Layout, Table, match_layout
from toolkit.importers.origins import Tags, plain_tag, source_and_medium
from toolkit.importers.problems import file_problem
from toolkit.importers.records import Reading, Record
from toolkit.importers.sections import comments, find_sections, without_totals
from toolkit.importers.sharing import Sharing, Whole
from toolkit.importers.wholedays import WholeDays
from toolkit.messages import _

TITLE: Final = "Google Analytics 4"
NETWORK: Final = ""
MENU: Final = Menu(
    en="Google Analytics → Explore → Free form, with Date among the rows → Export data → CSV",
    de="Google Analytics → Explorative Datenanalyse → Freies Format, mit Datum in den Zeilen → Daten exportieren → CSV",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "files in public repositories, 2026",
    Menu(
        en="some German headers: written from memory",
        de="einige deutsche Spaltennamen: aus dem Gedächtnis",
    ),
)
NAME: Final = "ga4"
SOURCE_MEDIUM: Final = (
    *("Session source / medium", "Session manual source / medium", "Session source/medium"),
    *("Sitzung – Quelle/Medium", "Sitzung – Quelle / Medium", "Sitzungsquelle/-medium"),  # noqa: RUF001  # as Google writes it
)
LAYOUT: Final = Layout(
    (
        Column("day", ("Date", "Datum"), Kind.DAY),
        Column("nth", ("Nth day", "N-ter Tag", "n-ter Tag", "N. Tag")),
        Column("source_medium", SOURCE_MEDIUM),
        Column("source", ("Session source", "Session manual source", "Sitzung – Quelle")),  # noqa: RUF001  # as Google writes it
        Column("medium", ("Session medium", "Session manual medium", "Sitzung – Medium")),  # noqa: RUF001  # as Google writes it
        Column("campaign", ("Session campaign", "Session manual campaign name", "Sitzung – Kampagne", "Sitzungskampagne")),  # noqa: RUF001  # as Google writes it
        Column("content", ("Session manual ad content", "Sitzung – Manueller Anzeigencontent")),  # noqa: RUF001  # as Google writes it
        Column("term", ("Session manual term", "Sitzung – Manuell festgelegter Begriff")),  # noqa: RUF001  # as Google writes it
        Column("event", ("Event name", "Ereignisname")),
        Column("page", ("Page path", "Page path and screen class", "Page path + query string", "Seitenpfad und Bildschirmklasse", "Seitenpfad")),
        Column("visits", ("Sessions", "Sitzungen"), Kind.COUNT),
        Column("visitors", ("Active users", "Aktive Nutzer"), Kind.COUNT),
        Column("page_views", ("Views", "Aufrufe"), Kind.COUNT),
        Column("conversions", ("Key events", "Conversions", "Schlüsselereignisse"), Kind.NUMBER),
        Column("events", ("Event count", "Anzahl Ereignisse", "Ereignisanzahl", "Anzahl der Ereignisse"), Kind.COUNT),
    )
)  # fmt: skip
# Without comments, as from a spreadsheet, only this is certainly Google's.
BARE: Final = replace(LAYOUT, any_of=("visits",), columns=tuple(
    replace(column, needed=column.name in ("day", "visits")) for column in LAYOUT.columns
))  # fmt: skip
TAGGED: Final = ("source_medium", "source", "campaign", "content")
TOTALS: Final = ("Grand total", "Total", "Totals", "Gesamtsumme", "Gesamt", "Summe")
_BOUND: Final = re.compile(r"(start|end)[a-z ]*\W+(\d{8})", re.IGNORECASE)
_PERIOD: Final = re.compile(r"(\d{8})-(\d{8})")


def identify(export: Export) -> Match:
    """By the comments that name a period, or by a day, sessions and where these came from."""
    if any(_period(comments(sheet)) for sheet in export.sheets):
        return Match(("# Start date",))
    return match_layout(export, BARE)


def extract(document: Document) -> Extract:
    """Every day of every table that has days."""
    gathering = Gathering(document, NAME)
    days = WholeDays(document)
    tables = [table for sheet in document.export.sheets for table in find_sections(sheet, LAYOUT)]
    period = next((found for sheet in document.export.sheets if (found := _period(comments(sheet)))), None)
    readers = [_TableReader(gathering, days, table, period) for table in tables]
    dated = [reader for reader in readers if reader.dated]
    if not dated:
        message = _("no table says which day its numbers are of; add Date (Datum) to the rows, and export it again")
        gathering.problems.append(file_problem(document.path, message))
    # Tables that say where visits came from stand first: what others say again counts no more.
    for reader in sorted(dated, key=lambda one: not one.sharing.whole.tagged):
        reader.read()
    days.say_left_out(gathering)
    return gathering.extract(reader.table.columns for reader in dated)


def _period(lines: list[str]) -> tuple[date, date] | None:
    """The first and the last day that the comments name."""
    bounds = {match[1].casefold(): match[2] for line in lines if (match := _BOUND.match(line))}
    both = next((match.groups() for line in lines if (match := _PERIOD.fullmatch(line))), None)
    first, last = both or (bounds.get("start", ""), bounds.get("end", ""))
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None


class _TableReader:
    """Reads one table, whose numbers are shared out on their own."""

    def __init__(self, gathering: Gathering, days: WholeDays, table: Table, period: tuple[date, date] | None) -> None:
        self.days = days
        self.period = period
        self.day = next((name for name in ("day", "nth") if name in table.places), "")
        self.table = without_totals(table, self.day, TOTALS) if self.day else table
        tagged = any(name in table.places for name in TAGGED)
        self.sharing = Sharing(gathering, Whole("site", gathering.document.account, tagged=tagged))

    @property
    def dated(self) -> bool:
        """Whether the day of every row is known."""
        alone = self.period is not None and self.period[0] == self.period[1]
        return self.day == "day" or (self.period is not None and self.day == "nth") or (alone and not self.day)

    def read(self) -> None:
        """Take the table over."""
        records = list(Reading(self.table, self.sharing.gathering).records())
        moments = [self._moment(record) for record in records]
        once = len(set(moments)) == len(moments)
        for record, moment in zip(records, moments, strict=True):
            at = self.days.noon(moment) if moment is not None else None
            if at is not None:
                tags = _tags(record)
                for metric, value in self._amounts(record, once=once):
                    self.sharing.add(at, metric, value, tags)
        self.sharing.finish()
        self.sharing.say_unknown()

    def _moment(self, record: Record) -> datetime | date | None:
        if self.day == "day":
            return record.moment("day")
        if self.period is None or not self.day:
            return self.period[0] if self.period else None
        nth = record.text("nth")
        if nth.isdecimal() and len(nth) < 6:
            return self.period[0] + timedelta(days=int(nth))
        record.problem(record.place("nth"), _("{text!r} is no number of a day").format(text=nth))
        return None

    def _amounts(self, record: Record, *, once: bool) -> list[tuple[str, float]]:
        """What a row adds to the day; `once` says that the table has one row per day."""
        places = self.table.places
        views = record.number("page_views")
        found = {
            "visits": record.number("visits") if not {"event", "page"} & places.keys() else None,
            "visitors": record.number("visitors") if once else None,
            "page_views": views if "event" not in places else None,
            "conversions": record.number("conversions"),
        }
        policy = self.sharing.gathering.document.tracking.conversions
        event, page = policy.metric(record.text("event")), policy.metric(record.text("page"))
        if "event" in places:
            found[event] = record.number("events")
        elif "page" in places:
            found[page] = views
        return [(metric, value) for metric, value in found.items() if metric and value is not None]


def _tags(record: Record) -> Tags:
    source, medium = source_and_medium(record.text("source_medium"))
    return Tags(
        plain_tag(record.text("source") or source),
        plain_tag(record.text("medium") or medium),
        # Google calls the rest of the channels' traffic so, in brackets.
        "" if record.text("campaign").startswith("(") else record.text("campaign"),
        plain_tag(record.text("content")),
        plain_tag(record.text("term")),
    )
