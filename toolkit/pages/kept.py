"""What was worked out for pages once and need not be again: as long as its key is the same, so is the answer.

One JSON file an answer, in the state's cache, which may be deleted any time. What cannot be read is not there, and a
disk that takes nothing costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
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


class Shelf:
    """Many answers in one file, each under a key of its own; those that a run did not ask for are not kept.

    Another `form` means that answers are written differently: none of the old ones is read.
    """

    def __init__(self, path: Path, form: str) -> None:
        self._path, self._form = path, form
        self._before: Mapping[str, Any] = recall(path, form, dict) or {}
        self._now: dict[str, object] = {}
        self._fresh = False

    def find(self, key: str, read: Callable[[Any], _Answer]) -> _Answer | None:
        """What `read` makes of the answer to `key`; None where there is none, or none that it can read."""
        try:
            found = read(self._before[key])
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None
        self._now[key] = self._before[key]
        return found

    def put(self, key: str, answer: object) -> None:
        """Keep `answer`, which JSON can say, for the next run."""
        self._now[key] = answer
        self._fresh = True

    def save(self) -> None:
        """Keep what this run found and put; nothing is written where nothing is new."""
        if self._fresh or len(self._now) != len(self._before):
            keep(self._path, self._form, self._now)


def keep(path: Path, key: str, answer: object) -> None:
    """Put `answer`, which JSON can say, to `path`."""
    data = json.dumps({"key": key, "answer": answer}, separators=(",", ":")).encode()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        replace_file(path, data)
