"""The near end of the zygote: starts it when the first report is due, hands it jobs, ends it with all that it started."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from toolkit.errors import ReportError
from toolkit.messages import _
from toolkit.reports.execute import rescue, too_late
from toolkit.reports.isolation import scrub
from toolkit.reports.kernels.telling import listen
from toolkit.reports.runner import Job, Outcome, Progress

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
        self._started()
        home = Path(self._home.name) / f"{next(self._numbers)}" / "home"
        home.mkdir(parents=True)
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

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self.process is None:
                return
            self._control.close()
            try:
                self.process.wait(GRACE)
            finally:
                self.process.kill()
                self.process.wait()
            self.process = None
        self._home.cleanup()

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

    def _started(self) -> None:
        with self._lock:
            if self._closed:
                raise ReportError(_("the run was ended"))
            if self.process is None:
                self._start()

    def _start(self) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="leitstand-")
        self._control, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        said = Path(self._home.name) / "said.txt"
        with far, said.open("wb") as complaints:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "toolkit.reports.kernels.zygote", str(far.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=complaints,
                stderr=complaints,
                cwd=self._home.name,
                env=scrub(self.environ, self._home.name, self.cache),
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
            raise ReportError(_("reports cannot be run here: {said}").format(said=last[0]))
        self._control.settimeout(None)


def _wait_until_gone(channel: socket.socket) -> None:
    """Until report and kernel have let go of the channel: what still writes would leave files where ours are taken away."""
    channel.settimeout(GRACE)
    with suppress(OSError):
        while channel.recv(1 << 16):
            pass
