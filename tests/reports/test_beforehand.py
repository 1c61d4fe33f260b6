"""What is made before reports are forked: without a thread, and so that no kernel makes it again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reports.test_runner import make, nursery, place
from toolkit.kpis import KPIS
from toolkit.reports.isolation import scrub

__all__ = ["nursery", "place"]  # fixtures
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks kernels")
PREPARED = """
import os
from toolkit.reports.kernels import beforehand
beforehand.prepare()
beforehand.ask()
from toolkit.kpis.sql import make_sql
print(len(os.listdir("/proc/self/task")), make_sql.cache_info().currsize)
"""


@LINUX
def test_nothing_of_it_starts_a_thread(tmp_path: Path) -> None:
    """With the environment of the zygote there is one thread and the SQL of every KPI, first made and then recalled."""
    cache = tmp_path / "recalled"
    for _time in ("first", "again"):
        environ = scrub(os.environ, str(tmp_path), cache)
        done = subprocess.run([sys.executable, "-c", PREPARED], env=environ, check=True, capture_output=True, text=True)
        assert done.stdout.split() == ["1", str(len(KPIS))]
        assert len(list(cache.rglob("*.sql"))) == len(KPIS)


@LINUX
def test_a_kernel_of_a_packaged_report_has_the_kpis_sql(place: Any, nursery: Any, tmp_path: Path) -> None:
    """It asks what was asked before the fork; a notebook that names none of our reports has waited for nothing."""
    cell = "from toolkit.kpis.sql import make_sql; print('made:', make_sql.cache_info().currsize)"
    assert "made: 0" in make(place, nursery, tmp_path, cell)[1]
    failures, html = make(place, nursery, tmp_path, "import toolkit.reports.monthly", cell)
    assert failures == ()
    assert f"made: {len(KPIS)}" in html
