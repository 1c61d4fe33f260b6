"""How what was seen of others is kept: one JSON file of rows, read whole or refused, so that nothing is written over unread."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from toolkit.errors import StateError
from toolkit.messages import _
from toolkit.source.writing import replace_file

FORMAT: Final = 1
Row = Mapping[str, object]
_Row = TypeVar("_Row")


def read_rows(path: Path, name: str, read: Callable[[Row], _Row]) -> list[_Row]:
    """Every row under `name`; nothing where there is no file.

    `read` raises `ValueError`, `TypeError` or `KeyError` for a row that is none. Raises `StateError` with the file and the
    remedy where anything in it cannot be read: what is not understood must not be lost by the next writing.
    """
    try:
        raw = json.loads(path.read_bytes())
        written = raw.get("format", FORMAT)
        if written != FORMAT:
            raise StateError(
                _("{path}: written by another version of Leitstand (format {format}); use that one here").format(
                    path=path, format=written
                )
            )
        return [read(row) for row in raw[name]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise StateError(
            _(
                "{path}: cannot be read ({reason}), so nothing is written over it; put back a backup, or rename it and begin anew"
            ).format(path=path, reason=f"{type(error).__name__}: {error}"[:200])
        ) from error


def write_rows(path: Path, name: str, rows: Iterable[Row]) -> None:
    """Put these in the place of all that were kept, in one step."""
    replace_file(path, json.dumps({"format": FORMAT, name: list(rows)}, ensure_ascii=False).encode())


def text_of(row: Row, key: str, default: str | None = None) -> str:
    """A text; raises `KeyError` or `TypeError` where there is none."""
    found = row[key] if default is None else row.get(key, default)
    if not isinstance(found, str):
        raise TypeError(f"{key} is no text")
    return found


def moment_of(row: Row, key: str) -> datetime:
    """An aware moment in UTC; raises `ValueError` where it is none."""
    found = datetime.fromisoformat(text_of(row, key))
    if found.tzinfo is None:
        raise ValueError(f"{key} has no time zone")
    return found.astimezone(UTC)


def number_of(row: Row, key: str) -> float:
    """A number; raises `TypeError` where it is none."""
    found = row[key]
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise TypeError(f"{key} is no number")
    return float(found)
