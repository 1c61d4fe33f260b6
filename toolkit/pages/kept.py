"""What was worked out for pages once and need not be again: as long as its key is the same, so is the answer.

One JSON file an answer, in the state's cache, which may be deleted any time. What cannot be read is not there, and a
disk that takes nothing costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from toolkit.source.writing import replace_file

_Answer = TypeVar("_Answer")


def digest(*parts: str) -> str:
    """A short name for texts, each as a whole."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def recall(path: Path, key: str, read: Callable[[Any], _Answer]) -> _Answer | None:
    """What `read` makes of the answer at `path`; None where it belongs to another key or is none."""
    try:
        raw = json.loads(path.read_bytes())
        return read(raw["answer"]) if raw["key"] == key else None
    # Whoever may write there may also write what no reader of ours expects.
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def keep(path: Path, key: str, answer: object) -> None:
    """Put `answer`, which JSON can say, to `path`."""
    data = json.dumps({"key": key, "answer": answer}, separators=(",", ":")).encode()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        replace_file(path, data)
