"""Values out of a network's JSON, of which nothing may be taken for granted: the wrong shape reads as nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime


def fields(value: object) -> Mapping[str, object]:
    """A JSON object; empty when it is something else."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """A JSON array; empty when it is something else."""
    return value if isinstance(value, list) else []


def text(value: object, key: str) -> str:
    """A text of a JSON object; "" when it is something else."""
    found = fields(value).get(key)
    return found if isinstance(found, str) else ""


def number(value: object, key: str) -> float | None:
    """A number of a JSON object; None when it is something else."""
    found = fields(value).get(key)
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def moment(written: str) -> datetime | None:
    """An ISO time in UTC; None when it is none."""
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
