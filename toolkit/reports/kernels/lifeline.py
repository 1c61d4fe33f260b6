"""Ending with whoever started this process, whatever ended that, and leaving nothing behind.

A fresh process holds the far end of a pipe: when the near end is closed, because its owner closed it or is gone, a
thread here ends everything below and then the process itself. That works on every system. Children that hid from their
group are found on Linux alone.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


def end_with(pipe: BinaryIO, last: Callable[[], object]) -> None:
    """From now on end when `pipe` is closed, after `last`; with this process's group, where there are groups."""

    def wait() -> None:
        try:
            while pipe.read(1):
                pass
        finally:
            try:
                last()
                end_children()
            finally:
                end_group()

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def end_group() -> None:
    """End this process, and what it started as far as that stayed in its group. Only for the leader of a group."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def end_children() -> None:
    """End everything below this process, adopted orphans included."""
    with suppress(ChildProcessError):
        while found := children():
            for pid in found:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            os.waitpid(-1, 0)


def children() -> set[int]:
    """The processes whose parent this one is; none where the system does not tell."""
    with suppress(OSError):
        return {
            int(pid)
            for thread in Path("/proc/self/task").iterdir()
            for pid in (thread / "children").read_text(encoding="ascii").split()
        }
    return set()
