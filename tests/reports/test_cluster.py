"""Many reports on a real cluster of processes: a worker is killed, and every report is there once and whole."""

from __future__ import annotations

import os
import signal
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.reports.test_runner import ignore, write_notebook
from toolkit.errors import UsageError
from toolkit.reports.cluster import Dask
from toolkit.reports.executors import Task
from toolkit.reports.isolation import Limits
from toolkit.reports.manifest import altered, read_manifest
from toolkit.reports.orders import Order

NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")
MANY = 40


@pytest.mark.filterwarnings("default")  # distributed's own, of sockets that a killed worker left
def test_a_worker_that_is_killed_loses_no_report(filled: Any, tmp_path: Path) -> None:
    """Forty reports on two workers, one of which is killed in the middle: forty, each whole, nothing beside them."""
    from distributed import Client, LocalCluster

    write_notebook(filled.root, "tiny", "print(6 * 7)")
    orders = [
        Order("tiny", "2026-10", output=tmp_path / f"{number:03}", limits=Limits(120.0)) for number in range(MANY)
    ]
    tasks = [Task(filled.root, filled.state, order, NOW) for order in orders]
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,  # type: ignore[no-untyped-call]  # distributed has no types
        Client(cluster) as client,  # type: ignore[no-untyped-call]  # distributed has no types
    ):
        pids = client.run(os.getpid)
        done = []
        for one in Dask(cluster.scheduler_address).run(tasks, lambda _task: ignore):
            done.append(one)
            if len(done) == MANY // 3:
                os.kill(min(pids.values()), signal.SIGKILL)
    assert [one.error for one in done if one.report is None] == []
    assert len({one.task.order.output for one in done}) == len(done) == MANY
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{number:03}" for number in range(MANY)]
    for folder in tmp_path.iterdir():
        assert {path.name for path in folder.iterdir()} == {"index.html", "manifest.json", "tiny.ipynb"}
        assert altered(folder, read_manifest(folder)) == ()
        assert "42" in (folder / "index.html").read_text()


@pytest.mark.filterwarnings("default")  # distributed's own
def test_a_scheduler_that_is_not_there_is_a_sentence(filled: Any, tmp_path: Path) -> None:
    """The address stands in it."""
    task = Task(filled.root, filled.state, Order("tiny", "2026-10", output=tmp_path / "out"), NOW)
    with pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        list(Dask("tcp://127.0.0.1:9").run([task], lambda _task: ignore))
