"""Who makes many reports: this machine's processors, or a Dask cluster. Both take tasks and answer as they are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import datetime
from pathlib import Path
from typing import Protocol

from toolkit.errors import LeitstandError
from toolkit.model import Clock, SetClock
from toolkit.reports.making import Place, Report, make_report
from toolkit.reports.orders import Order
from toolkit.reports.runner import Progress, Runner
from toolkit.values import dataclass
from toolkit.workspace import load_workspace


@dataclass(frozen=True, slots=True)
class Task:
    """One report to make, in plain values that can go to another machine."""

    workspace: Path
    state: Path
    order: Order
    now: datetime  # aware


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task: the report, or the sentence why there is none."""

    task: Task
    report: Report | None
    error: str = ""


Watch = Callable[[Task], Progress]  # where a task's progress goes


class Executor(Protocol):
    """What makes reports."""

    def run(self, tasks: Sequence[Task], watch: Watch) -> Iterator[Done]:
        """Make them all, each once; answers come in the order in which they are done.

        Closing the iterator early ends what runs. A report that cannot be made is a `Done` with an error.
        """
        ...


class Local:
    """This machine: as many reports at once as it has workers."""

    def __init__(self, runner: Runner, workers: int, clock: Clock) -> None:
        self.runner = runner
        self.workers = workers
        self.clock = clock

    def run(self, tasks: Sequence[Task], watch: Watch) -> Iterator[Done]:
        pool = ThreadPoolExecutor(self.workers, thread_name_prefix="report")
        try:
            waiting: list[Future[Done]] = [pool.submit(self._make, task, watch) for task in tasks]
            for future in as_completed(waiting):
                yield future.result()
        finally:
            # After an interrupt: what runs is ended at once, what waits is not begun, nobody is left behind.
            pool.shutdown(wait=False, cancel_futures=True)
            self.runner.close()
            pool.shutdown(wait=True)

    def _make(self, task: Task, watch: Watch) -> Done:
        return make_task(task, self.runner, watch(task), self.clock)


def make_task(task: Task, runner: Runner, progress: Progress, clock: Clock) -> Done:
    """Make one report; `clock` says how long it took, the task what time it is in the report."""
    place = Place(load_workspace(task.workspace), task.state, _Clock(task.now, clock))
    try:
        return Done(task, make_report(place, task.order, runner, progress))
    except LeitstandError as error:
        return Done(task, None, str(error))


class _Clock(SetClock):
    """Stands at the task's moment, and counts seconds by another clock."""

    def __init__(self, moment: datetime, counting: Clock) -> None:
        super().__init__(moment)
        self.counting = counting

    def elapsed(self) -> float:
        return self.counting.elapsed()
