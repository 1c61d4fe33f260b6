"""Folders that are gone in the end, also when the process that made them was killed: the next one sweeps what it left.

As long as its process lives it holds a lock on its folder, so that one without a holder is nobody's. Where the system has
no such locks, nothing is swept.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def held_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `parent`, gone in the end; folders of this prefix that nobody holds any more go now."""
    parent.mkdir(parents=True, exist_ok=True)
    # Another process must not sweep between the making of the folder and its lock.
    with _locked(parent):
        _sweep(parent, prefix)
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        holder = _hold_new(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if holder is not None:
            os.close(holder)


def _sweep(parent: Path, prefix: str) -> None:
    for folder in parent.glob(f"{glob.escape(prefix)}*"):
        with suppress(OSError):
            holder = _hold(folder)
            if holder is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(holder)


def _hold(folder: Path) -> int | None:
    """The descriptor that locks the folder; None where there are no locks. Raises `OSError` when another holds it."""
    if fcntl is None:
        return None
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _hold_new(folder: Path) -> int | None:
    with suppress(OSError):  # a file system without locks
        return _hold(folder)
    return None


@contextmanager
def _locked(parent: Path) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    descriptor = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
