"""A benchmark's store is filled quickly, and is what imports of the same rows would have made."""

from __future__ import annotations

import pytest

from benchmarks.observations import append_months, fill
from toolkit.metrics import Store, open_store, overview

ROWS = 60_000
MONTHS = 4


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    quick, slow = (tmp_path_factory.mktemp(name) for name in ("quick", "slow"))
    fill(quick, ROWS, MONTHS)
    append_months(open_store(slow), ROWS, MONTHS)
    return open_store(quick), open_store(slow)


def files(store: Store) -> dict[str, bytes]:
    return {path.relative_to(store.folder).as_posix(): path.read_bytes() for path in store.files()}


def test_the_files_are_the_same_byte_by_byte(stores: tuple[Store, Store]) -> None:
    """The same names, order, encodings, row groups and rows."""
    quick, slow = stores
    assert files(quick) == files(slow)
    assert len(files(quick)) == MONTHS


def test_the_catalogue_is_the_same(stores: tuple[Store, Store]) -> None:
    """The same imports with the same months and moments; and the tables of both are current."""
    quick, slow = stores
    assert quick.imports() == slow.imports()
    seen = [(found.rows, found.files, found.size, found.tables_current) for found in map(overview, stores)]
    assert seen[0] == seen[1]
    assert seen[0][3]


@pytest.mark.parametrize("name", ["latest", "value_at_age", "series"])
def test_the_tables_say_the_same(stores: tuple[Store, Store], name: str) -> None:
    """Made from all snapshots at once, or import by import."""
    quick, slow = (store.query(f"SELECT * FROM {name} ORDER BY ALL", {}).to_pylist() for store in stores)
    assert quick == slow
    assert quick
