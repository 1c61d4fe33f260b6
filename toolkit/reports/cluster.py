"""Many machines: the reports are tasks of a Dask cluster, whose workers reach the same workspace and state folders.

A worker that is lost loses no report: another makes what it had begun, and files are put in place only when complete,
so that a report made twice is there once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from toolkit.errors import LeitstandError, UsageError, missing_extra
from toolkit.messages import _
from toolkit.model import SystemClock
from toolkit.reports.executors import Done, Task, Watch, make_task
from toolkit.reports.runner import Runner

if TYPE_CHECKING:
    from distributed import Client

RETRIES = 3


class Dask:
    """A Dask cluster: the one whose scheduler is named, or one of processes on this machine."""

    def __init__(self, scheduler: str = "", workers: int = 2) -> None:
        self.scheduler = scheduler
        self.workers = workers

    def run(self, tasks: Sequence[Task], watch: Watch) -> Iterator[Done]:
        from distributed import as_completed

        by_key = {f"report-{number}-{task.order.name}-{task.order.month}": task for number, task in enumerate(tasks)}
        with self._client() as client:
            futures = [
                client.submit(make_remote, task, key=key, pure=False, retries=RETRIES) for key, task in by_key.items()
            ]
            try:
                for future in as_completed(futures):  # type: ignore[no-untyped-call]  # distributed has no types
                    task = by_key[future.key]
                    done = _answer(future, task)
                    watch(task)(1, 1)
                    yield done
            finally:
                client.cancel(futures)  # type: ignore[no-untyped-call]  # distributed has no types

    @contextmanager
    def _client(self) -> Iterator[Client]:
        try:
            from distributed import Client, LocalCluster
        except ImportError as error:
            raise missing_extra("dask", error) from error
        if not self.scheduler:
            with (
                LocalCluster(  # type: ignore[no-untyped-call]  # distributed has no types
                    n_workers=self.workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
                ) as cluster,
                Client(cluster) as client,  # type: ignore[no-untyped-call]  # distributed has no types
            ):
                yield client
            return
        try:
            client = Client(self.scheduler, timeout="10s")  # type: ignore[no-untyped-call]  # distributed has no types
        except (OSError, TimeoutError, ValueError) as error:
            message = _("no Dask scheduler answers at {address}: {error}")
            raise UsageError(message.format(address=self.scheduler, error=error)) from None
        with client:
            yield client


def make_remote(task: Task) -> Done:
    """What a worker does: its first report starts its zygote, which lives as long as the worker."""
    return make_task(task, _runner(str(task.state)), lambda _done, _of: None, SystemClock())


@cache
def _runner(state: str) -> Runner:
    import atexit
    from pathlib import Path

    from toolkit.reports.kernels import open_runner

    # A composition root of its own: the worker's environment is that of its machine. Secrets in it stay here.
    environ: Mapping[str, str] = os.environ
    runner = open_runner(environ, Path(state) / "cache")
    atexit.register(runner.close)
    return runner


def _answer(future: object, task: Task) -> Done:
    try:
        answer: Done = future.result()  # type: ignore[attr-defined]  # distributed has no types
    except LeitstandError as error:
        return Done(task, None, str(error))
    except Exception as error:  # noqa: BLE001  # whatever went wrong on the cluster, it is this report's
        return Done(task, None, _("the cluster could not make it: {error}").format(error=error))
    return answer
