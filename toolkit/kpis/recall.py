"""SQL that was made before, kept in the user's cache folder: making it takes many times what running it does.

What was made by other definitions, or another version of what makes SQL of them, is not recalled: a folder bears the
hash of both. Everything in it can be deleted at any time, and a folder that cannot be written is no error.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from toolkit.source.writing import write_whole

MOST: Final = 1000  # texts that are kept, of some kB each
MAKERS: Final = ("ibis-framework", "sqlglot")
_BESIDE: Final = Path(__file__).parent


def recall(name: str, make: Callable[[], str]) -> str:
    """What was kept under `name`, or what `make` makes now."""
    folder = _folder()
    if folder is None:
        return make()
    path = folder / f"{_digest(name)}.sql"
    known = _read(path)
    if known is None:
        known = make()
        _keep(path, known)
    return known


def _read(path: Path) -> str | None:
    """The text whose hash stands in the first line; None for a file that is not there or not as it was written."""
    with suppress(OSError, UnicodeDecodeError):
        head, _newline, text = path.read_text(encoding="utf-8").partition("\n")
        return text if head == _digest(text) else None
    return None


def _keep(path: Path, text: str) -> None:
    with suppress(OSError):
        if not path.parent.is_dir():
            _forget(path.parent.parent)
        elif sum(1 for _each in path.parent.iterdir()) >= MOST:
            return
        written = f"{_digest(text)}\n{text}".encode()

        def fill(temporary: Path) -> None:
            temporary.write_bytes(written)

        write_whole(path, fill)


def _forget(folder: Path) -> None:
    """Delete what earlier versions have made."""
    for old in folder.iterdir() if folder.is_dir() else ():
        shutil.rmtree(old, ignore_errors=True)


@cache
def _made_by() -> str:
    """The hash of all that SQL depends on; "" where that cannot be known."""
    try:
        sources = [path.read_bytes() for path in sorted(_BESIDE.glob("*.py"))]
        versions = [version(maker) for maker in MAKERS]
    except (OSError, PackageNotFoundError):
        return ""
    return _digest("\0".join([*versions, *(blake2b(source).hexdigest() for source in sources)])) if sources else ""


def _folder() -> Path | None:
    if not _made_by():
        return None
    with suppress(RuntimeError):  # somebody without a home
        return Path(user_cache_path("leitstand", appauthor=False)) / "kpis" / _made_by()
    return None


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
