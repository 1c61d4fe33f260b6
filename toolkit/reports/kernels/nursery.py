"""The near end of the zygote: starts it when the first report is due, hands it jobs, ends it with all that it started."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import Final

from toolkit.errors import ReportError
from toolkit.messages import _
from toolkit.reports.execute import rescue, too_late
from toolkit.reports.isolation import scrub
from toolkit.reports.kernels.telling import listen
from toolkit.reports.runner import Job, Outcome, Progress
from toolkit.source.held import held_temporary

GRACE: Final = 15.0  # seconds for ending a report in order after its time is over
START: Final = 120.0  # seconds that imports may take on a busy machine


class Nursery:
    """Runs jobs as forks of one zygote; from several threads at once."""

    def __init__(self, environ: Mapping[str, str], cache: Path) -> None:
        self.environ = environ
        self.cache = cache
        self.process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._numbers = count()
        self._closed = False

    def run(self, job: Job, progress: Progress) -> Outcome:
        home = self._new_home()
        try:
            return self._run(job, home, progress)
        finally:
            # A hundred reports must not leave a hundred folders until the last is made.
            shutil.rmtree(home.parent, ignore_errors=True)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._stop()

    def _run(self, job: Job, home: Path, progress: Progress) -> Outcome:
        near, far = socket.socketpair()
        with near:
            with far:
                self._send({"job": job.to_json(), "home": str(home)}, far)
            near.settimeout(job.limits.seconds + GRACE)
            late = False
            try:
                outcome = self._follow(near, progress)
            except TimeoutError:
                outcome, late = None, True
        return outcome or self._rescued(job, home.parent / "said.txt", late=late)

    def _stop(self) -> None:
        """End the zygote with all below it, and take its folder away."""
        if self.process is None:
            return
        self._control.close()
        try:
            self.process.wait(GRACE)
        finally:
            self.process.kill()
            self.process.wait()
            self.process = None
            self._held.close()

    def _follow(self, near: socket.socket, progress: Progress) -> Outcome | None:
        """Listen to a report until it ends or must be ended."""
        pids: list[int] = []

        def lines() -> Iterator[bytes]:
            with near.makefile("rb") as channel:
                for line in channel:
                    pids.extend(filter(None, [json.loads(line).get("pid")]))
                    yield line

        try:
            return listen(lines(), progress)
        except BaseException:
            self._end(pids)
            if pids:
                _wait_until_gone(near)
            raise

    def _end(self, pids: list[int]) -> None:
        with self._lock, suppress(OSError):
            for pid in pids:
                self._control.send(json.dumps({"end": pid}).encode())

    def _rescued(self, job: Job, said: Path, *, late: bool) -> Outcome:
        """What there is of a report whose own process ended without a word."""
        if self._closed:
            raise ReportError(_("the run was ended"))
        text = said.read_text("utf-8", "replace").strip() if said.is_file() else ""
        reason = text.splitlines()[-1] if "Traceback" in text else _("its process was ended")
        return rescue(job, too_late(job) if late else reason)

    def _send(self, message: dict[str, str], channel: socket.socket) -> None:
        with self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(message).encode()], [channel.fileno()])
            except OSError as error:
                raise ReportError(_("the process that starts reports has ended: {error}").format(error=error)) from None

    def _new_home(self) -> Path:
        """An empty folder of a zygote that runs; one that was killed took its reports with it, and has a successor."""
        with self._lock:
            if self._closed:
                raise ReportError(_("the run was ended"))
            if self.process is not None and self.process.poll() is not None:
                self._stop()
            if self.process is None:
                self._start()
            home = self._home / f"{next(self._numbers)}" / "home"
            home.mkdir(parents=True)
            return home

    def _start(self) -> None:
        self._held = ExitStack()
        self._home = self._held.enter_context(held_temporary("run-"))
        self._control, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        said = self._home / "said.txt"
        with far, said.open("wb") as complaints:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "toolkit.reports.kernels.zygote", str(far.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=complaints,
                stderr=complaints,
                cwd=self._home,
                env=scrub(self.environ, str(self._home), self.cache),
                pass_fds=[far.fileno()],
                # ^C is for whoever started us: it closes the socket.
                start_new_session=True,
            )
        self._control.settimeout(START)
        try:
            ready = self._control.recv(16)
        except OSError:
            ready = b""
        if not ready:
            self.process.kill()
            self.process.wait()
            self.process = None
            last = said.read_text("utf-8", "replace").strip().splitlines()[-1:] or [_("no message")]
            self._held.close()
            raise ReportError(_("reports cannot be run here: {said}").format(said=last[0]))
        self._control.settimeout(None)


def _wait_until_gone(channel: socket.socket) -> None:
    """Until report and kernel have let go of the channel: what still writes would leave files where ours are taken away."""
    channel.settimeout(GRACE)
    with suppress(OSError):
        while channel.recv(1 << 16):
            pass
