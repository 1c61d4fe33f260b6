"""Matomo (JSON or CSV of its Reporting API, and the export button below its charts): the website's days and its campaigns.

Reports need days: ``period=day`` and a ``date`` of two days, such as ``2026-11-01,2026-11-30``.

| report | becomes of the day |
|---|---|
| VisitsSummary.get, API.get | `visits`, `visitors`, and where they stand there `page_views`, `downloads`, `conversions` |
| Actions.get | `page_views`, `downloads` |
| Actions.getPageUrls | `leads` and `downloads`, of the pages that ``[conversions]`` names |
| Referrers.getCampaigns, MarketingCampaignsReporting.getName | `visits` and `conversions` of our campaigns |
| MarketingCampaignsReporting.getContent, getId, getSource | `visits` and `conversions` of the posts or accounts that ``[links]`` writes there |

Reports of campaigns have only some of the visits, so the website's total comes from VisitsSummary.get alone. What is in them
and is no campaign of ours is named and left out. Revenue is left out: the shop knows it. `nb_actions` is no page view.
CSV files are UTF-16 as Matomo writes them, with its own names of columns or translated ones; they are read for the
first two reports.

With the table ``[matomo]`` in leitstand.toml `measure` and the daemon fetch these reports themselves, once a day, the first time
three months back; the token is `LEITSTAND_TOKEN_MATOMO`. Matomo's days are those of its website's time zone.

JSON and the names of metrics are documented by Matomo (developer.matomo.org); what campaigns' rows look like
(``segment``) is from its source; translated CSV headers are from memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from toolkit.importers.base import Columns, Document, Extract, Match, Menu
from toolkit.importers.days import DayFile, read_days_into
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering
from toolkit.importers.layout import Column, Kind, Layout, find_tables, match_layout
from toolkit.importers.origins import Tags
from toolkit.importers.problems import file_problem
from toolkit.importers.sharing import Sharing, Whole
from toolkit.importers.structured import Tree, number, read_tree, rows, text
from toolkit.importers.wholedays import WholeDays
from toolkit.messages import _

TITLE: Final = "Matomo"
NETWORK: Final = ""
MENU: Final = Menu(
    en="Matomo → Visitors → Overview, by day → Export → CSV or JSON; or the Reporting API with period=day",
    de="Matomo → Besucher → Übersicht, nach Tagen → Exportieren → CSV oder JSON; oder die Reporting-API mit period=day",
)
EVIDENCE: Final = Evidence(
    Confidence.DOCUMENTED,
    "developer.matomo.org/api-reference/reporting-api",
    Menu(
        en="the translated headers of CSV files: written from memory; the rows of campaigns: from Matomo's source",
        de="die übersetzten Spaltennamen der CSV-Dateien: aus dem Gedächtnis; die Zeilen der Kampagnen: aus Matomos Quelltext",
    ),
)
NAME: Final = "matomo"
LAYOUT: Final = Layout(
    (
        Column("day", ("date", "Datum"), Kind.DAY, needed=True),
        Column("visits", ("nb_visits", "Visits", "Besuche"), Kind.COUNT),
        Column("visitors", ("nb_uniq_visitors", "Unique visitors", "Eindeutige Besucher"), Kind.COUNT),
        Column("page_views", ("nb_pageviews", "Pageviews", "Seitenansichten"), Kind.COUNT),
        Column("downloads", ("nb_downloads",), Kind.COUNT),
        Column("conversions", ("nb_conversions", "Conversions", "Konversionen"), Kind.COUNT),
        Column("actions", ("nb_actions", "Actions", "Aktionen")),
        Column("bounces", ("bounce_count", "Bounces", "Absprünge")),
    ),
    any_of=("actions", "bounces", "visitors", "page_views"),
    foreign=("label", "Sessions", "Sitzungen"),
)
WHOLE: Final = {column.headers[0]: column.name for column in LAYOUT.counted}
PARTS: Final = {"nb_visits": "visits", "nb_conversions": "conversions"}
# Part of a row's segment → which tag its label is.
TAGS: Final = {
    "referrername": "campaign",
    "campaignname": "campaign",
    "campaignsource": "source",
    "campaignmedium": "medium",
    "campaigncontent": "content",
    "campaignid": "id",
    "campaignkeyword": "term",
}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SEGMENT: Final = re.compile(r"(?:referrertype==campaign;)?(\w+)==.*", re.IGNORECASE | re.DOTALL)


def identify(export: Export) -> Match:
    """By days with Matomo's own names of metrics."""
    days = _days(read_tree(export))
    names = {name for _day, found in days for row in _rows(found) for name in row if name.startswith("nb_")}
    return Match(tuple(sorted(names))) if names else match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every day of the file."""
    gathering = Gathering(document, NAME)
    days = _days(read_tree(document.export))
    if days:
        reader = _DayReader(gathering)
        for day, found in days:
            reader.read(day, found)
        return reader.finish()
    read_days_into(gathering, DayFile(NAME, NETWORK, LAYOUT, "site"))
    return gathering.extract(table.columns for table in find_tables(document.export, LAYOUT))


def _days(tree: Tree) -> list[tuple[date, Tree]]:
    """The days of a report; [] where it is none, or one about a longer time."""
    found = []
    for key, value in tree.items() if isinstance(tree, dict) else ():
        try:
            found.append((date.fromisoformat(key if _DAY.fullmatch(key) else ""), value))
        except ValueError:
            return []
    return found


def _rows(found: Tree) -> list[dict[str, Tree]]:
    """The rows of a day; a report without labels is one."""
    return [found] if isinstance(found, dict) else rows(found)


class _DayReader:
    """Reads the days of one report."""

    def __init__(self, gathering: Gathering) -> None:
        account = gathering.document.account
        self.gathering = gathering
        self.days = WholeDays(gathering.document)
        self.whole = Sharing(gathering, Whole("site", account, tagged=False))
        self.parts = Sharing(gathering, Whole("site", account, complete=False))
        self.left_out = 0

    def read(self, day: date, found: Tree) -> None:
        """Take one day over."""
        at = self.days.noon(day)
        for row in _rows(found):
            self.gathering.rows += 1
            known = list(self._amounts(row)) if at is not None else []
            self.left_out += at is not None and not known and not _said(row)
            for sharing, metric, value, tags in known:
                if at is not None:
                    sharing.add(at, metric, value, tags)

    def finish(self) -> Extract:
        """Everything, and what was left out."""
        for sharing in (self.whole, self.parts):
            sharing.finish()
            sharing.say_unknown()
        self.days.say_left_out(self.gathering)
        if self.left_out == self.gathering.rows > 0:
            message = _("rows of this report are neither days of the website, nor campaigns, nor pages: {reports}")
            said = message.format(reports="VisitsSummary.get, Actions.getPageUrls, Referrers.getCampaigns")
            self.gathering.problems.append(file_problem(self.gathering.document.path, said))
        return self.gathering.extract([Columns(WHOLE)])

    def _amounts(self, row: dict[str, Tree]) -> Iterator[tuple[Sharing, str, float, Tags]]:
        if "label" not in row:
            for name, metric in WHOLE.items():
                value = number(row, name)
                if value is not None and value >= 0:
                    yield self.whole, metric, value, Tags()
            return
        tag, label = _tag(row), text(row, "label")
        if tag:
            for name, metric in PARTS.items():
                value = number(row, name)
                if value is not None and value >= 0:
                    yield self.parts, metric, value, Tags(**{tag: label})
        metric = self.gathering.document.tracking.conversions.metric(_page(row))
        hits = number(row, "nb_hits")
        if not tag and metric and hits is not None:
            yield self.whole, metric, hits, Tags()


def _said(row: dict[str, Tree]) -> bool:
    """Whether a row is of a kind that is read, though it has nothing for us."""
    return bool(_page(row)) or bool(_tag(row))


def _tag(row: dict[str, Tree]) -> str:
    match = _SEGMENT.fullmatch(text(row, "segment"))
    return TAGS.get(match[1].casefold(), "") if match and _is_campaign(row) else ""


def _is_campaign(row: dict[str, Tree]) -> bool:
    """Websites and search engines have ``referrerName==`` too."""
    segment = text(row, "segment").casefold()
    return segment.startswith(("referrertype==campaign;", "campaign"))


def _page(row: dict[str, Tree]) -> str:
    """The path of a page's row, as ``[conversions]`` writes it; "" for any other row."""
    address = text(row, "url")
    try:
        return (urlsplit(address).path or "/") if address and "nb_hits" in row else ""
    except ValueError:
        return ""
