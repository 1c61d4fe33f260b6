"""The table ``[metrics]``: which engine computes the KPIs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.messages import _
from toolkit.settings.addresses import has_password, is_ledger_address
from toolkit.settings.reader import Reader

TABLE: Final = "metrics"
KEYS: Final[Mapping[str, str]] = {
    "engine": "What computes the KPIs: duckdb on this machine (the default), a PostgreSQL database such as postgresql://user@host/database, without a password, or Spark, such as spark://host:7077.",
}
DUCKDB: Final = "duckdb"
SPARK: Final = "spark://"


def is_engine(address: str) -> bool:
    """Whether it is ``duckdb``, an address of PostgreSQL or one of Spark; spark://local is this machine."""
    return address == DUCKDB or is_ledger_address(address) or (address.startswith(SPARK) and address != SPARK)


def read_engine(reader: Reader, raw: Mapping[str, object]) -> str:
    """``[metrics] engine``; "" for DuckDB."""
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    address = reader.value(table, TABLE, "engine", str, "")
    if not address or address == DUCKDB:
        return ""
    if not is_engine(address):
        message = _("engine must be duckdb, or an address such as postgresql://user@host/database or spark://host:7077")
        reader.error(TABLE, "engine", message)
    elif has_password(address):
        message = _("no password here, this file is in git: put it into the file that PGPASSFILE names, or set {name}")
        reader.error(TABLE, "engine", message.format(name="LEITSTAND_ENGINE"))
    return address
