"""Who takes part, with which settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.race.plan import Plan

NOTHING = Plan("", "ours", [])


@dataclass(frozen=True, slots=True)
class Contender:
    """A name for the table, and the plan it is run with; `plan.address` other than "" asks for PostgreSQL."""

    name: str
    settings: str
    plan: Plan

    def at(self, dues: Sequence[float], **changes: object) -> Plan:
        """Its plan for posts that are due so many seconds after the start."""
        posts = [(f"P{number:05}", due) for number, due in enumerate(dues)]
        return replace(self.plan, dues=posts, **changes)  # type: ignore[arg-type]  # fields of Plan, by name


def ours(name: str = "Leitstand, SQLite", *, poll: float = 0.25, readable: bool = True, address: str = "") -> Contender:
    kind = "the network can be read" if readable else "nobody can look"
    return Contender(name, f"poll {poll:g} s; {kind}", replace(NOTHING, poll=poll, readable=readable, address=address))


def procrastinate(*, poll: float = 0.25, careful: bool = False, concurrency: int = 1) -> Contender:
    recovery = "stalled jobs retried by heartbeat" if careful else "default: no task for stalled jobs"
    settings = f"poll {poll:g} s; concurrency {concurrency}; {recovery}"
    plan = replace(NOTHING, contender="procrastinate", address="new", poll=poll, careful=careful)
    return Contender("procrastinate, PostgreSQL", settings, replace(plan, concurrency=concurrency))


def apscheduler(*, careful: bool = False) -> Contender:
    grace = "misfire_grace_time=None" if careful else "default misfire_grace_time=1"
    plan = replace(NOTHING, contender="apscheduler", careful=careful, processes=1)
    return Contender("APScheduler, SQLite", f"one scheduler; {grace}", plan)
