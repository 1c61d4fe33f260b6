"""The record of one import. The store writes it last, so that an import counts wholly or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final

from toolkit.model import Subject

_SAFE_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Import:
    """One import: what it was made from, when, and how much it brought."""

    id: str
    source: str  # importer or adapter
    name: str  # the file or account it came from
    imported_at: datetime  # aware, UTC
    rows: int
    first: datetime  # the earliest observation, aware, UTC
    last: datetime  # the latest observation
    months: tuple[str, ...]  # ``2026-10``, one file each
    subjects: Mapping[str, Subject] = field(default_factory=dict)

    def to_json(self) -> str:
        """One JSON object with times in ISO 8601."""
        return json.dumps(asdict(self), ensure_ascii=False, default=_plain, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Import:
        """The record that `to_json` wrote."""
        raw = json.loads(text)
        for key in ("imported_at", "first", "last"):
            raw[key] = datetime.fromisoformat(raw[key])
        raw["months"] = tuple(raw["months"])
        raw["subjects"] = {uid: Subject(**subject) for uid, subject in raw["subjects"].items()}
        return cls(**raw)


def safe_id(import_id: str) -> str:
    """`import_id` if it can be a file name; raises ValueError, which is a defect of the caller."""
    if _SAFE_ID.fullmatch(import_id) is None:
        raise ValueError(f"an import id is letters, digits, dots and hyphens, not {import_id!r}")
    return import_id


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
