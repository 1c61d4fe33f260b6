"""What a month's report sees of the store: the rows that its numbers can come from, and none besides.

So a report stays the same however much is measured later, the hash of what it saw says whether it would come out
differently, and to make it again as it was, only the imports known then are let in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final
from weakref import finalize
from zoneinfo import ZoneInfo

from toolkit.kpis import AGE_HOURS, midnight
from toolkit.metrics import Import, Reader, Store
from toolkit.metrics.tables import TABLES
from toolkit.model import Subject
from toolkit.reports.periods import shift
from toolkit.values import dataclass
from toolkit.workspace import Campaign

if TYPE_CHECKING:
    import pyarrow as pa

BACK: Final = 27  # months: a year, another to compare it with, and the counts before that began

# Posts count whenever they were measured; what is counted by the day counts on that day.
_SEEN: Final = """
    observed_at <= $until AND ($anything OR list_contains($imports, import_id))
    AND CASE WHEN published_at IS NULL THEN observed_at >= $start AND observed_at < $end
             ELSE published_at >= $start AND published_at < $end END
"""


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows are seen. All moments are aware; `imports` is None where every import is known."""

    start: datetime
    end: datetime
    until: datetime
    imports: frozenset[str] | None = None
    again: tuple[Same, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether time alone changes nothing any more."""
        return self.until >= self.end


@dataclass(frozen=True, slots=True)
class Same:
    """An import that stands for an earlier one with the same rows, which was taken back."""

    import_id: str
    earlier: str  # the id that it had
    imported_at: datetime  # aware, UTC; when the earlier one was made

    def __str__(self) -> str:
        return f"{self.import_id}={self.earlier}@{self.imported_at.isoformat()}"


_KNOWN: list[tuple[frozenset[str], tuple[Same, ...]]] = []


def know_only(imports: Collection[str]) -> None:
    """Let this process see no import but these, whatever it opens; for making a report as it was.

    One that was taken back and made again is written as `Same` is: no id has an equals sign in it.
    """
    again = tuple(_same(text) for text in imports if "=" in text)
    _KNOWN[:] = [(frozenset(text.partition("=")[0] for text in imports), again)]


def _same(text: str) -> Same:
    import_id, _sign, rest = text.partition("=")
    earlier, _sign, moment = rest.partition("@")
    return Same(import_id, earlier, datetime.fromisoformat(moment).astimezone(UTC))


def month_window(
    first: date, zone: ZoneInfo, now: datetime, campaigns: Iterable[Campaign] = (), age_hours: float = AGE_HOURS
) -> Window:
    """The window of a month's report, whose last posts are as old as the others `age_hours` after its end.

    A campaign that runs in the month is seen from its beginning.
    """
    end = midnight(shift(first, 1), zone)
    begun = [
        shift(one.start.replace(day=1), -1)
        for one in campaigns
        if one.start and one.end and midnight(one.start, zone) < end and one.end >= first
    ]
    start = midnight(min([shift(first, -BACK), *begun]), zone)
    return Window(start, end + timedelta(hours=age_hours), now, *(_KNOWN[0] if _KNOWN else (None, ())))


class WindowStore(Store):
    """A store in which only the window's rows are; read once, at the first question.

    A report asks more than a hundred questions: one engine, opened at the first, answers them all.
    """

    def __init__(self, store: Store, window: Window) -> None:
        super().__init__(**vars(store))  # a store is what it was opened with
        self.whole = store
        self.window = window

    @cached_property
    def rows(self) -> pa.Table:
        """The rows of the window, with the columns of ``observations``."""
        seen = f"SELECT * FROM observations WHERE {_SEEN}"  # noqa: S608  # ours
        if not self.window.again:
            return self.whole.query(seen, {}, _named(self.window))
        sql = f"""
            SELECT seen.* REPLACE (coalesce(earlier, import_id) AS import_id, coalesce(moment, imported_at) AS imported_at)
            FROM ({seen}) AS seen LEFT JOIN again ON again.later = import_id
        """  # noqa: S608  # ours
        return self.whole.query(sql, {"again": _renamed(self.window.again)}, _named(self.window))

    @cached_property
    def tables(self) -> Mapping[str, pa.Table]:
        """The store's tables as they are with the window's rows alone, made once for all questions."""
        given = {"observations": self.rows}
        return given | {name: self.whole.query(f"SELECT * FROM {name}", given) for name in TABLES}  # noqa: S608  # ours

    def query(self, sql: str, tables: Mapping[str, pa.Table], params: Mapping[str, object] | None = None) -> pa.Table:
        return self._reader.query(sql, {**self.tables, **tables}, params)

    @cached_property
    def _reader(self) -> Reader:
        with ExitStack() as opened:
            reader = opened.enter_context(self.whole.reading())
            finalize(self, opened.pop_all().close)
        return reader

    def imports(self) -> tuple[Import, ...]:
        """The imports that have rows in the window, with the number of those; oldest first."""
        counted = self.query("SELECT import_id, count(*) AS rows FROM observations GROUP BY 1", {}).to_pylist()
        rows = {row["import_id"]: row["rows"] for row in counted}
        named = (self._as_it_was(one) for one in self.whole.imports())
        found = (replace(one, rows=rows[one.id]) for one in named if one.id in rows)
        return tuple(sorted(found, key=lambda one: one.imported_at))

    def _as_it_was(self, one: Import) -> Import:
        for same in self.window.again:
            if same.import_id == one.id:
                return replace(one, id=same.earlier, imported_at=same.imported_at)
        return one

    def subjects(self) -> dict[str, Subject]:
        """What the imports say about the posts in the window."""
        answer = self.query("SELECT DISTINCT subject FROM observations", {}).to_pylist()
        seen = {row["subject"] for row in answer}
        return {uid: subject for uid, subject in self.whole.subjects().items() if uid in seen}


def digests(store: Store, window: Window) -> dict[str, str]:
    """For each import that has rows in the window a hash of those, whatever their order and however they are stored.

    Nor does it matter when the import was made, and under which id.
    """
    each = "hash(subject, channel, metric, value, observed_at, published_at, source)"
    sql = f"""
        SELECT import_id, count(*) AS n, bit_xor(each) AS x, sum(each::HUGEINT)::VARCHAR AS s
        FROM (SELECT import_id, {each} AS each FROM observations WHERE {_SEEN}) GROUP BY import_id
    """  # noqa: S608  # all parts are ours
    answer = store.query(sql, {}, _named(window)).to_pylist()
    return {row["import_id"]: f"{row['n']} {row['x']:016x} {row['s']}" for row in answer}


def _renamed(again: Iterable[Same]) -> pa.Table:
    import pyarrow as pa

    plain = [(one.import_id, one.earlier, one.imported_at.astimezone(UTC).replace(tzinfo=None)) for one in again]
    later, earlier, moments = zip(*plain, strict=True)
    return pa.table({"later": later, "earlier": earlier, "moment": pa.array(moments, pa.timestamp("us"))})


def _named(window: Window) -> dict[str, object]:
    start, end, until = (
        moment.astimezone(UTC).replace(tzinfo=None) for moment in (window.start, window.end, window.until)
    )
    known = sorted(window.imports) if window.imports is not None else [""]
    return {"start": start, "end": end, "until": until, "anything": window.imports is None, "imports": known}
