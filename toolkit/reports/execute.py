"""One report's own process: papermill runs the notebook in a kernel, and the executed notebook becomes files.

Failing cells do not stop it: what can be shown is shown. A kernel that dies, hangs or uses up its limits ends the run;
what was reached is shown with the reason.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import ReportError
from toolkit.messages import _, speak
from toolkit.reports.isolation.limits import why_ended
from toolkit.reports.notebook import read_notebook
from toolkit.reports.outputs import write_outputs
from toolkit.reports.runner import Job, Outcome, Progress
from toolkit.reports.saving import ENGINE, make_final, save_whole

if TYPE_CHECKING:
    from toolkit.reports.kernels.source import KernelSource


class OutOfTimeError(KeyboardInterrupt):
    """The report's time on the clock is over. asyncio lets interrupts through, wherever they strike."""


def run_job(job: Job, kernel: KernelSource, progress: Progress) -> Outcome:
    """Run the notebook and write all files of `job.folder`."""
    speak(job.front.language)
    try:
        failures = _run(job, kernel, progress)
    finally:
        kernel.end()
    if not job.executed.is_file():
        raise ReportError(failures[0] if failures else _("no message"))
    if failures:
        make_final(job.executed)
    failures = (*failures, *write_outputs(job, failures))
    used = os.times()
    own = used.user + used.system + used.children_user + used.children_system
    return Outcome(failures, kernel.isolation(), round(own, 2))


def rescue(job: Job, reason: str) -> Outcome:
    """Make the files of what was reached by a run whose own process is gone for this reason.

    Raises `ReportError` when it had not begun.
    """
    if not job.executed.is_file():
        message = _("{notebook} could not be run: {said}")
        raise ReportError(message.format(notebook=job.notebook, said=reason))
    for path in job.folder.iterdir():
        if path != job.executed:  # it may be half of a file
            path.unlink()
    make_final(job.executed)
    return Outcome((reason, *write_outputs(job, (reason,))))


def _run(job: Job, kernel: KernelSource, progress: Progress) -> tuple[str, ...]:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    try:
        with _time_limit(job.limits.seconds):
            _execute(job, kernel, progress)
    except (OutOfTimeError, CellTimeoutError):
        return (too_late(job),)
    except (DeadKernelError, RuntimeError) as error:  # nbclient's own, and Jupyter's before the first cell
        if kernel.poll() is None and not isinstance(error, DeadKernelError):
            raise
        return (why_ended(kernel.end(), job.limits),)
    return ()


def too_late(job: Job) -> str:
    """The sentence about a run that took too long."""
    message = _("the time was over after {seconds} seconds; --timeout allows more")
    return message.format(seconds=f"{job.limits.seconds:g}")


def _execute(job: Job, kernel: KernelSource, progress: Progress) -> None:
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    from toolkit.reports.kernels.provisioner import manager_class

    save_whole(job.executed)
    count = _Counter(job.notebook, progress)
    try:
        papermill.execute_notebook(
            job.notebook,
            job.executed,
            parameters=dict(job.parameters),
            engine_name=ENGINE,
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=int(job.limits.seconds) + 1,
            # A local socket instead of TCP ports: no other user can connect, and no two runs want the same port.
            config=Config({"KernelManager": {"transport": "ipc"}}),
            kernel_manager_class=manager_class(kernel),
            shutdown_kernel="immediate",
            allow_errors=True,
            on_cell_executed=count,
        )
    except PapermillExecutionError:
        return  # it stands in the output


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `OutOfTimeError` inside when the time is over. Where there is no such alarm, whoever started us ends us."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def over(_number: int, _frame: object) -> None:
        raise OutOfTimeError

    signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class _Counter:
    """Tells how far the run is."""

    def __init__(self, notebook: Path, progress: Progress) -> None:
        # papermill adds one cell with the parameters.
        self.of = sum(cell.cell_type == "code" for cell in read_notebook(notebook).cells) + 1
        self.done = 0
        self.progress = progress
        progress(0, self.of)

    def __call__(self, **_cell: Any) -> None:
        self.done += 1
        self.progress(self.done, self.of)
