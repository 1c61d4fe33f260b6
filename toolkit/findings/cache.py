"""The folder of what can be found anew, `.leitstand/cache/`: git does not see it, and it may be deleted any time."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from toolkit.source.writing import replace_file

CACHE: Final = ".leitstand/cache"


def keep(root: Path, name: str, data: bytes) -> None:
    """Put `data` into the file `name` of the workspace's cache.

    A folder that cannot be written, or a disk that is full, costs time and nothing else.
    """
    folder = root / CACHE
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        ignored = folder / ".gitignore"
        if not ignored.exists():
            replace_file(ignored, b"*\n")
        replace_file(folder / name, data)
