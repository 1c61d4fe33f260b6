"""Runs a notebook in a process of its own: no secrets in its environment, an end in sight, progress per cell."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Timer
from typing import Final

from toolkit.errors import ReportError
from toolkit.messages import _

Progress = Callable[[int, int], None]  # cells done, cells in all

# What a notebook may know of the environment. Tokens and credentials are not among it, whatever they are called.
PASSED: Final = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "PYTHONPATH",
    "SYSTEMROOT",
    "LEITSTAND_LANG",
    "LEITSTAND_STATE_DIR",
)
GRACE: Final = 5.0  # seconds between asking a process to end and ending it


@dataclass(frozen=True, slots=True)
class Job:
    """A notebook to run. Times are seconds."""

    notebook: Path
    output: Path
    parameters: Mapping[str, object]
    cache: Path  # what may outlive the run, such as matplotlib's list of fonts
    timeout: float = 600.0


def run_notebook(job: Job, environ: Mapping[str, str], progress: Progress) -> bool:
    """Run the job; False when its time was over before it ended. `job.output` has what was reached.

    Raises `ReportError` when the notebook could not be run at all.
    """
    with tempfile.TemporaryDirectory(prefix="leitstand-") as home:
        command = [sys.executable, "-m", "toolkit.reports.execute"]
        order = {
            "notebook": str(job.notebook),
            "output": str(job.output),
            "parameters": dict(job.parameters),
            "cell_timeout": int(job.timeout),
        }
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=home,
            env=scrub(environ, home, job.cache),
        ) as process:
            return _watch(process, json.dumps(order), job, progress)


def scrub(environ: Mapping[str, str], home: str, cache: Path) -> dict[str, str]:
    """The environment of a notebook: the names in `PASSED`, and an empty home."""
    kept = {name: environ[name] for name in PASSED if name in environ}
    ours = {
        "HOME": home,
        "IPYTHONDIR": home,
        # Sockets have short paths; see JUPYTER_RUNTIME_DIR in jupyter_core.
        "JUPYTER_RUNTIME_DIR": home,
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "MPLBACKEND": "agg",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    return {**kept, **ours}


def _watch(process: subprocess.Popen[str], order: str, job: Job, progress: Progress) -> bool:
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise AssertionError("all three are pipes")
    begun = Event()
    over = Timer(job.timeout, _end, [process, begun])
    end = Timer(job.timeout + GRACE, process.kill)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        copying = _drain(process, complaints.write)
        try:
            over.start()
            end.start()
            with suppress(BrokenPipeError):  # its time may be over already
                process.stdin.write(order)
                process.stdin.close()
            for line in process.stdout:
                begun.set()
                _report(line, progress)
            code = process.wait()
        finally:
            in_time = over.is_alive()
            over.cancel()
            end.cancel()
            process.kill()
            # Also after an interrupt: the thread writes into a file that is about to be closed.
            copying()
        complaints.seek(0)
        said = complaints.read()
    if code != 0 and in_time:
        last = said.strip().splitlines()[-1:] or [_("no message")]
        raise ReportError(_("{notebook} could not be run: {said}").format(notebook=job.notebook, said=last[0]))
    return in_time


def _end(process: subprocess.Popen[str], begun: Event) -> None:
    """Interrupt a run, so that what was reached is written; one that only loads its packages ends at once."""
    process.send_signal(signal.SIGINT if begun.is_set() else signal.SIGTERM)


def _drain(process: subprocess.Popen[str], write: Callable[[str], int]) -> Callable[[], None]:
    """Copy stderr away while it comes, so that a full pipe never stops the run; returns how to wait for the rest."""
    from threading import Thread

    def copy() -> None:
        for line in process.stderr or ():
            write(line)

    thread = Thread(target=copy, daemon=True)
    thread.start()
    # A kernel whose parent was killed ends by itself, but not at once, and it has the same stderr.
    return partial(thread.join, GRACE)


def _report(line: str, progress: Progress) -> None:
    try:
        step = json.loads(line)
        progress(step["done"], step["of"])
    except (ValueError, KeyError, TypeError):
        return  # something in the kernel's libraries printed
