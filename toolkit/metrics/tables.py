"""The tables beside the raw snapshots: `latest`, `value_at_age` and `series`. They say nothing that the snapshots do not.

Each is a *base*, sorted by publication, and a *delta* with everything about the posts that were *touched* since: an
import or an undo rewrites only the delta, until that is large enough to be folded in. The commit that changes the
snapshots changes the tables, and the catalogue keeps which revision they belong to; tables of another one, or of
files that are not whole, are not read: the same questions are then asked of the snapshots themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.metrics.catalogue import Catalogue, StoredFile
from toolkit.metrics.columns import COLUMNS, NO_POST
from toolkit.metrics.engine import quote_all
from toolkit.metrics.parquet import is_whole, write_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AGES: Final = (1, 24, 168, 672)  # hours after publication
LATEST: Final = "latest"
AGED: Final = "value_at_age"
SERIES: Final = "series"  # the snapshots of what is not a post, so that nobody reads those of posts to find them
TABLES: Final = (LATEST, AGED, SERIES)
TOUCHED: Final = "touched"
KINDS: Final = (*TABLES, *(f"{name}_delta" for name in TABLES), TOUCHED)
FOLD: Final = 50_000  # rows of a delta, below which it is never folded

_ORDER: Final = {
    LATEST: "published_at NULLS LAST, subject, channel, metric",
    AGED: "age_hours, published_at, subject, channel, metric",
    SERIES: "subject, channel, metric, observed_at, imported_at",
}
_ROW: Final = "subject, channel, metric, value, observed_at, published_at, imported_at"
_ROWS: Final = {LATEST: _ROW, AGED: _ROW, SERIES: ", ".join(COLUMNS)}  # what a table is made from
# The order decides: what was observed last, and of the same moment what was imported last; no two rows have both.
_BEST: Final = "max(struct_pack(o := observed_at, i := imported_at, v := value, p := published_at)) AS best"
_UNPACKED: Final = "best.v AS value, best.o AS observed_at, best.p AS published_at, best.i AS imported_at"
_HOUR: Final = 3_600_000_000  # microseconds
_AGE: Final = "epoch_us(observed_at) - epoch_us(published_at)"


def latest_of(rows: str) -> str:
    """The SQL of `latest` over any rows: for each subject, channel and metric what was observed last."""
    return f"""SELECT subject, channel, metric, {_UNPACKED}
        FROM (SELECT subject, channel, metric, {_BEST} FROM {rows} GROUP BY ALL)"""  # noqa: S608  # names of ours


def aged_of(rows: str) -> str:
    """The SQL of `value_at_age` over any rows: what was observed last at or before each of `AGES`.

    Each snapshot is filed under the first age that it is young enough for, and an age takes the best of those below.
    """
    steps = " ".join(f"WHEN {_AGE} <= {age * _HOUR} THEN {age}" for age in AGES)
    ages = ", ".join(f"({age}::DOUBLE)" for age in AGES)
    return f"""SELECT subject, channel, metric, age_hours, {_UNPACKED} FROM (
        SELECT subject, channel, metric, age_hours, max(best) AS best FROM (
            SELECT subject, channel, metric, CASE {steps} END AS filed, {_BEST} FROM {rows}
            WHERE observed_at >= published_at AND {_AGE} <= {AGES[-1] * _HOUR} GROUP BY ALL)
        JOIN (VALUES {ages}) AS ages(age_hours) ON filed <= age_hours GROUP BY ALL)"""  # noqa: S608  # names of ours


def series_of(rows: str) -> str:
    """The SQL of `series` over any rows: every snapshot of accounts, website, shop, inbox, campaigns and competitors."""
    return f"SELECT {_ROWS[SERIES]} FROM {rows} WHERE {NO_POST}"  # noqa: S608  # names of ours


OF: Final = {LATEST: latest_of, AGED: aged_of, SERIES: series_of}


def are_current(catalogue: Catalogue) -> bool:
    """Whether the tables hold exactly the imports that count, in files that are whole."""
    if catalogue.meta("tables_as_of") != catalogue.meta("changed"):
        return False
    bases = all(catalogue.files(name) for name in TABLES)
    return bases and all(is_whole(catalogue.folder, file) for kind in KINDS for file in catalogue.files(kind))


def make_views(engine: DuckDBPyConnection, catalogue: Catalogue | None) -> None:
    """Views of the tables; without a catalogue whose tables are current, over the view `observations`."""
    for name in TABLES:
        sql = _stored(catalogue, name) if catalogue else OF[name]("observations")
        engine.execute(f"CREATE VIEW {name} AS {sql}")


def paths(catalogue: Catalogue) -> list[Path]:
    """The files of the tables."""
    return [catalogue.folder / file.path for kind in KINDS for file in catalogue.files(kind)]


def _stored(catalogue: Catalogue, name: str) -> str:
    # Without an alias, DuckDB takes the word ANTI for one.
    base = f"SELECT * FROM {_parquet(catalogue, name)}"  # noqa: S608  # paths of ours, quoted
    if not catalogue.files(TOUCHED):
        return base
    untouched = f"{base} AS base ANTI JOIN {_parquet(catalogue, TOUCHED)} AS touched USING (subject, channel)"
    return f"{untouched} UNION ALL SELECT * FROM {_parquet(catalogue, f'{name}_delta')}"  # noqa: S608  # ours


def _parquet(catalogue: Catalogue, kind: str) -> str:
    return f"read_parquet({quote_all(catalogue.folder / file.path for file in catalogue.files(kind))})"


def add_rows(engine: DuckDBPyConnection, catalogue: Catalogue, incoming: str) -> None:
    """Take the rows of a new import into the tables; `incoming` is their table, and the tables were current.

    What was the best before stays one of the candidates, so the snapshots need not be read.
    """
    engine.execute(f"CREATE TEMP TABLE fresh AS SELECT DISTINCT subject, channel FROM {incoming}")  # noqa: S608  # ours
    rows = {
        name: f"(SELECT {_ROWS[name]} FROM {name} AS known SEMI JOIN fresh USING (subject, channel)"  # noqa: S608  # names of ours
        f" UNION ALL SELECT {_ROWS[name]} FROM {incoming})"
        for name in TABLES
    }
    _replace_delta(engine, catalogue, rows)


def read_again(engine: DuckDBPyConnection, catalogue: Catalogue, remaining: str) -> None:
    """Look the posts of the table ``fresh`` up in the snapshots again, after some of these were taken back."""
    rows = {
        name: f"(SELECT {_ROWS[name]} FROM {remaining} AS remaining SEMI JOIN fresh USING (subject, channel))"  # noqa: S608  # names of ours
        for name in TABLES
    }
    _replace_delta(engine, catalogue, rows)
    # Nothing of what was taken back stays in a file, not even the name of a post.
    _fold(engine, catalogue)


def rebuild(engine: DuckDBPyConnection, catalogue: Catalogue, rows: str) -> None:
    """Make the tables anew from all the snapshots."""
    _drop(catalogue, KINDS)
    for name in TABLES:
        _write(engine, catalogue, name, f"{OF[name](rows)} ORDER BY {_ORDER[name]}")
    catalogue.set_meta("tables_as_of", catalogue.meta("changed"))


def _replace_delta(engine: DuckDBPyConnection, catalogue: Catalogue, rows: dict[str, str]) -> None:
    """Write the deltas anew: what they say about other posts, and the answers of `rows` about the ``fresh`` ones."""
    made = []
    for name in TABLES:
        others = _others(catalogue, f"{name}_delta", "*")
        sql = f"SELECT * FROM ({others} {OF[name](rows[name])}) ORDER BY {_ORDER[name]}"  # noqa: S608  # names of ours
        made.append(_write_file(engine, catalogue, f"{name}_delta", sql))
    keys = "subject, channel"
    sql = f"{_others(catalogue, TOUCHED, keys)} SELECT {keys} FROM fresh"  # noqa: S608  # names of ours
    made.append(_write_file(engine, catalogue, TOUCHED, sql))
    _drop(catalogue, (*(f"{name}_delta" for name in TABLES), TOUCHED))
    for file in made:
        catalogue.add_file(file)
    _fold_large(engine, catalogue)
    catalogue.set_meta("tables_as_of", catalogue.meta("changed"))


def _others(catalogue: Catalogue, kind: str, columns: str) -> str:
    """What a part says about posts that are not fresh, to be followed by the rest."""
    if not catalogue.files(kind):
        return ""
    return (
        f"SELECT {columns} FROM {_parquet(catalogue, kind)} AS part ANTI JOIN fresh USING (subject, channel) UNION ALL"  # noqa: S608  # ours
    )


def _fold_large(engine: DuckDBPyConnection, catalogue: Catalogue) -> None:
    size = {kind: sum(file.rows for file in catalogue.files(kind)) for kind in KINDS}
    if any(size[f"{name}_delta"] > max(FOLD, size[name] // 8) for name in TABLES):
        _fold(engine, catalogue)


def _fold(engine: DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Make new bases of bases and deltas."""
    whole = {name: f"SELECT * FROM ({_stored(catalogue, name)}) ORDER BY {_ORDER[name]}" for name in TABLES}  # noqa: S608  # ours
    made = [_write_file(engine, catalogue, name, sql) for name, sql in whole.items()]
    _drop(catalogue, KINDS)
    for file in made:
        catalogue.add_file(file)


def _write(engine: DuckDBPyConnection, catalogue: Catalogue, kind: str, sql: str) -> None:
    catalogue.add_file(_write_file(engine, catalogue, kind, sql))


def _write_file(engine: DuckDBPyConnection, catalogue: Catalogue, kind: str, sql: str) -> StoredFile:
    path = f"tables/{kind}-{catalogue.meta('revision'):08}.parquet"
    return write_rows(engine, catalogue.folder, StoredFile(path, kind, "", 0, 0), sql)


def _drop(catalogue: Catalogue, kinds: tuple[str, ...]) -> None:
    for kind in kinds:
        for file in catalogue.files(kind):
            catalogue.drop_file(file.path)
