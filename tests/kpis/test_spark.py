"""The KPIs on Spark: the same answers as DuckDB's. Needs ``pip install "leitstand[spark]"`` and Java."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.kpis.histories import AUTUMN, BERLIN, rich_history, subjects_of
from tests.kpis.sameness import largest_difference
from toolkit.errors import UsageError
from toolkit.kpis import GROUPS, KPIS, Engine, measure_all, unit_rows
from toolkit.kpis.engines import open_engine
from toolkit.metrics import Store, open_store
from toolkit.settings import read_settings

POSTS = 80
# PySpark leaves the sockets open over which it fetches answers.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
INSTALLED = find_spec("pyspark") is not None
SETTINGS, _PROBLEMS = read_settings('format = 1\n[workspace]\nid = "x"\n[metrics]\nengine = "spark://local"\n')


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(tmp_path_factory.mktemp("store"))
    store.append(rich_history(POSTS), imported_at=AUTUMN.until)
    return store


@pytest.fixture(scope="module")
def spark(store: Store) -> Iterator[Engine]:
    """Spark on this machine, over the store's files."""
    if not INSTALLED:
        pytest.skip('pyspark is not installed: pip install "leitstand[spark]"')
    if shutil.which("java") is None:
        pytest.skip("Java is not installed, which Spark runs on")
    assert SETTINGS is not None
    with open_engine(store, SETTINGS, {}) as engine:
        yield engine


@pytest.mark.parametrize("by", ["", *GROUPS])
def test_all_kpis_by_all_groups_are_equal_on_spark(store: Store, spark: Engine, by: str) -> None:
    """No value, denominator, median or interval differs by more than 1e-9 of itself, and every n is the same."""
    subjects = subjects_of(POSTS)
    here, there = (
        measure_all(KPIS.values(), engine, AUTUMN, by=by, zone=BERLIN, subjects=subjects) for engine in (store, spark)
    )
    assert largest_difference(here, there) <= 1e-9


def test_single_rows_are_equal_on_spark(store: Store, spark: Engine) -> None:
    """The posts behind a KPI are the same, at the same moments, whatever this machine's zone is."""
    name = "engagement_rate_followers"
    assert unit_rows(KPIS[name], store, AUTUMN) == unit_rows(KPIS[name], spark, AUTUMN)


@pytest.mark.skipif(INSTALLED, reason="pyspark is installed")
def test_without_spark_its_extra_is_named(tmp_path: Path) -> None:
    """Who chose Spark and does not have it is told what to install."""
    assert SETTINGS is not None
    with pytest.raises(UsageError, match=r"leitstand\[spark\]"), open_engine(open_store(tmp_path), SETTINGS, {}):
        pass
