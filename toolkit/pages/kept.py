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
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit.source.writing import replace_file

if TYPE_CHECKING:
    from toolkit.metrics import Store

_Answer = TypeVar("_Answer")


def digest(*parts: str) -> str:
    """A short name for texts, each as a whole."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def kept(
    path: Path,
    key: str,
    count: Callable[[], _Answer],
    plain: Callable[[_Answer], object],
    read: Callable[[Any], _Answer],
) -> _Answer:
    """What `count` gives, counted now or when the key was the same; `plain` says it for JSON, `read` undoes that."""
    known = recall(path, key, read)
    if known is None:
        known = count()
        keep(path, key, plain(known))
    return known


def known_store(state: Path) -> Store | None:
    """The store where something was imported into it; without the extra for it there is none."""
    try:
        from toolkit.metrics import open_store

        store = open_store(state)
        return store if store.imports() else None
    except ImportError:
        return None


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
