"""Folders that are gone in the end, also when the process that made them was killed: the next one sweeps what it left.

As long as its process lives it holds a lock on its folder, so that one without a holder is nobody's. Where the system has
no such locks, nothing is swept.
"""

from __future__ import annotations

import glob
import os
import shutil
import stat
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
    with locked_folder(parent):
        _sweep(parent, prefix)
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        holder = _hold_new(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if holder is not None:
            os.close(holder)


@contextmanager
def held_temporary(prefix: str) -> Iterator[Path]:
    """The same among the temporary folders, below one of this user's; its path is short, as sockets' must be.

    In the common folder anybody could hold the lock and let everybody wait. Where somebody else has taken the name of
    ours, nothing is swept.
    """
    ours = Path(tempfile.gettempdir()) / f"leitstand-{getattr(os, 'getuid', int)()}"
    with suppress(FileExistsError, NotADirectoryError):
        ours.mkdir(mode=0o700)
    with held_folder(ours, prefix) if _is_ours(ours) else _temporary() as folder:
        yield folder


@contextmanager
def _temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="leitstand-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _is_ours(folder: Path) -> bool:
    """Whether nobody but us can write into it, or have put it there."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and (
        os.name == "nt" or (found.st_uid, found.st_mode & 0o022) == (os.getuid(), 0)
    )


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
def locked_folder(parent: Path) -> Iterator[None]:
    """While this lasts, other processes that ask for the same folder wait; nobody does where there are no such locks."""
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
