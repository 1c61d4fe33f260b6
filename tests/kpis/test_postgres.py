"""The KPIs in a real PostgreSQL: the same answers as DuckDB's, copied once, undone with the import."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.kpis.histories import AUTUMN, BERLIN, CHANNELS, rich_history, subjects_of
from tests.kpis.sameness import largest_difference
from tests.servers.postgres import Postgres
from toolkit.kpis import GROUPS, KPIS, measure, measure_all, unit_rows
from toolkit.kpis.engines import open_engine
from toolkit.kpis.postgres import Copied, Database, EngineError, PostgresEngine, bring_up_to_date, open_postgres
from toolkit.metrics import Store, open_store
from toolkit.settings import read_settings

POSTS = 160
COUNT = itertools.count()
TOML = 'format = 1\n[workspace]\nid = "brand"\n'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(tmp_path_factory.mktemp("store"))
    store.append(rich_history(POSTS), imported_at=AUTUMN.until)
    return store


@pytest.fixture(scope="module")
def filled(store: Store, postgres: Postgres) -> Iterator[PostgresEngine]:
    """A schema with everything of the store."""
    with open_postgres(Database(postgres.address, f"kpis-{os.getpid()}")) as engine:
        bring_up_to_date(engine, store)
        yield engine


@pytest.fixture
def database(postgres: Postgres) -> Database:
    """A schema of its own."""
    return Database(postgres.address, f"kpis {os.getpid()} {next(COUNT)}")


@pytest.mark.parametrize("by", ["", *GROUPS])
def test_all_kpis_by_all_groups_are_equal(store: Store, filled: PostgresEngine, by: str) -> None:
    """No value, denominator, median or interval differs by more than 1e-9 of itself, and every n is the same."""
    subjects = subjects_of(POSTS)
    here, there = (
        measure_all(KPIS.values(), engine, AUTUMN, by=by, zone=BERLIN, subjects=subjects) for engine in (store, filled)
    )
    assert largest_difference(here, there) <= 1e-9


def test_single_rows_are_equal(store: Store, filled: PostgresEngine) -> None:
    """The posts, days and accounts behind a KPI are the same, in the same order, at the same moments."""
    for name in ("engagement_rate_followers", "follower_growth", "share_of_voice", "response_time"):
        assert unit_rows(KPIS[name], store, AUTUMN, CHANNELS) == unit_rows(KPIS[name], filled, AUTUMN, CHANNELS), name


def test_only_new_imports_are_copied(tmp_path: Path, database: Database) -> None:
    """The first time all, then only what came; a second look finds nothing to do."""
    store = open_store(tmp_path)
    first = rich_history(5, import_id="first")
    store.append(first, imported_at=AUTUMN.start)
    with open_postgres(database) as engine:
        assert bring_up_to_date(engine, store) == Copied(1, 0, len(first))
        second = rich_history(4, seed=8, import_id="second")
        store.append(second, imported_at=AUTUMN.end)
        assert bring_up_to_date(engine, store) == Copied(1, 0, len(second))
        assert bring_up_to_date(engine, store) == Copied(0, 0, 0)
        (row,) = engine.query("SELECT count(*) AS n FROM observations", {}).to_pylist()
        assert row["n"] == len(first) + len(second)


def test_an_undone_import_goes(tmp_path: Path, database: Database) -> None:
    """After undo its rows are gone; made again under the same id, they come back."""
    store = open_store(tmp_path)
    rows = rich_history(5, import_id="once")
    store.append(rows, imported_at=AUTUMN.start)
    store.append(rich_history(3, seed=9, import_id="stays"), imported_at=AUTUMN.end)
    with open_postgres(database) as engine:
        bring_up_to_date(engine, store)
        store.undo("once")
        assert bring_up_to_date(engine, store) == Copied(0, 1, 0)
        here, there = (measure_all(KPIS.values(), one, AUTUMN, zone=BERLIN) for one in (store, engine))
        assert largest_difference(here, there) <= 1e-9
        store.append(rows, imported_at=AUTUMN.until)
        assert bring_up_to_date(engine, store) == Copied(1, 0, len(rows))


def test_two_at_once_copy_once(tmp_path: Path, database: Database) -> None:
    """Two machines that find the same import missing leave it there once."""
    store = open_store(tmp_path)
    rows = rich_history(20)
    store.append(rows, imported_at=AUTUMN.start)

    def fill(_number: int) -> Copied:
        with open_postgres(database) as engine:
            return bring_up_to_date(engine, store)

    with ThreadPoolExecutor(4) as pool:
        copied = list(pool.map(fill, range(4)))
    assert sorted(one.rows for one in copied) == [0, 0, 0, len(rows)]


def test_what_breaks_in_between_leaves_nothing(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copying is one transaction: after a kill in its middle nothing is there, and the next time all is."""
    store = open_store(tmp_path)
    rows = rich_history(10)
    store.append(rows, imported_at=AUTUMN.start)
    with open_postgres(database) as engine:
        asked: list[object] = []

        def break_off(sql: str, tables: object, params: object = None) -> object:
            asked.append(sql)
            if len(asked) > 1:
                raise KeyboardInterrupt
            return Store.query(store, sql, tables, params)  # type: ignore[arg-type]  # handed on as it came

        with monkeypatch.context() as patch:
            patch.setattr(store, "query", break_off)
            with pytest.raises(KeyboardInterrupt):
                bring_up_to_date(engine, store)
        assert engine.query("SELECT count(*) AS n FROM observations", {}).to_pylist() == [{"n": 0}]
        assert bring_up_to_date(engine, store) == Copied(1, 0, len(rows))


def test_the_settings_choose_the_engine(tmp_path: Path, postgres: Postgres) -> None:
    """[metrics] engine is used where nothing else is said, and the environment's address goes before it."""
    store = open_store(tmp_path)
    store.append(rich_history(10), imported_at=AUTUMN.start)
    text = f'{TOML}[metrics]\nengine = "{postgres.address}"\n'
    settings, problems = read_settings(text)
    assert settings is not None
    assert not problems
    with open_engine(store, settings, {}) as chosen:
        assert isinstance(chosen, PostgresEngine)
        (found,) = measure(KPIS["likes"], chosen, AUTUMN, zone=BERLIN)
    with open_engine(store, settings, {"LEITSTAND_ENGINE": "duckdb"}) as chosen:
        assert not isinstance(chosen, PostgresEngine)
        assert measure(KPIS["likes"], chosen, AUTUMN, zone=BERLIN) == (found,)


def test_an_unreachable_database_is_named_without_its_password() -> None:
    """The sentence says where and why; the password is not in it."""
    database = Database("postgresql://anna:geheim@127.0.0.1:1/kpis", "brand-metrics")
    assert "geheim" not in repr(database)
    with pytest.raises(EngineError) as caught, open_postgres(database):
        pass
    assert "postgresql://anna@127.0.0.1:1/kpis#brand-metrics" in str(caught.value)
    assert "geheim" not in str(caught.value)
