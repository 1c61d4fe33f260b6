"""APScheduler 3 with its SQLAlchemy job store in an SQLite file: one scheduler, for a job store must not be shared.

By default a job that is late by more than a second is dropped; careful: ``misfire_grace_time=None``, never.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from typing import Any

from apscheduler.jobstores.sqlalchemy import (  # type: ignore[import-untyped]  # it has no types
    SQLAlchemyJobStore,
)
from apscheduler.schedulers.background import (  # type: ignore[import-untyped]  # it has no types
    BackgroundScheduler,
)

from benchmarks.race.network import ask
from benchmarks.race.plan import Plan


def make_scheduler(plan: Plan) -> Any:
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    defaults = {"misfire_grace_time": None} if plan.careful else {}
    stores = {"default": SQLAlchemyJobStore(url=f"sqlite:///{plan.file}")}
    return BackgroundScheduler(jobstores=stores, job_defaults=defaults, timezone=UTC)


def enqueue(plan: Plan) -> None:
    scheduler = make_scheduler(plan)
    scheduler.start(paused=True)
    for key, due in plan.dues:
        moment = datetime.fromtimestamp(due, UTC)
        scheduler.add_job(ask, "date", run_date=moment, args=(plan.socket, key), id=key)
    scheduler.shutdown()


def work(plan: Plan) -> None:
    """A scheduler, until no job is left."""
    scheduler = make_scheduler(plan)
    scheduler.start()
    while scheduler.get_jobs():
        time.sleep(1)
    scheduler.shutdown()


def held(_plan: Plan) -> list[str]:
    """Nothing: what was dropped leaves no trace."""
    return []


def durability(plan: Plan) -> str:
    from sqlalchemy import create_engine, text

    engine = create_engine(f"sqlite:///{plan.file}")
    with engine.connect() as connection:
        mode = connection.execute(text("PRAGMA journal_mode")).scalar()
        synchronous = connection.execute(text("PRAGMA synchronous")).scalar()
    engine.dispose()
    return f"journal_mode={mode}, synchronous={synchronous}"
