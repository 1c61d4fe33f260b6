"""How much a report may use, and what it is called when it used that up."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from toolkit.messages import _
from toolkit.values import dataclass

_MEBIBYTE: Final = 1024 * 1024
_FILE: Final = 256 * _MEBIBYTE  # the largest file that a notebook may write into its own folder


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one report.

    `seconds` on the clock, `cpu` seconds of processor time (0: as many), and MiB of `memory` beside what Python and its
    packages take (0: any).
    """

    seconds: float = 600.0
    cpu: float = 0.0
    memory: int = 4096

    @property
    def cpu_seconds(self) -> int:
        """Whole seconds of processor time, at least one."""
        return max(1, round(self.cpu or self.seconds))


def restrain(limits: Limits) -> tuple[str, ...]:
    """Put the limits on this process; returns the names of those that the system knows."""
    return tuple(name for name, kind, amount in _wanted(limits) if _put(kind, amount))


def _wanted(limits: Limits) -> Iterator[tuple[str, str, int]]:
    if limits.memory:
        # What a process writes into counts, mapped files do not: Arrow and DuckDB map far more than they use.
        yield "memory", "RLIMIT_DATA", _taken() + limits.memory * _MEBIBYTE
    yield "cpu", "RLIMIT_CPU", limits.cpu_seconds
    yield "file size", "RLIMIT_FSIZE", _FILE
    yield "core dumps", "RLIMIT_CORE", 0


def _taken() -> int:
    """Bytes that Python and its packages have already; they are not the notebook's."""
    with suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmData:")) * 1024
    return 0


def _put(kind: str, amount: int) -> bool:
    with suppress(ImportError, AttributeError, ValueError, OSError):  # no such limit here, or a lower one is in force
        import resource

        # At the soft limit of processor time comes SIGXCPU, which says what it is about, at the hard one SIGKILL.
        hard = amount + 5 if kind == "RLIMIT_CPU" else amount
        resource.setrlimit(getattr(resource, kind), (amount, hard))
        return True
    return False


def why_ended(status: int, limits: Limits) -> str:
    """A sentence on a kernel that is gone. `status` is its exit code, or the negative number of a signal."""
    if -status == getattr(signal, "SIGXCPU", None):
        message = _("the notebook used up its {seconds} seconds of processor time; --cpu allows more")
        return message.format(seconds=limits.cpu_seconds)
    if status < 0:
        name = signal.Signals(-status).name if -status in set(signal.Signals) else str(-status)
        message = _(
            "the notebook's kernel was ended by {signal}; a kernel that needs more than {memory} MiB is ended too, and --memory allows more"
        )
        return message.format(signal=name, memory=limits.memory)
    return _("the notebook's kernel ended by itself with exit code {code}").format(code=status)
