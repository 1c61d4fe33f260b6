"""Many reports in one go: workspaces times notebooks times months, each made only when it would come out differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.reports.executors import Done, Executor, Task, Watch
from toolkit.reports.making import Place, made_already, need_packages
from toolkit.reports.orders import Order, check_order
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: reports that are there as they would come out, and tasks."""

    there: tuple[Done, ...]
    tasks: tuple[Task, ...]

    @property
    def size(self) -> int:
        return len(self.there) + len(self.tasks)


def plan(places: Sequence[tuple[Place, Order]], *, force: bool = False) -> Plan:
    """Sort orders into what is there and what is to be made. Raises before anything runs, see `make_report`."""
    need_packages()
    there, tasks = [], []
    for place, order in places:
        check_order(order, place.workspace, place.clock.now())
        task = Task(place.workspace.root, place.state, order, place.clock.now())
        report = None if force else made_already(place, order)
        if report is None:
            tasks.append(task)
        else:
            there.append(Done(task, report))
    return Plan(tuple(there), tuple(tasks))


def make_all(planned: Plan, executor: Executor, watch: Watch) -> Iterator[Done]:
    """Everything in the plan: what is there first, then what is made, as it is done."""
    yield from planned.there
    if planned.tasks:
        yield from executor.run(planned.tasks, watch)
