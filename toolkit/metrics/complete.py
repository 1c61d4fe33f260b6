"""What is missing: days in a series, sources that fell silent, posts that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from toolkit.messages import _, ngettext
from toolkit.metrics.arrays import text_array
from toolkit.metrics.columns import NO_POST
from toolkit.metrics.finding import Doubts, Finding
from toolkit.metrics.reader import Reader
from toolkit.model import Severity, Subject

MEASURED: Final = timedelta(days=2)  # silence of an account that is asked every day
DELIVERED: Final = timedelta(days=35)  # silence of one whose numbers come as files, at least
FEWEST: Final = 4  # days of a series before it has a rhythm


def find_gaps(reader: Reader) -> Iterator[Finding]:
    """Holes in series that come every day or every week: followers, visits, sales, competitors."""
    for row in reader.query(_GAPS, {}).to_pylist():
        every = timedelta(days=row["usual"])
        first, last = row["before"] + every, row["day"] - every
        missing = (row["day"] - row["before"]) // every - 1
        said = ngettext("{count} value is missing", "{count} values are missing", missing)
        place = _("{metric}: {said}, {first} to {last}")
        message = place.format(metric=row["metric"], said=said, first=first, last=last)
        remedy = _("fetch the export of these days again and import it; what is there already is not counted twice")
        yield Finding(
            "gap", Severity.WARNING, message, remedy, row["channel"], row["subject"], row["metric"],
            _noon(first), row["source"], row["import_id"],
        )  # fmt: skip


def find_silent(reader: Reader, doubts: Doubts) -> Iterator[Finding]:
    """Sources of which something is expected and nothing came for longer than is usual."""
    heard = {row["channel"]: row for row in reader.query(_HEARD, {}).to_pylist()}
    for channel in sorted({*doubts.measured, *(name for name in heard if name in doubts.accounts)}):
        row = heard.get(channel)
        measured = channel in doubts.measured
        severity = Severity.ERROR if measured else Severity.WARNING
        remedy = _("leitstand measure, and its cron job") if measured else _("fetch its newest export and import it")
        if row is None:
            yield Finding("silent", Severity.WARNING, _("nothing was ever measured"), remedy, channel)
            continue
        last = row["last"].replace(tzinfo=UTC)
        patience = MEASURED if measured else max(DELIVERED, 2 * timedelta(days=row["usual"] or 0))
        days = (doubts.now - last).days
        if doubts.now - last > patience:
            age = ngettext("{count} day", "{count} days", days)
            message = _("nothing since {day} ({age})").format(day=f"{last:%Y-%m-%d}", age=age)
            yield Finding("silent", severity, message, remedy, channel, at=last, source=row["source"])


def find_unknown(reader: Reader, doubts: Doubts, subjects: dict[str, Subject]) -> Iterator[Finding]:
    """Posts with numbers that neither the workspace nor the ledger nor any export names, told once per channel."""
    import pyarrow as pa

    known = pa.table({"subject": text_array(sorted(doubts.known | subjects.keys()))})
    for row in reader.query(_UNKNOWN, {"known": known}).to_pylist():
        said = ngettext("{count} post is known to nobody", "{count} posts are known to nobody", row["posts"])
        remedy = _("its numbers count, but reports cannot name it; import an export with titles, or check the uid")
        message = _("{said}: {examples}").format(said=said, examples=", ".join(row["examples"]))
        yield Finding(
            "unknown", Severity.WARNING, message, remedy, row["channel"], row["examples"][0],
            at=row["last"].replace(tzinfo=UTC), source=row["source"], import_id=row["import_id"],
        )  # fmt: skip


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


# The rhythm is the slower one of before and after, because it changes when somebody begins to measure more often.
_GAPS: Final = f"""
WITH days AS (
    SELECT subject, channel, metric, observed_at::DATE AS day, max(source) AS source, max(import_id) AS import_id
    FROM observations WHERE published_at IS NULL AND {NO_POST} AND NOT starts_with(subject, 'inbox:') GROUP BY ALL),
steps AS (SELECT *, lag(day) OVER series AS before, count(*) OVER (PARTITION BY subject, channel, metric) AS n FROM days
    WINDOW series AS (PARTITION BY subject, channel, metric ORDER BY day)),
around AS (SELECT *, greatest(
        median(day - before) OVER (PARTITION BY subject, channel, metric ORDER BY day ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING),
        median(day - before) OVER (PARTITION BY subject, channel, metric ORDER BY day ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING)
    )::INTEGER AS usual FROM steps)
SELECT * FROM around
WHERE n >= {FEWEST} AND usual IN (1, 7) AND day - before >= 2 * usual ORDER BY channel, subject, metric, day"""  # noqa: S608  # constants

_HEARD: Final = """
WITH days AS (SELECT DISTINCT channel, imported_at::DATE AS day FROM latest),
usual AS (
    SELECT channel, median(day - before) AS usual
    FROM (SELECT *, lag(day) OVER (PARTITION BY channel ORDER BY day) AS before FROM days) GROUP BY channel),
last AS (SELECT channel, max(observed_at) AS last, max(source) AS source FROM observations GROUP BY channel)
SELECT * FROM last JOIN usual USING (channel) WHERE channel <> ''"""

_UNKNOWN: Final = f"""
SELECT channel, count(DISTINCT subject) AS posts, list_slice(list_sort(list(DISTINCT subject)), 1, 3) AS examples,
    max(observed_at) AS last, max(source) AS source, max(import_id) AS import_id
FROM observations ANTI JOIN known USING (subject) WHERE NOT {NO_POST} GROUP BY channel ORDER BY channel"""  # noqa: S608  # constants
