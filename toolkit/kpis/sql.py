"""SQL of the KPIs' expressions for one engine. Making it costs more than running it, so each is made once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from toolkit.kpis.period import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

_BLANK: Final = re.compile(r"@(start|end|until|seen|age|hours)\b")
DUCKDB: Final = "duckdb"


@lru_cache(maxsize=1024)
def make_sql(table: Callable[[], ir.Table], dialect: str = DUCKDB) -> str:
    """The SQL of what `table` gives, with the period's blanks still in it. `table` is hashable: a frozen dataclass."""
    return compile_sql(table(), dialect)


def compile_sql(expression: ir.Table, dialect: str = DUCKDB) -> str:
    """The SQL of an expression for one engine: duckdb, postgres or pyspark."""
    import ibis

    if dialect != DUCKDB:
        getattr(ibis, dialect)  # the first look registers the dialect's options, without which Spark's SQL is not made
    return str(ibis.to_sql(expression, dialect=dialect))


def fill(sql: str, period: Period) -> str:
    """The SQL with the period in its blanks. Values are ours: times and whole numbers."""
    values: Mapping[str, str] = period.blanks
    return _BLANK.sub(lambda match: values[match[1]], sql)
