"""Where a report's one kernel comes from: forked beforehand, or started afresh. Both behave like a `Popen`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Protocol

from toolkit.reports.isolation import Isolation
from toolkit.reports.isolation.system import die_with_parent
from toolkit.reports.kernels.kernel import enclose, run_kernel
from toolkit.reports.runner import Job, read_isolation


class KernelSource(Protocol):
    """A kernel that is started once. `poll` and `wait` are those of `subprocess.Popen`."""

    pid: int

    def launch(self, connection: str) -> None:
        """Let the kernel serve this connection file."""
        ...

    def poll(self) -> int | None: ...

    def wait(self) -> int: ...

    def end(self) -> int:
        """Kill it and what it started, unless it ended before; returns its status."""
        ...

    def isolation(self) -> Isolation | None:
        """What it said about its walls; None when it never got that far."""
        ...


class ForkedKernel:
    """A fork of this process, which must have one thread; it waits until its connection file is named."""

    def __init__(self, job: Job, home: Path) -> None:
        self.returncode: int | None = None
        named, self._name = os.pipe()
        self._told, tell = os.pipe()
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._name)
            os.close(self._told)
            _serve(job, home, parent, named, tell)
        os.close(named)
        os.close(tell)

    def launch(self, connection: str) -> None:
        os.write(self._name, connection.encode() + b"\n")

    def poll(self) -> int | None:
        return self._reap(os.WNOHANG)

    def wait(self) -> int:
        self._reap(0)
        return self.returncode if self.returncode is not None else 1

    def end(self) -> int:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)
        status = self.wait()
        # What it started is in its group as long as it did not leave it; the zygote ends the others.
        _kill_group(self.pid)
        return status

    def isolation(self) -> Isolation | None:
        with open(self._told, "rb", closefd=False) as pipe:  # a descriptor, not a path
            return read_isolation(pipe.readline())

    def _reap(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def _serve(job: Job, home: Path, parent: int, named: int, tell: int) -> None:
    """The child's whole life."""
    code = 1
    try:
        os.setsid()
        with open(named, "rb") as pipe:  # a descriptor, not a path
            connection = pipe.readline().decode().strip()
        if connection:
            standing = enclose(job, home)
            # Later than the walls: a new user namespace forgets it.
            die_with_parent(parent)
            os.write(tell, json.dumps(asdict(standing)).encode() + b"\n")
            os.close(tell)
            run_kernel(connection)
        code = 0
    finally:
        # Never back into the code of the parent, whose objects these are copies of.
        os._exit(code)


class FreshKernel:
    """A new interpreter, for systems that cannot fork."""

    def __init__(self, job: Job, home: Path) -> None:
        self.job = job
        self.home = home
        self.pid = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._told: IO[bytes] | None = None

    def launch(self, connection: str) -> None:
        environ = {**os.environ, "LEITSTAND_KERNEL": self.job.to_json(), "LEITSTAND_KERNEL_HOME": str(self.home)}
        self._told = (self.home.parent / "walls.json").open("w+b")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "toolkit.reports.kernels.kernel", connection],
            stdin=subprocess.PIPE,  # held open as long as this process lives
            stdout=self._told,
            cwd=self.home,
            env=environ,
            start_new_session=True,
        )
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return 1 if self._process is None else self._process.poll()

    def wait(self) -> int:
        return 1 if self._process is None else self._process.wait()

    def end(self) -> int:
        if self._process is None:
            return 1
        if self._process.poll() is None:
            self._process.kill()
        _kill_group(self.pid)
        if self._process.stdin:
            self._process.stdin.close()
        return self._process.wait()

    def isolation(self) -> Isolation | None:
        if self._told is None:
            return None
        self._told.seek(0)
        return read_isolation(self._told.readline())


def _kill_group(pid: int) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
