"""SQL of the KPIs' expressions for one engine. Making it costs more than running it, so each is made once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from toolkit.kpis.period import Period
from toolkit.kpis.recall import recall

if TYPE_CHECKING:
    import ibis.expr.types as ir

_BLANK: Final = re.compile(r"@(start|end|until|seen|age|hours)\b")
DUCKDB: Final = "duckdb"


class Question(Protocol):
    """A table that is asked for, with the period's blanks in it. Hashable: a frozen dataclass."""

    @property
    def name(self) -> str:
        """All that its SQL depends on beside the definitions; "" where it asks for other KPIs than the dictionary's."""

    def __call__(self) -> ir.Table: ...


@lru_cache(maxsize=1024)
def make_sql(question: Question, dialect: str = DUCKDB) -> str:
    """The SQL of what `question` asks for, with the period's blanks still in it."""
    if not question.name:
        return compile_sql(question(), dialect)
    return recall(f"{dialect} {question.name}", lambda: compile_sql(question(), dialect))


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
