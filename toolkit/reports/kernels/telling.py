"""What a report's own process tells whoever asked for it, line by line: how far it is, and in the end its outcome."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from toolkit.errors import LeitstandError, ReportError
from toolkit.reports.execute import run_job
from toolkit.reports.kernels.source import ForkedKernel, KernelSource
from toolkit.reports.runner import Job, Outcome, Progress

Tell = Callable[[dict[str, object]], None]


def report(text: str, home: Path, channel: int) -> int:
    """Run a job in this process, which has one thread; returns the exit code."""
    job = Job.from_json(text)
    # Before papermill opens a ZeroMQ context, which has threads.
    kernel = ForkedKernel(job, home)

    def tell(message: dict[str, object]) -> None:
        os.write(channel, json.dumps(message).encode() + b"\n")

    tell({"pid": os.getpid(), "kernel": kernel.pid})
    return told(job, kernel, tell)


def told(job: Job, kernel: KernelSource, tell: Tell) -> int:
    """Run a job and tell how it goes; returns the exit code. A defect is printed and not told."""
    try:
        outcome = run_job(job, kernel, lambda done, of: tell({"done": done, "of": of}))
    except LeitstandError as error:
        tell({"error": str(error)})
        return 1
    except Exception:  # noqa: BLE001  # whatever it is, it must not end another report
        traceback.print_exc()
        return 1
    finally:
        kernel.end()
    tell({"outcome": outcome.to_json()})
    return 0


def listen(lines: Iterable[bytes | str], progress: Progress) -> Outcome | None:
    """Pass on how far the report is; its outcome, or None when it ended without one. Raises `ReportError`."""
    for line in lines:
        message = json.loads(line)
        if "done" in message:
            progress(message["done"], message["of"])
        if "error" in message:
            raise ReportError(message["error"])
        if "outcome" in message:
            return Outcome.from_json(message["outcome"])
    return None
