"""The general CSV file: one row per observation. Web statistics and shop sales use it with other subjects.

The header names the columns, in any order; upper and lower case are the same.

| column | needed | what it holds |
|---|---|---|
| `subject` or `uid` | yes | the post's uid (or the network's own id); `account` for followers; `site` or `shop` for visits and sales; `campaign:NAME` for those that came through a campaign's links; `competitor:NAME` |
| `metric` | yes | `likes`, `comments`, `shares`, `views`, `reach`, `view_time` (seconds), `followers`, `downloads`, `visits`, `orders`, `revenue`, `interactions`, `posts` … |
| `value` | yes | a number; empty means *not delivered*, which is not zero |
| `observed_at` | yes | when it was counted: `2026-10-31 07:30`, `2026-10-31T07:30+01:00` or `31.10.2026 07:30`; a bare day means its noon |
| `channel` | for posts and accounts | the account's name in leitstand.toml, unless `--account` gives it |
| `published_at` | for posts | when the post went out, with a time of day; without it a post has no age and is left out of comparisons at equal age |
| `title`, `format`, `pillar`, `campaign`, `url` | no | what reports say about posts that have no file in the workspace |
| `paid` | no | `yes` or `no`: whether reach was bought for the post; empty means that nobody says |

Comma, semicolon or tab separate; a `sep=;` line may stand first; UTF-8, with or without a byte order mark. Decimal
commas and points are both read; `1.234` and `1,234` can mean two numbers and are refused unless the column's other
numbers prove which one it is. The same columns are read from a sheet of XLSX or XLS. Times without
an offset are wall times in the workspace's zone. A post's values and an account's followers are totals so far; all
others are the amount of that day.

    subject;channel;metric;value;observed_at;published_at
    01JDK3V7Q2M8X4T6R9A0B1C2D3;mastodon;likes;12;2026-12-02 07:30;2026-12-01 07:30
    account;mastodon;followers;1840;2026-12-02;
    shop;;revenue;512,40;2026-12-02;
"""  # fmt: skip

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from difflib import get_close_matches
from typing import Final

from toolkit.importers.base import Columns, Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.figures import decimal_mark, is_absent, read_figure
from toolkit.importers.problems import missing_columns
from toolkit.importers.rows import Cell, Row
from toolkit.importers.sheet import Sheet
from toolkit.importers.values import UnreadableError, read_moment
from toolkit.messages import _
from toolkit.model import Observation, Problem, Severity, Subject
from toolkit.values import dataclass

TITLE: Final = "CSV, one row per observation"
NETWORK: Final = ""
MENU: Final = Menu(
    en="write it yourself, in any spreadsheet; the columns are described in the reference of imports",
    de="schreib sie selbst, in jeder Tabellenkalkulation; die Spalten stehen in der Referenz der Importe",
)
EVIDENCE: Final = Evidence(Confidence.TESTED, "our own format")
NEEDED: Final = ("subject", "metric", "value", "observed_at")
ABOUT: Final = ("title", "format", "pillar", "campaign", "url", "paid")
PAID: Final = {**dict.fromkeys(("yes", "ja", "true", "1"), True), **dict.fromkeys(("no", "nein", "false", "0"), False)}
COLUMNS: Final = (*NEEDED, "channel", "published_at", *ABOUT)
SIGNED: Final = frozenset({"revenue"})  # refunds can outweigh a day's sales; nothing else is ever negative
_WITHOUT_CHANNEL: Final = ("site", "shop", "campaign:", "competitor:")
_METRIC: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")

Key = tuple[str, str, str, datetime]


def identify(export: Export) -> Match:
    """By the columns subject, metric and value; `observed_at` may be missing and is a problem then."""
    heads = [_names(sheet.rows[0]) for sheet in export.sheets if sheet.rows]
    matches = [Match(_known(names), tuple(name for name in NEEDED[:3] if name not in names)) for names in heads]
    return max(matches, key=lambda match: (match.fits, match.nearness), default=Match((), NEEDED[:3]))


def extract(document: Document) -> Extract:
    """Every observation of the file, and a problem with its place for every row that has none."""
    export = document.export
    problems = list(export.problems)
    sheet = next((one for one in export.sheets if one.rows and "subject" in _names(one.rows[0])), None)
    if sheet is None:
        return Extract((), tuple(problems))
    reader = _Reader(document, document.import_id, sheet, problems)
    header, *rows = sheet.rows
    if not reader.read_header(header):
        return Extract((), tuple(problems))
    at = reader.names.index("value")
    reader.mark = decimal_mark(row.cells[at].text for row in rows if len(row.cells) > at)
    for row in rows:
        if row.texts != header.texts:  # files were put together
            reader.read(row)
    columns = Columns(
        {cell.text: name for cell, name in zip(header.cells, reader.names, strict=True) if name in COLUMNS}
    )
    return Extract(
        tuple(reader.found.values()), tuple(problems), tuple(reader.subjects.values()), columns, rows=len(rows)
    )


def _known(names: list[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in COLUMNS)


def _names(header: Row) -> list[str]:
    names = [cell.text.lower() for cell in header.cells]
    return ["subject" if name == "uid" else name for name in names]


@dataclass
class _Reader:
    """Reads rows one after the other and remembers what it saw."""

    document: Document
    import_id: str
    sheet: Sheet
    problems: list[Problem]
    mark: str = ""  # the decimal mark that the values prove together
    names: list[str] = field(default_factory=list)
    found: dict[Key, Observation] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)

    def problem(self, cell: Cell, message: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(self.sheet.problem(cell, message, severity))

    def read_header(self, header: Row) -> bool:
        """Whether all needed columns are there, each once."""
        self.names = _names(header)
        usable = True
        for index, (name, cell) in enumerate(zip(self.names, header.cells, strict=True)):
            if name in self.names[:index]:
                self.problem(cell, _("the column {name} stands here twice").format(name=name))
                usable = False
            elif name not in COLUMNS:
                close = get_close_matches(name, COLUMNS, n=1)
                hint = _("; did you mean {close}?").format(close=close[0]) if close else ""
                message = _("the column {name!r} is unknown and left out").format(name=cell.text)
                self.problem(cell, message + hint, Severity.WARNING)
        missing = [name for name in NEEDED if name not in self.names]
        if missing:
            self.problem(header.cells[0], missing_columns(missing))
        return usable and not missing

    def read(self, row: Row) -> None:
        """Take over one row, or note why not."""
        if row.broken is not None:
            self.problem(Cell("", row.broken, row.broken + 1), _("a stray quote; double it and quote the whole cell"))
        elif len(row.cells) != len(self.names):
            message = _("{found} cells, but the header has {wanted}")
            self.problem(row.cells[0], message.format(found=len(row.cells), wanted=len(self.names)))
        else:
            cells = dict(zip(self.names, row.cells, strict=True))
            before = len(self.problems)
            observation = self._observation(cells)
            if observation is not None and len(self.problems) == before:
                self._keep(observation, cells)

    def _observation(self, cells: Mapping[str, Cell]) -> Observation | None:
        subject, metric = self._text(cells, "subject", needed=True), self._metric(cells["metric"])
        observed = self._moment(cells["observed_at"], day_is_enough=True)
        published = self._moment(cells.get("published_at"), day_is_enough=False)
        value = self._number(cells["value"], metric)
        channel = self._channel(cells, subject)
        if value is None or observed is None:
            return None
        if observed > self.document.now:
            self.problem(cells["observed_at"], _("observed in the future"))
        if published is not None and observed < published:
            self.problem(cells["observed_at"], _("observed before the post was published"))
        return Observation(subject, channel, metric, value, observed, published, "csv", self.import_id)

    def _keep(self, observation: Observation, cells: Mapping[str, Cell]) -> None:
        key = (observation.subject, observation.channel, observation.metric, observation.observed_at)
        earlier = self.found.setdefault(key, observation)
        if earlier.value != observation.value:
            message = _("another row says {value:g} for the same moment; keep one")
            self.problem(cells["value"], message.format(value=earlier.value))
        elif earlier is not observation:
            self.problem(cells["subject"], _("the same row stands here twice"), Severity.WARNING)
        about = {name: cells[name].text for name in ABOUT if name in cells}
        if any(about.values()):
            self.subjects.setdefault(
                observation.subject,
                Subject(
                    observation.subject,
                    title=about.get("title", ""),
                    format=about.get("format", ""),
                    pillar=about.get("pillar", ""),
                    campaign=about.get("campaign", ""),
                    url=about.get("url", ""),
                    paid=self._paid(cells.get("paid")),
                ),
            )

    def _paid(self, cell: Cell | None) -> bool | None:
        if cell is None or not cell.text:
            return None
        if cell.text.casefold() not in PAID:
            message = _("whether reach was bought is yes or no, not {text!r}; for this post it counts as unknown")
            self.problem(cell, message.format(text=cell.text), Severity.WARNING)
        return PAID.get(cell.text.casefold())

    def _text(self, cells: Mapping[str, Cell], name: str, *, needed: bool = False) -> str:
        cell = cells.get(name)
        if needed and cell is not None and not cell.text:
            self.problem(cell, _("{name} is empty").format(name=name))
        return cell.text if cell else ""

    def _metric(self, cell: Cell) -> str:
        if _METRIC.fullmatch(cell.text) is None:
            message = _("a metric is lower-case letters, digits and underscores such as view_time, not {name!r}")
            self.problem(cell, message.format(name=cell.text))
        return cell.text

    def _channel(self, cells: Mapping[str, Cell], subject: str) -> str:
        channel = self._text(cells, "channel") or self.document.account
        if not channel and not subject.startswith(_WITHOUT_CHANNEL):
            self.problem(cells.get("channel", cells["subject"]), _("no channel; fill the column or use --account"))
        known = self.document.accounts
        if channel and known and channel not in known and not subject.startswith(_WITHOUT_CHANNEL):
            message = _("{channel!r} is no account of this workspace; known: {known}")
            self.problem(
                cells.get("channel", cells["subject"]), message.format(channel=channel, known=", ".join(sorted(known)))
            )
        return channel

    def _number(self, cell: Cell, metric: str) -> float | None:
        if is_absent(cell.text):
            return None
        try:
            value = cell.value if isinstance(cell.value, float) else read_figure(cell.text, self.mark)
        except UnreadableError as error:
            self.problem(cell, str(error))
            return None
        if value < 0 and metric not in SIGNED:
            self.problem(cell, _("{metric} cannot be negative").format(metric=metric))
        return value

    def _moment(self, cell: Cell | None, *, day_is_enough: bool) -> datetime | None:
        if cell is None or (not cell.text and not day_is_enough):
            return None
        try:
            zone = (self.document.times if ":" in cell.text else "") or self.document.zone
            return read_moment(cell.text, zone, day_is_enough=day_is_enough)
        except UnreadableError as error:
            self.problem(cell, str(error))
            return None
