"""The record of one import, and what the ids of imports may be."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from toolkit.values import dataclass

_SAFE_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Import:
    """One import: what it was made from, when, and how much it brought."""

    id: str
    source: str  # importer or adapter
    name: str  # the file or account it came from
    imported_at: datetime  # aware, UTC; no two imports have the same moment
    rows: int
    first: datetime  # the earliest observation, aware, UTC
    last: datetime  # the latest observation
    months: tuple[str, ...]  # ``2026-10``, of its observations


def safe_id(import_id: str) -> str:
    """`import_id` if it can be part of a file name; raises ValueError, which is a defect of the caller."""
    if _SAFE_ID.fullmatch(import_id) is None:
        raise ValueError(f"an import id is letters, digits, dots and hyphens, not {import_id!r}")
    return import_id
