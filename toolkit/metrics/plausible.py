"""Values that cannot be: of the future, before the post, falling totals, sums that are not the sum of their parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from toolkit.messages import _, decimal
from toolkit.metrics.columns import KEY
from toolkit.metrics.finding import Doubts, Finding, Row
from toolkit.metrics.reader import Reader
from toolkit.model import Severity

# Totals of posts that networks only ever count up. Likes and followers can be taken back.
RISING: Final = (
    "views",
    "impressions",
    "reach",
    "video_views",
    "completed_views",
    "view_time",
    "clicks",
    "link_clicks",
)
# A sum and what it is the sum of; compared where one delivery brings all of them for one moment.
SUMS: Final[Mapping[str, tuple[str, ...]]] = {"interactions": ("likes", "comments", "shares")}
SHOWN: Final = 200  # findings of one kind

_PLACE: Final = "subject, channel, metric, observed_at, source, import_id"


def find_impossible(reader: Reader, doubts: Doubts) -> Iterator[Finding]:
    """Rows from the future and rows that are older than their post."""
    rows = _ask(
        reader,
        f"SELECT {_PLACE}, published_at, value FROM observations WHERE observed_at > $now OR observed_at < published_at"  # noqa: S608  # a constant
        f" ORDER BY observed_at, subject, channel, metric LIMIT {SHOWN}",
        {"now": doubts.now.astimezone(UTC).replace(tzinfo=None)},
    )
    remedy = _("mend the times in the file, take the import back and import it again")
    for row in rows:
        late = aware(row["observed_at"]) > doubts.now
        words = _("observed in the future") if late else _("observed before the post was published")
        yield place(row, Finding("future" if late else "order", Severity.ERROR, words, remedy))


def find_drops(reader: Reader) -> Iterator[Finding]:
    """Totals that fell: views and the like never do."""
    for row in _ask(reader, _DROPS, {"metrics": list(RISING)}):
        said = _("{metric} fell from {before} to {after}; a total never falls")
        message = said.format(metric=row["metric"], before=_number(row["before"]), after=_number(row["value"]))
        remedy = _("compare with the network; a wrong file can be taken back with leitstand import --undo {id}")
        finding = Finding("drop", Severity.ERROR, message, remedy.format(id=row["import_id"]))
        yield place(row, finding)


def find_sums(reader: Reader) -> Iterator[Finding]:
    """Sums that are not the sum of their parts, in the same delivery and moment."""
    for total, parts in SUMS.items():
        for row in _ask(reader, _SUMS.format(limit=SHOWN), {"total": total, "parts": list(parts), "count": len(parts)}):
            said = _("{total} are {value}, but {parts} together are {sum}")
            message = said.format(
                total=total, value=_number(row["value"]), parts=" + ".join(parts), sum=_number(row["parts"])
            )
            remedy = _("the source contradicts itself; reports add the parts up themselves")
            yield place(row, Finding("sum", Severity.WARNING, message, remedy))


def place(row: Row, finding: Finding) -> Finding:
    """The finding with the place that a row names."""
    return replace(
        finding,
        at=aware(row["observed_at"]),
        subject=str(row["subject"]),
        channel=str(row["channel"]),
        metric=str(row["metric"]),
        source=str(row["source"]),
        import_id=str(row["import_id"]),
    )


def aware(moment: object) -> datetime:
    """A moment of the engine's, aware and UTC."""
    if not isinstance(moment, datetime):
        raise TypeError(type(moment).__name__)
    return moment.replace(tzinfo=UTC)


def _ask(reader: Reader, sql: str, params: Mapping[str, object]) -> list[Row]:
    rows: list[Row] = reader.query(sql, {}, params).to_pylist()
    return rows


def _number(value: object) -> str:
    return decimal(float(str(value)), ".10g")


# First which totals are below what they once were (a pass without sorting), then exactly where these fell. Of a moment
# that was delivered twice only the newer import's value counts.
_DROPS: Final = f"""
WITH doubtful AS (
    SELECT subject, channel, metric FROM observations WHERE list_contains($metrics, metric) AND published_at IS NOT NULL
    GROUP BY ALL HAVING max(value) > arg_max(value, observed_at)),
seen AS (
    SELECT * FROM observations SEMI JOIN doubtful USING (subject, channel, metric)
    QUALIFY row_number() OVER (PARTITION BY {KEY} ORDER BY imported_at DESC) = 1),
steps AS (SELECT *, lag(value) OVER (PARTITION BY subject, channel, metric ORDER BY observed_at) AS before FROM seen)
SELECT {_PLACE}, value, before FROM steps WHERE value < before
ORDER BY observed_at, subject, channel, metric LIMIT {SHOWN}"""  # noqa: S608  # constants

_SUMS: Final = """
SELECT *, $total AS metric FROM (
    SELECT subject, channel, observed_at, source, import_id, max(value) FILTER (metric = $total) AS value,
        sum(value) FILTER (list_contains($parts, metric)) AS parts,
        count(*) FILTER (list_contains($parts, metric)) AS n
    FROM observations WHERE metric = $total OR list_contains($parts, metric) GROUP BY ALL)
WHERE value IS NOT NULL AND n = $count AND abs(value - parts) > 0.5
ORDER BY observed_at, subject, channel LIMIT {limit}"""
