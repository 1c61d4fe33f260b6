"""The tables beside the snapshots never say anything that the snapshots do not."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.metrics import DamagedStoreError, Store, open_store, tables
from toolkit.metrics.catalogue import reading
from toolkit.model import Observation

START = datetime(2026, 1, 30, 8, tzinfo=UTC)
AGES = (1, 24, 168, 672)

Row = tuple[object, ...]


def plain(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=None) if moment else None


class Model:
    """What the store must say, in plain Python: imports in their order, and a search for each question."""

    def __init__(self) -> None:
        self.imports: dict[str, list[Observation]] = {}
        self.moments: dict[str, datetime] = {}

    def rows(self) -> list[tuple[Observation, datetime]]:
        found = []
        for name, rows in self.imports.items():
            last = {(row.subject, row.channel, row.metric, row.observed_at): row for row in rows}
            found += [(row, self.moments[name]) for row in last.values()]
        return found

    def best(self, hours: float | None) -> set[Row]:
        chosen: dict[tuple[str, str, str], tuple[Observation, datetime]] = {}
        for row, imported in sorted(self.rows(), key=lambda pair: (pair[0].observed_at, pair[1])):
            if hours is None or (row.age_hours is not None and 0 <= row.age_hours <= hours):
                chosen[row.subject, row.channel, row.metric] = (row, imported)
        return {
            (*key, row.value, plain(row.observed_at), plain(row.published_at), plain(imported))
            for key, (row, imported) in chosen.items()
        }

    def series(self) -> set[Row]:
        return {
            (
                *(row.subject, row.channel, row.metric, row.value, plain(row.observed_at), plain(row.published_at)),
                *(row.source, row.import_id, plain(imported)),
            )
            for row, imported in self.rows()
            if row.subject in ("account", "competitor:Röstwerk", "inbox:7")
        }

    def aged(self) -> set[Row]:
        return {(*row[:3], float(hours), *row[3:]) for hours in AGES for row in self.best(hours)}


def asked(store: Store, name: str) -> list[Row]:
    return [tuple(row.values()) for row in store.query(f"SELECT * FROM {name}", {}).to_pylist()]  # a table's name


def agree(store: Store, model: Model) -> None:
    """The tables and the snapshots are what the model says, each row once."""
    for name, wanted in (("latest", model.best(None)), ("value_at_age", model.aged()), ("series", model.series())):
        found = asked(store, name)
        assert set(found) == wanted
        assert len(found) == len(wanted)
    assert len(asked(store, "observations")) == len(model.rows())


def current(store: Store) -> bool:
    with reading(store.folder) as catalogue:
        return catalogue is not None and tables.are_current(catalogue)


OBSERVATIONS = st.lists(
    st.builds(
        lambda subject, channel, metric, value, day, hours: Observation(
            subject,
            channel,
            metric,
            value,
            START + timedelta(days=day or 0, hours=hours),
            None if day is None else START + timedelta(days=day),
            "csv",
            "",
        ),
        st.sampled_from(["01A", "01B", "account", "competitor:Röstwerk", "inbox:7"]),
        st.sampled_from(["mastodon", ""]),
        st.sampled_from(["likes", "views"]),
        st.integers(0, 9).map(float),
        st.sampled_from([None, 0, 3]),  # a post's publication can be told differently, or not at all
        st.sampled_from([-1, 0, 0.5, 1, 23, 24, 25, 167.5, 168, 400, 672, 673, 900]),
    ),
    min_size=1,
    max_size=8,
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), OBSERVATIONS),
        st.tuples(st.just("undo"), st.integers(0, 3)),
        st.tuples(st.sampled_from(["compact", "rebuild", "damage", "fail", "fold"]), st.none()),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(STEPS)
def test_whatever_happens_the_tables_are_what_the_snapshots_say(
    tmp_path_factory: pytest.TempPathFactory, steps: Sequence[tuple[str, object]]
) -> None:
    """After any imports, undos, compactions, rebuilds, damaged or failed tables, every answer is that of a plain search."""
    store, model = open_store(tmp_path_factory.mktemp("state")), Model()
    for number, (step, what) in enumerate(steps):
        act(store, model, number, step, what)
        agree(store, model)


def act(store: Store, model: Model, number: int, step: str, what: object) -> None:
    if step in ("append", "fail", "fold"):
        rows = (
            what
            if isinstance(what, list)
            else [Observation("01A", "mastodon", "likes", number, START + timedelta(hours=number), START, "csv", "")]
        )
        name = f"import-{number}"
        stored = [replace(row, import_id=name) for row in rows]
        append(store, stored, step)
        model.imports[name] = stored
        model.moments[name] = store.imports()[-1].imported_at
    elif step == "undo" and model.imports:
        name = sorted(model.imports)[int(str(what)) % len(model.imports)]
        store.undo(name)
        del model.imports[name]
    elif step == "damage":
        for path in (store.folder / "tables").glob("*.parquet"):
            path.write_bytes(path.read_bytes()[:-5])
    elif step == "compact":
        store.compact()
    elif step == "rebuild":
        store.rebuild()
        assert current(store) or not store.files()


def append(store: Store, rows: Sequence[Observation], step: str) -> None:
    """An import; the making of the tables fails, or folds at once, where the step says so."""
    with patch.object(tables, "FOLD", 0 if step == "fold" else tables.FOLD):
        if step == "fail":
            with patch.object(tables, "_write_file", side_effect=duckdb.IOException("the disk is full")):
                store.append(rows, imported_at=START)
            assert not current(store)
        else:
            store.append(rows, imported_at=START)


def test_tables_are_used_where_they_are_current(store: Store) -> None:
    """The tables answer without the snapshots being searched; after damage the snapshots are."""
    row = Observation("01A", "mastodon", "likes", 3, START, START, "csv", "first")
    store.append([row], imported_at=START)
    searched = []

    def search(rows: str) -> str:
        searched.append(rows)
        return tables.latest_of(rows)

    with patch.dict(tables.OF, {"latest": search}):
        before = asked(store, "latest")
        assert searched == []
        act(store, Model(), 0, "damage", None)
        assert asked(store, "latest") == before
        assert searched == ["observations"]


def test_other_observations_bring_their_own_tables(store: Store) -> None:
    """Who gives rows of his own gets the tables of these, never those of the store."""
    row = Observation("01A", "mastodon", "likes", 3, START, START, "csv", "first")
    store.append([row], imported_at=START)
    nothing = store.query("SELECT * FROM observations LIMIT 0", {})
    for name in ("observations", "latest", "value_at_age"):
        assert store.query(f"SELECT * FROM {name}", {"observations": nothing}).num_rows == 0  # a table's name
        assert store.query(f"SELECT * FROM {name}", {}).num_rows > 0  # a table's name


def test_a_damaged_file_of_observations_is_told(store: Store) -> None:
    """Half a store would give half the numbers: nothing is answered, the file is named, and undo is the way out."""
    row = Observation("01A", "mastodon", "likes", 3, START, START, "csv", "first")
    store.append([row], imported_at=START)
    file = store.files()[0]
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(DamagedStoreError, match=r"metrics.*first\.parquet is missing or damaged"):
        store.latest()
    with suppress(DamagedStoreError):
        store.compact()
    store.undo("first")
    assert store.latest() == ()
    assert store.append([row], imported_at=START) == 1
    assert [value.value for value in store.latest()] == [3]
