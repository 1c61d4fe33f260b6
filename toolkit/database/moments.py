"""Moments as databases store them: UTC text of fixed width, "" for none, so that text order is time order."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(moment: datetime | None) -> str:
    """`moment` (aware) as ``2026-11-21T12:00:00.000000Z``; "" for None."""
    if moment is None:
        return ""
    if moment.tzinfo is None:
        raise ValueError("moments are stored with a zone only")
    # strftime does not pad years below 1000 everywhere.
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def to_moment(text: str) -> datetime | None:
    """The moment that `to_text` wrote."""
    return datetime.fromisoformat(text) if text else None


def surely(text: str) -> datetime:
    """The moment in a column that is never empty."""
    return datetime.fromisoformat(text)
