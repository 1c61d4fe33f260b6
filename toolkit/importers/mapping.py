"""Any table by a mapping: a small TOML file says what its columns are.

It lies beside the table under its whole name (``clicks.csv`` and ``clicks.csv.toml``) or is named with ``--mapping``.

    rows = "posts"                 # posts: one row per post, totals so far; days: one row per day
    network = "mastodon"           # posts: whose ids these are; tells the account where there is one of that network
    # subject = "site"             # days: account (the default), site, shop or campaign:NAME
    # decimal = ","                # where the numbers prove no decimal mark themselves
    # dates = "dmy"                # dmy or mdy, where days with slashes prove no order themselves

    [columns]                      # ours = theirs, or several that are the same
    id = "Beitrag"
    published_at = "Gesendet am"
    likes = ["Gefällt mir", "Likes"]
    clicks = "Klicks"

Posts know `id` and `url` (one of them is needed), `published_at`, `title`, `description`, `format`, `campaign`,
`page_id`, `page_name` and `username`; days need `day`. Every other name is a metric.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import field
from difflib import get_close_matches
from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.days import ACCOUNT, DayFile, read_days
from toolkit.importers.encoding import read_text
from toolkit.importers.export import Export
from toolkit.importers.layout import Column, Kind, Layout, match_layout
from toolkit.importers.moments import DAY_FIRST, MONTH_FIRST
from toolkit.importers.posts import PostFile, read_posts
from toolkit.importers.problems import RULE
from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText
from toolkit.values import dataclass

SUFFIX: Final = ".toml"  # after the table's whole name
KEYS: Final = ("rows", "network", "subject", "decimal", "dates", "columns")
POST_NAMES: Final = (
    *("id", "url", "published_at", "title", "description", "format", "campaign"),
    *("page_id", "page_name", "username"),
)
_SUBJECT: Final = re.compile(r"account|site|shop|(?:campaign|competitor):.+")
_METRIC: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
# Metrics that are never fractions, so that 1.234 is no doubt.
_COUNTS: Final = frozenset(
    {"likes", "comments", "shares", "views", "reach", "clicks", "saves", "follows", "followers", "visits", "orders"}
    | {"downloads", "impressions", "link_clicks", "interactions", "posts", "leads"}
)


@dataclass(slots=True)  # not frozen: an importer is a module otherwise, and a module's names can be set
class Mapped:
    """An importer that a mapping makes."""

    TITLE: str
    NETWORK: str
    MENU: Menu
    kind: PostFile | DayFile
    digest: str  # of the mapping; another mapping of the same table is another import

    def identify(self, export: Export) -> Match:
        """By the columns that the mapping names."""
        return match_layout(export, self.kind.layout)

    def extract(self, document: Document) -> Extract:
        """Posts or days, as the mapping says."""
        if isinstance(self.kind, PostFile):
            return read_posts(document, self.kind)
        return read_days(document, self.kind)


def read_mapping(path: str, data: bytes) -> tuple[Mapped | None, list[Problem]]:
    """The importer of a mapping file, or what is wrong in it and where."""
    source, problems = read_text(path, data)
    if source is None:
        return None, problems
    try:
        raw = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return None, [_unreadable(source, str(error))]
    reader = _Reader(source, raw)
    kind = reader.read()
    if kind is None or reader.problems:
        return None, reader.problems
    menu = Menu(en=path, de=path)
    return Mapped(path, kind.network, menu, kind, hashlib.sha256(data).hexdigest()[:16]), []


def _unreadable(source: SourceText, said: str) -> Problem:
    place = re.search(r"\(at line (\d+), column (\d+)\)", said)
    at = source.offset(int(place[1]), int(place[2])) if place else max(len(source.text) - 1, 0)
    message = _("no TOML: {error}").format(error=said.partition(" (at ")[0])
    return Problem(source.path, source.span(min(at, len(source.text))), RULE, Severity.ERROR, message)


@dataclass
class _Reader:
    source: SourceText
    raw: dict[str, object]
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> PostFile | DayFile | None:
        for key in self.raw:
            if key not in KEYS:
                self._unknown(key, KEYS)
        rows = self._choice("rows", ("posts", "days"), "posts")
        columns = self._columns(rows)
        if not columns:
            return None
        layout = Layout(
            columns,
            slashes=self._choice("dates", (DAY_FIRST, MONTH_FIRST), ""),
            decimal=self._choice("decimal", (",", "."), ""),
        )
        network = self._text("network")
        if rows == "posts":
            return PostFile("mapping", network, layout)
        subject = self._text("subject") or ACCOUNT
        if _SUBJECT.fullmatch(subject) is None:
            self._problem("subject", _("subject is account, site, shop, campaign:NAME or competitor:NAME"))
        return DayFile("mapping", network, layout, subject)

    def _columns(self, rows: str) -> tuple[Column, ...]:
        raw = self.raw.get("columns")
        if not isinstance(raw, dict) or not raw:
            self._problem("columns", _("the table [columns] is missing; it says which column is what"))
            return ()
        names = POST_NAMES if rows == "posts" else ("day",)
        columns = tuple(column for name in raw if (column := self._column(name, raw[name], names)) is not None)
        if len(columns) == len(raw):
            self._check_needed(rows, {column.name for column in columns})
        return columns

    def _column(self, name: str, theirs: object, names: tuple[str, ...]) -> Column | None:
        headers = (theirs,) if isinstance(theirs, str) else tuple(theirs) if isinstance(theirs, list) else ()
        texts = tuple(header for header in headers if isinstance(header, str) and header.strip())
        if not texts or len(texts) != len(headers):
            self._problem(name, _("{name} is the header of a column, or a list of headers").format(name=name))
            return None
        if name not in names and (_METRIC.fullmatch(name) is None or get_close_matches(name, names, 1, 0.85)):
            self._unknown(name, names)
            return None
        return Column(name, texts, _kind(name, names), needed=name in ("published_at", "day"))

    def _check_needed(self, rows: str, names: set[str]) -> None:
        if rows == "days" and "day" not in names:
            self._problem("columns", _("rows of days need the column day"))
        if rows == "posts" and not names & {"id", "url"}:
            self._problem("columns", _("rows of posts need the column id or url"))
        if not names - {*POST_NAMES, "day"}:
            self._problem("columns", _("no column is a metric, such as likes or clicks"))

    def _choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.raw.get(key, default)
        if value in (default, *allowed):
            return str(value)
        message = _("{key} is one of {allowed}, not {value!r}")
        self._problem(key, message.format(key=key, allowed=", ".join(allowed), value=value))
        return default

    def _text(self, key: str) -> str:
        value = self.raw.get(key, "")
        if isinstance(value, str):
            return value
        self._problem(key, _("{key} is a text").format(key=key))
        return ""

    def _unknown(self, key: str, known: tuple[str, ...]) -> None:
        close = get_close_matches(key, known, 1)
        hint = _("; did you mean {close}?").format(close=close[0]) if close else ""
        self._problem(key, _("{key!r} is unknown here").format(key=key) + hint)

    def _problem(self, key: str, message: str) -> None:
        found = re.search(rf"^[ \t]*(?:\[[ \t]*)?[\"']?({re.escape(key)})\b", self.source.text, re.MULTILINE)
        span = self.source.span(found.start(1), found.end(1)) if found else self.source.span(0)
        self.problems.append(Problem(self.source.path, span, RULE, Severity.ERROR, message))


def _kind(name: str, names: tuple[str, ...]) -> Kind:
    if name == "published_at":
        return Kind.WHEN
    if name == "day":
        return Kind.DAY
    if name in names:
        return Kind.TEXT
    return Kind.COUNT if name in _COUNTS else Kind.NUMBER
