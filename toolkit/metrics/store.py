"""Appending, undoing and reading observations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.metrics.record import Import, safe_id
from toolkit.model import Observation, Subject
from toolkit.source.writing import replace_file, write_whole

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection
    from pyarrow.dataset import Dataset

COLUMNS: Final = (
    "subject",
    "channel",
    "metric",
    "value",
    "observed_at",
    "published_at",
    "source",
    "import_id",
    "imported_at",
)

# Naive UTC inside the engine, so that no machine's time zone plays a part in an answer.
_NAIVE: Final = """
    CREATE TEMP VIEW observations AS SELECT * REPLACE (
        make_timestamp(epoch_us(observed_at)) AS observed_at,
        make_timestamp(epoch_us(published_at)) AS published_at,
        make_timestamp(epoch_us(imported_at)) AS imported_at)
    FROM stored
"""


class DuplicateImportError(LeitstandError):
    """The same bytes were imported before; nothing was stored."""

    def __init__(self, earlier: Import) -> None:
        self.earlier = earlier
        message = _(
            "{name} was imported on {when}; to import it again, take it back first: leitstand import --undo {id}"
        )
        when = f"{earlier.imported_at:%Y-%m-%d %H:%M} UTC"
        super().__init__(message.format(name=earlier.name or earlier.id, when=when, id=earlier.id))


class UnknownImportError(LeitstandError):
    """No import has this id."""


@dataclass(frozen=True, slots=True)
class Value:
    """The value of one metric of one subject at the moment that was asked for."""

    subject: str
    channel: str
    metric: str
    value: float
    observed_at: datetime  # aware, UTC
    published_at: datetime | None
    age_hours: float | None  # of the observation


def open_store(state: Path) -> Store:
    """The store below the state directory; nothing is created before the first `append`."""
    return Store(state / "metrics")


class Store:
    """The observations below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def append(
        self,
        observations: Iterable[Observation],
        *,
        imported_at: datetime,
        name: str = "",
        subjects: Iterable[Subject] = (),
    ) -> int:
        """Store the observations of one import, all or none; returns how many.

        All carry one `import_id`. Raises `DuplicateImportError` when that import is stored already.
        """
        rows = tuple(observations)
        if not rows:
            return 0
        import_id = safe_id(rows[0].import_id)
        if any(row.import_id != import_id for row in rows):
            raise ValueError("the observations of one append have one import id")
        self._refuse_duplicate(import_id)
        months: dict[str, list[Observation]] = {}
        for row in rows:
            months.setdefault(f"{row.observed_at.astimezone(UTC):%Y-%m}", []).append(row)
        for month, some in months.items():
            self._write_month(self._data_file(month, import_id), some, imported_at)
        record = Import(
            id=import_id,
            source=rows[0].source,
            name=name,
            imported_at=imported_at.astimezone(UTC),
            rows=len(rows),
            first=min(row.observed_at for row in rows),
            last=max(row.observed_at for row in rows),
            months=tuple(sorted(months)),
            subjects={subject.uid: subject for subject in subjects},
        )
        text = record.to_json()
        try:
            write_whole(self._record_file(import_id), lambda part: _write_text(part, text), fresh=True)
        except FileExistsError:
            self._refuse_duplicate(import_id)
        return len(rows)

    def imports(self) -> tuple[Import, ...]:
        """Every import, oldest first."""
        folder = self.folder / "imports"
        records = [Import.from_json(path.read_text("utf-8")) for path in sorted(_json_files(folder))]
        return tuple(sorted(records, key=lambda record: (record.imported_at, record.id)))

    def undo(self, import_id: str) -> Import:
        """Take one import back. Raises `UnknownImportError`."""
        record = self._find(import_id)
        if record is None:
            raise UnknownImportError(
                _("no import has the id {id!r}; list them with: leitstand import --list").format(id=import_id)
            )
        self._remove(record)
        return record

    def merge(self, records: Sequence[Import], whole: Import) -> None:
        """Put the rows of `records` into the one import `whole`, which names all their months."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        for month in whole.months:
            parts = [self._data_file(month, record.id) for record in records if month in record.months]
            table = pa.concat_tables([pq.ParquetFile(part).read() for part in parts])
            write_whole(self._data_file(month, whole.id), partial(pq.write_table, table, compression="zstd"))
        replace_file(self._record_file(whole.id), whole.to_json().encode())
        for record in records:
            self._remove(record)

    def subjects(self) -> dict[str, Subject]:
        """What the imports say about posts, by uid; the newest word wins."""
        return {uid: subject for record in self.imports() for uid, subject in record.subjects.items()}

    def files(self) -> tuple[Path, ...]:
        """The data files of all imports that count, in a stable order."""
        return tuple(self._data_file(month, record.id) for record in self.imports() for month in record.months)

    def latest(
        self, *, subjects: Collection[str] = (), channels: Collection[str] = (), metrics: Collection[str] = ()
    ) -> tuple[Value, ...]:
        """The newest value of everything asked for; an empty selection means all."""
        where, params = _selection(subject=subjects, channel=channels, metric=metrics)
        return self._values(where, params)

    def at_age(
        self,
        hours: float,
        *,
        subjects: Collection[str] = (),
        channels: Collection[str] = (),
        metrics: Collection[str] = (),
    ) -> tuple[Value, ...]:
        """Posts' values at equal age: the last snapshot at or before `hours` after publication.

        A post that was not measured by then is left out. `Value.age_hours` says how old the snapshot really was.
        """
        where, params = _selection(subject=subjects, channel=channels, metric=metrics)
        where = [*where, "observed_at >= published_at", "epoch_us(observed_at) - epoch_us(published_at) <= $age"]
        return self._values(where, {**params, "age": int(hours * 3600 * 1_000_000)})

    def query(self, sql: str, tables: Mapping[str, pa.Table], params: Mapping[str, object] | None = None) -> pa.Table:
        """Run `sql` over the table ``observations`` and the further `tables`; times are naive and UTC.

        ``observations`` has `COLUMNS`; a table of that name in `tables` takes its place, so that many questions can
        be asked of rows that were read once. The engine can read nothing else: no files, no Python variables.
        """
        with self._engine(stored="observations" not in tables) as engine:
            for name, table in tables.items():
                engine.register(name, table)
            return engine.sql(sql, params=dict(params) if params else None).to_arrow_table()

    def _values(self, where: Sequence[str], params: Mapping[str, object]) -> tuple[Value, ...]:
        condition = " AND ".join(where) or "true"
        sql = f"""
            SELECT subject, channel, metric, value, observed_at, published_at,
                   (epoch_us(observed_at) - epoch_us(published_at)) / 3.6e9 AS age_hours
            FROM observations WHERE {condition}
            QUALIFY row_number() OVER (
                PARTITION BY subject, channel, metric ORDER BY observed_at DESC, imported_at DESC) = 1
            ORDER BY subject, channel, metric
        """  # noqa: S608  # the conditions are ours, the values are parameters
        return tuple(_value(row) for row in self.query(sql, {}, params).to_pylist())

    @contextmanager
    def _engine(self, *, stored: bool = True) -> Iterator[DuckDBPyConnection]:
        import duckdb

        config: dict[str, str | bool | int | float | list[str]] = {
            "enable_external_access": "false",
            "python_enable_replacements": "false",
        }
        with duckdb.connect(config=config) as engine:
            if stored:
                engine.register("stored", self._dataset())
                engine.execute(_NAIVE)
            yield engine

    def _dataset(self) -> Dataset:
        import pyarrow.dataset as ds

        # Explicit paths: a state folder called "metrics[1]*" is a name here, not a pattern.
        return ds.dataset([str(path) for path in self.files()], schema=schema(), format="parquet")

    def _write_month(self, path: Path, rows: Sequence[Observation], imported_at: datetime) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = {name: [getattr(row, name) for row in rows] for name in COLUMNS[:-1]}
        table = pa.table({**columns, "imported_at": [imported_at] * len(rows)}, schema=schema())
        write_whole(path, partial(pq.write_table, table, compression="zstd"))

    def _refuse_duplicate(self, import_id: str) -> None:
        earlier = self._find(import_id)
        if earlier is not None:
            raise DuplicateImportError(earlier)

    def _find(self, import_id: str) -> Import | None:
        path = self._record_file(import_id)
        # An id that a person typed is compared with the names that are there, and never becomes part of a path.
        return Import.from_json(path.read_text("utf-8")) if path in _json_files(self.folder / "imports") else None

    def _remove(self, record: Import) -> None:
        self._record_file(record.id).unlink()
        for month in record.months:
            self._data_file(month, record.id).unlink(missing_ok=True)

    def _record_file(self, import_id: str) -> Path:
        return self.folder / "imports" / f"{import_id}.json"

    def _data_file(self, month: str, import_id: str) -> Path:
        return self.folder / "observations" / month / f"{import_id}.parquet"


def schema() -> pa.Schema:
    """The columns of a data file."""
    import pyarrow as pa

    moment = pa.timestamp("us", tz="UTC")
    kinds = {"value": pa.float64(), "observed_at": moment, "published_at": moment, "imported_at": moment}
    return pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])


def _value(row: dict[str, Any]) -> Value:
    published = row["published_at"]
    times = {
        "observed_at": row["observed_at"].replace(tzinfo=UTC),
        "published_at": published.replace(tzinfo=UTC) if published else None,
    }
    return Value(**{**row, **times})


def _selection(**wanted: Collection[str]) -> tuple[list[str], dict[str, object]]:
    chosen = {name: list(values) for name, values in wanted.items() if values}
    return [f"{name} IN (SELECT unnest(${name}))" for name in chosen], dict(chosen)


def _json_files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if path.suffix == ".json" and not path.name.startswith("."))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
