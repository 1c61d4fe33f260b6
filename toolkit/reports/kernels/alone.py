"""Every report as a fresh process with a fresh kernel, for systems that cannot fork. Slower, and the same otherwise.

Run as ``python -m toolkit.reports.kernels.alone`` it is such a process: it reads the job from stdin, which stays open as
long as whoever asked for the report lives. When it is closed, the process ends everything below itself and then itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from toolkit.errors import ReportError
from toolkit.messages import _
from toolkit.reports.execute import rescue, too_late
from toolkit.reports.isolation import scrub
from toolkit.reports.isolation.system import adopt_orphans
from toolkit.reports.kernels.lifeline import end_children, end_with
from toolkit.reports.kernels.nursery import GRACE, START
from toolkit.reports.kernels.source import FreshKernel
from toolkit.reports.kernels.telling import listen, told
from toolkit.reports.runner import Job, Outcome, Progress
from toolkit.source.held import held_temporary


class Alone:
    """Runs jobs as processes of their own."""

    def __init__(self, environ: Mapping[str, str], cache: Path) -> None:
        self.environ = environ
        self.cache = cache
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def run(self, job: Job, progress: Progress) -> Outcome:
        if self._closed:
            raise ReportError(_("the run was ended"))
        with held_temporary("alone-") as folder:
            home, said = folder / "home", folder / "said.txt"
            home.mkdir()
            with said.open("wb") as complaints:
                process = self._start(job, home, complaints.fileno())
            outcome = self._follow(process, job, progress)
            last = said.read_text("utf-8", "replace").strip().splitlines()[-1:] or [too_late(job)]
        return outcome or rescue(job, last[0])

    def close(self) -> None:
        self._closed = True
        for process in tuple(self._running):
            _let_go(process)

    def _start(self, job: Job, home: Path, complaints: int) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "toolkit.reports.kernels.alone"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            cwd=home,
            env=scrub(self.environ, str(home), self.cache),
            start_new_session=True,
        )
        with suppress(BrokenPipeError):
            if process.stdin:
                process.stdin.write(job.to_json().encode() + b"\n")
                process.stdin.flush()
        return process

    def _follow(self, process: subprocess.Popen[bytes], job: Job, progress: Progress) -> Outcome | None:
        self._running.add(process)
        over = threading.Timer(job.limits.seconds + GRACE + START, process.kill)
        over.start()
        try:
            return listen(process.stdout or (), progress)
        finally:
            over.cancel()
            self._end(process)
            self._running.discard(process)

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """End it and all below it, which needs a moment of its own."""
        _let_go(process)
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def _let_go(process: subprocess.Popen[bytes]) -> None:
    with suppress(BrokenPipeError):
        if process.stdin:
            process.stdin.close()


def main() -> None:
    """Run the job on stdin."""
    adopt_orphans()
    job = Job.from_json(sys.stdin.readline())
    kernel = FreshKernel(job, Path.cwd())
    end_with(sys.stdin.buffer, kernel.end)

    def tell(message: dict[str, object]) -> None:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()

    code = told(job, kernel, tell)
    end_children()
    sys.exit(code)


if __name__ == "__main__":
    main()
