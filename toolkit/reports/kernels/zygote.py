"""The process that all reports of a run are forked from. Run as ``python -m toolkit.reports.kernels.zygote``.

It does once what every report needs, see `beforehand`, and then waits on the socket whose descriptor is its argument:
each message is a job with the report's own channel, or the number of a report to end. When the other end is closed,
whatever the reason, it ends everything below itself and then itself. It must never start a thread: a fork would inherit
its locks and not the thread.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from toolkit.reports.isolation.system import adopt_orphans, die_with_parent
from toolkit.reports.kernels.beforehand import ask, prepare
from toolkit.reports.kernels.lifeline import children, end_children
from toolkit.reports.runner import Job

_OURS: Final = "toolkit.reports."


class Zygote:
    """Forks reports and ends them."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.reports: set[int] = set()

    def serve(self) -> None:
        """Until the other end is closed."""
        wake, woken = socket.socketpair()
        for end in (wake, woken):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
        with selectors.DefaultSelector() as events:
            events.register(self.control, selectors.EVENT_READ)
            events.register(wake, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _mask in events.select()}
                if wake in ready:
                    with suppress(BlockingIOError):
                        wake.recv(4096)
                    self.reap()
                if self.control in ready and not self.listen():
                    return

    def listen(self) -> bool:
        """Do what one message says; False when there will be no more."""
        text, descriptors, _flags, _address = socket.recv_fds(self.control, 1 << 20, 1)
        if not text:
            return False
        message = json.loads(text)
        if "end" in message and message["end"] in self.reports:
            os.kill(message["end"], signal.SIGKILL)
        if "job" in message:
            self.fork(message["job"], message["home"], descriptors[0])
        return True

    def fork(self, job: str, home: str, channel: int) -> None:
        """Start a report."""
        _ask_for(job)
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _report(job, Path(home), channel, parent)
        os.close(channel)
        self.reports.add(pid)

    def reap(self) -> None:
        """Bury what ended, and end what a report left behind: its kernel, and what that hid from its group."""
        with suppress(ChildProcessError):
            while True:
                pid, _status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    break
                self.reports.discard(pid)
        for pid in children() - self.reports:
            os.kill(pid, signal.SIGKILL)


def _ask_for(job: str) -> None:
    """What the packaged reports ask the store is worth having before the fork; other notebooks can do without."""
    with suppress(Exception):  # whatever is wrong, the report says so itself, and only that one
        if _OURS in Job.from_json(job).notebook.read_text(encoding="utf-8"):
            ask()


def _report(job: str, home: Path, channel: int, parent: int) -> NoReturn:
    """The child's whole life."""
    code = 1
    try:
        die_with_parent(parent)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.update(HOME=str(home), TMPDIR=str(home), IPYTHONDIR=str(home), JUPYTER_RUNTIME_DIR=str(home))
        tempfile.tempdir = None
        os.chdir(home)
        _redirect(home.parent / "said.txt")
        from toolkit.reports.kernels.telling import report

        code = report(job, home, channel)
    finally:
        # Never back into the loop of the parent.
        os._exit(code)


def _redirect(path: Path) -> None:
    """Whatever is printed goes into a file, in the report's own process and in its kernel's."""
    said = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(said, 1)
    os.dup2(said, 2)


def main() -> None:
    """Serve the socket of the argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=int(sys.argv[1])) as control:
        prepare()
        adopt_orphans()
        control.send(b"ready")
        zygote = Zygote(control)
        try:
            zygote.serve()
        finally:
            end_children()


if __name__ == "__main__":
    main()
