"""The engine that leitstand.toml chooses, with the observations in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from toolkit.errors import UsageError
from toolkit.kpis.rows import Engine, one_state
from toolkit.messages import _
from toolkit.metrics import Store
from toolkit.settings import Settings
from toolkit.settings.engine import DUCKDB, SPARK, is_engine

VARIABLE: Final = "LEITSTAND_ENGINE"


@contextmanager
def open_engine(store: Store, settings: Settings, environ: Mapping[str, str]) -> Iterator[Engine]:
    """What the variable LEITSTAND_ENGINE or ``[metrics] engine`` names, brought up to date with `store`.

    Without either, the store itself, in the one state that it has now. Raises `UsageError` and `EngineError`.
    """
    address = environ.get(VARIABLE, "").strip() or settings.engine or DUCKDB
    if not is_engine(address):
        message = _("{name} must be duckdb, or an address such as postgresql://user@host/database or spark://host:7077")
        raise UsageError(message.format(name=VARIABLE))
    if address == DUCKDB:
        with one_state(store) as still:
            yield still
    elif address.startswith(SPARK):
        from toolkit.kpis.spark import open_spark

        with open_spark(address, store) as spark:
            yield spark
    else:
        from toolkit.kpis.postgres import Database, bring_up_to_date, open_postgres

        with open_postgres(Database(address, f"{settings.id}-metrics")) as postgres:
            bring_up_to_date(postgres, store)
            yield postgres
