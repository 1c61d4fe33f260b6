"""Where notebooks run: every report in processes of its own, made as cheaply as the system allows.

::

    leitstand ── zygote ──┬── report: papermill and nbconvert ── kernel (behind walls)
                          └── report: papermill and nbconvert ── kernel

The zygote has imported once what every report needs and has no secret in its environment; a report is a fork of it,
its kernel a fork of the report before that has any thread. What a notebook does can end its own kernel only. Where
there is no safe fork (Windows, macOS), `Alone` starts both as fresh processes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from toolkit.reports.kernels.alone import Alone
from toolkit.reports.kernels.nursery import Nursery
from toolkit.reports.runner import Runner

__all__ = ["Alone", "Nursery", "Runner", "open_runner"]


def open_runner(environ: Mapping[str, str], cache: Path) -> Runner:
    """The cheapest way of this system. To be closed in the end; `cache` may outlive it."""
    return Nursery(environ, cache) if sys.platform == "linux" else Alone(environ, cache)
