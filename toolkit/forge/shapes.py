"""Values out of a forge's JSON, of which nothing may be taken for granted: the wrong shape reads as nothing."""

from __future__ import annotations

from datetime import UTC, datetime


def text(value: object, *keys: str) -> str:
    """The text at a path of keys, such as ``user``, ``login``; "" where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def number(value: object, key: str) -> int:
    """A whole number; 0 where there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def items(value: object, key: str = "") -> list[object]:
    """A list, or the list at `key`; empty where there is none."""
    found = value.get(key) if key and isinstance(value, dict) else value
    return found if isinstance(found, list) else []


def moment(written: str) -> datetime | None:
    """An ISO time with an offset, in UTC; None when it is none."""
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        return None
    return None if parsed.tzinfo is None else parsed.astimezone(UTC)
