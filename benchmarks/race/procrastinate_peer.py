"""procrastinate 3 on PostgreSQL, as its documentation runs it: an async task, `App.run_worker`, one job at a time.

Careful: its documented way with jobs of workers that died, retrying stalled jobs by heartbeat. Its intervals are
shortened, as ours are.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from procrastinate import App, PsycopgConnector

from benchmarks.race.network import ask_later
from benchmarks.race.plan import Plan
from benchmarks.race.postgres import durability as ask_postgres

HEARTBEAT = 0.5
STALLED = 2.0


def make_app(plan: Plan) -> App:
    app = App(connector=PsycopgConnector(conninfo=plan.address))

    @app.task(name="publish")
    async def publish(key: str) -> None:
        await ask_later(plan.socket, key)

    return app


def enqueue(plan: Plan) -> None:
    asyncio.run(_enqueue(plan))


async def _enqueue(plan: Plan) -> None:
    app = make_app(plan)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for key, due in plan.dues:
            moment = datetime.fromtimestamp(due, UTC)
            await app.configure_task("publish", schedule_at=moment).defer_async(key=key)


def work(plan: Plan) -> None:
    """A worker until it is killed."""
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
    asyncio.run(_work(plan))


async def _work(plan: Plan) -> None:
    app = make_app(plan)
    async with app.open_async():
        if plan.careful:
            retrying = asyncio.create_task(_retry_stalled(app))
            retrying.add_done_callback(lambda done: done.cancelled() or done.exception())
        await app.run_worker_async(
            install_signal_handlers=False,
            fetch_job_polling_interval=plan.poll,
            concurrency=plan.concurrency,
            update_heartbeat_interval=HEARTBEAT if plan.careful else 10.0,
            stalled_worker_timeout=STALLED if plan.careful else 30.0,
        )


async def _retry_stalled(app: App) -> None:
    """The body of the documentation's periodic task, every second instead of every ten minutes."""
    while True:
        await asyncio.sleep(1)
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            try:
                await app.job_manager.retry_job(job)
            except Exception:  # noqa: BLE001  # another worker was faster
                continue


def held(_plan: Plan) -> list[str]:
    """Jobs that procrastinate itself gave up: it asks nobody."""
    return []


def durability(plan: Plan) -> str:
    return ask_postgres(plan.address)
