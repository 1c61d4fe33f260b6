"""The store as the other rooms know it: append, undo, and questions about values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.metrics import imports as recorded
from toolkit.metrics.catalogue import reading, writing
from toolkit.metrics.changing import Delivery, add_rows, rebuild_cheaply, rebuild_tables, undo_import
from toolkit.metrics.columns import table_of
from toolkit.metrics.compaction import merge_all
from toolkit.metrics.engine import Limits, open_engine
from toolkit.metrics.imports import UnknownImportError
from toolkit.metrics.reader import Reader, open_reader
from toolkit.metrics.record import Import, safe_id
from toolkit.metrics.tables import AGED, AGES, LATEST, are_current, latest_of
from toolkit.model import Observation, Subject
from toolkit.values import dataclass

if TYPE_CHECKING:
    import pyarrow as pa


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


def open_store(state: Path, limits: Limits | None = None) -> Store:
    """The store below the state directory; nothing is created before the first `append`."""
    return Store(state / "metrics", limits or Limits())


class Store:
    """The observations below one folder."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.limits = limits

    def append(
        self,
        observations: Iterable[Observation],
        *,
        imported_at: datetime,
        name: str = "",
        subjects: Iterable[Subject] = (),
    ) -> int:
        """Store the observations of one import, all or none; returns how many.

        All carry one `import_id`. Raises `DuplicateImportError` when that import is stored already. Of two
        observations of the same moment the later one of the sequence counts.
        """
        rows = tuple(observations)
        if not rows:
            return 0
        return self.append_table(table_of(rows), imported_at=imported_at, name=name, subjects=subjects)

    def append_table(
        self, rows: pa.Table, *, imported_at: datetime, name: str = "", subjects: Iterable[Subject] = ()
    ) -> int:
        """`append` for rows in columns: those of `columns.COLUMNS` without `imported_at`, times naive and UTC."""
        ids = rows.column("import_id").unique().to_pylist()
        if len(ids) != 1:
            raise ValueError("the observations of one append have one import id")
        safe_id(ids[0])
        with writing(self.folder) as catalogue:
            return add_rows(catalogue, self.limits, rows, Delivery(name, imported_at, subjects))

    def imports(self) -> tuple[Import, ...]:
        """Every import, oldest first."""
        with reading(self.folder) as catalogue:
            return recorded.all_imports(catalogue) if catalogue else ()

    def undo(self, import_id: str) -> Import:
        """Take one import back: afterwards its rows are in no file. Raises `UnknownImportError`."""
        with reading(self.folder) as catalogue:
            if catalogue is None:
                raise UnknownImportError(import_id)
        with writing(self.folder) as catalogue:
            return undo_import(catalogue, self.limits, import_id)

    def compact(self) -> int:
        """Merge every month's files into one; returns how many went into others."""
        if not self.files():
            return 0
        with writing(self.folder) as catalogue, open_engine(self.limits, folders=[self.folder]) as engine:
            merged = merge_all(engine, catalogue)
            if not are_current(catalogue):
                rebuild_cheaply(engine, catalogue)
            return merged

    def rebuild(self) -> None:
        """Make the tables `latest`, `value_at_age` and `series` anew from the observations."""
        if self.files():
            with writing(self.folder) as catalogue:
                rebuild_tables(catalogue, self.limits)

    def subjects(self) -> dict[str, Subject]:
        """What the imports say about posts, by uid; the newest word wins."""
        with reading(self.folder) as catalogue:
            return recorded.all_subjects(catalogue) if catalogue else {}

    def files(self) -> tuple[Path, ...]:
        """The files of all observations that count, in a stable order."""
        with reading(self.folder) as catalogue:
            return tuple(self.folder / file.path for file in catalogue.files()) if catalogue else ()

    @property
    def ages(self) -> frozenset[float]:
        """The hours for which the table `value_at_age` is ready to be read; none while it has to be made."""
        with reading(self.folder) as catalogue:
            return frozenset(map(float, AGES)) if catalogue and are_current(catalogue) else frozenset()

    @property
    def newest(self) -> datetime | None:
        """When the last observation was made; None without any."""
        return max((record.last for record in self.imports()), default=None)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Many questions over one state of the store, whatever is imported meanwhile: ``reader.query(sql, tables)``."""
        with reading(self.folder) as catalogue, open_reader(catalogue, self.limits) as reader:
            yield reader

    def query(self, sql: str, tables: Mapping[str, pa.Table], params: Mapping[str, object] | None = None) -> pa.Table:
        """Run one SELECT over the store's tables and the further `tables`; times are naive and UTC.

        ``observations`` has `COLUMNS`. ``latest`` (subject, channel, metric, value, observed_at, published_at,
        imported_at) holds what was observed last. ``value_at_age`` has the hours ``age_hours`` before `value` and holds
        for 1, 24, 168 and 672 hours the last snapshot at or before that age. ``series`` are the observations of what
        is not a post. A table of one of these names in `tables` takes its place; with other observations come the
        others made from them. The engine can read nothing else: no files, no Python variables.
        """
        with self.reading() as reader:
            return reader.query(sql, tables, params)

    def latest(
        self, *, subjects: Collection[str] = (), channels: Collection[str] = (), metrics: Collection[str] = ()
    ) -> tuple[Value, ...]:
        """The newest value of everything asked for; an empty selection means all."""
        where, params = _selection(subject=subjects, channel=channels, metric=metrics)
        return self._values(LATEST, where, params)

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
        if hours in AGES:
            return self._values(AGED, [*where, "age_hours = $age"], {**params, "age": float(hours)})
        young = "observed_at >= published_at AND epoch_us(observed_at) - epoch_us(published_at) <= $age"
        rows = f"(SELECT * FROM observations WHERE {young})"  # noqa: S608  # a constant
        return self._values(f"({latest_of(rows)})", where, {**params, "age": int(hours * 3600 * 1_000_000)})

    def _values(self, rows: str, where: Sequence[str], params: Mapping[str, object]) -> tuple[Value, ...]:
        sql = f"""
            SELECT subject, channel, metric, value, observed_at, published_at,
                   (epoch_us(observed_at) - epoch_us(published_at)) / 3.6e9 AS age_hours
            FROM {rows} WHERE {" AND ".join(where) or "true"} ORDER BY subject, channel, metric
        """  # noqa: S608  # the conditions are ours, the values are parameters
        return tuple(_value(row) for row in self.query(sql, {}, params).to_pylist())


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
