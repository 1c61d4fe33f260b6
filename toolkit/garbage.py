"""How our processes treat Python's collector of cycles, which looks for garbage where there is none.

What a process imports and reads stays, nearly all of it, until the process ends. The collector visits it again and again
as more comes; at the end it visits everything twice and takes it apart. Of a build of 10,000 posts in which nothing had
changed that was a quarter, of ``leitstand check`` of 1,000 a third. What is frozen is passed over, and goes as one.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Pause the collector while much is made that stays, such as thousands of posts."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def settle() -> None:
    """What is there now stays as long as the process; what comes is looked at far less often."""
    _freeze()
    gc.set_threshold(50_000, 20, 100)


def collect() -> None:
    """Find what is garbage now: something large was replaced, and waiting for enough small things would take hours."""
    gc.collect()


def stop() -> None:
    """Look for nothing more: the process does one thing, which leaves few cycles, and ends."""
    gc.disable()


def leave() -> None:
    """The process is about to end, and the system takes what it holds. What needs an ending was given it with ``with``."""
    _freeze()


def _freeze() -> None:
    # DuckDB prints complaints when some of it was not taken apart: once it is loaded, the collector has to see everything.
    if "_duckdb" not in sys.modules:
        gc.freeze()
