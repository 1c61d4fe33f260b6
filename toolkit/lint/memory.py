"""What was measured once and is the same until the bytes change: kept in `.leitstand/`, which may be deleted any time.

Looking into a picture takes 20 ms, and comparing its colours needs a library that takes longer to import than
everything else of a check. Keys are hashes of all that went in, so that nothing here is ever out of date.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from toolkit.findings.cache import CACHE, keep

# One measured row: a colour, its share of the picture, the colour it was compared with, their difference.
Row = tuple[str, float, str, float]
Rows = tuple[Row, ...]

_NAME: Final = "colours.json"
# How things are measured; another name for another way, so that nothing measured in the old way is recalled.
_METHOD: Final = b"median cut of 8, merged; CIEDE2000"
_MOST: Final = 5_000  # entries; the oldest go first
_LARGEST: Final = 20_000_000  # bytes of a file that is still read


def make_key(*parts: bytes) -> str:
    """A key for everything that a measurement depends on."""
    whole = hashlib.sha256(_METHOD)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


class Memory:
    """Measurements of one workspace; a file that cannot be read or written is simply no memory."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = _read(root / CACHE / _NAME)
        self._changed = False

    def recall(self, key: str, measure: Callable[[], Rows]) -> Rows:
        """What was measured under `key`, measured now when it was not."""
        found = self._known.pop(key, None)
        if found is None:
            found = measure()
            self._changed = True
        self._known[key] = found
        return found

    def save(self) -> None:
        """Keep what is new for the next check."""
        if not self._changed:
            return
        kept = dict(list(self._known.items())[-_MOST:])
        keep(self._root, _NAME, json.dumps(kept).encode())
        self._changed = False


def _read(file: Path) -> dict[str, Rows]:
    try:
        if file.is_symlink() or file.stat().st_size > _LARGEST:
            return {}
        raw = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return {key: _rows(rows) for key, rows in raw.items() if _is_sound(rows)} if isinstance(raw, dict) else {}


def _rows(rows: list[list[object]]) -> Rows:
    return tuple((str(one), float(str(share)), str(near), float(str(away))) for one, share, near, away in rows)


def _is_sound(rows: object) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, list) and len(row) == 4 and all(isinstance(row[at], int | float) for at in (1, 3))
        for row in rows
    )
