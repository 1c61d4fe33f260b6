"""Reports beside publishing: a thread of the daemon looks what is due and starts a process of its own for it.

The thread itself only reads a few rows. Reports are made in a process that gives way to the daemon, is killed before it,
ends when the daemon ends, however that comes about, and never takes longer than `LIMIT`. So publishing waits for none of
it, and whatever goes wrong is a line, said once until it is over.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from typing import Final

from toolkit.errors import EXIT_PROBLEMS, LeitstandError
from toolkit.messages import _

EVERY: Final = 60.0  # seconds between two looks
FIRST: Final = 10.0  # seconds until the first one, so that publishing has its start for itself
ANYWAY: Final = 60  # looks after which what is left is tried again, though nothing has changed
LIMIT: Final = 5400.0  # seconds of one round: three months, two stages, a quarter of an hour for each
GRACE: Final = 25.0  # seconds for ending in order, within the time that a service gets to stop

Look = Callable[[], tuple[object, ...]]
Say = Callable[[str, str], None]


class Beside:
    """Looks until `stop`.

    `look` says what may be due, as values that change when that does; nothing at all when nothing is. `start`
    starts the process, which writes a JSON object with ``kind`` and ``text`` per line and ends when its standard input
    does. `say` gets a kind, ``reported`` or ``unreported``, and a line.
    """

    def __init__(
        self,
        look: Look,
        start: Callable[[], subprocess.Popen[str]],
        say: Say,
        *,
        first: float = FIRST,
        every: float = EVERY,
        limit: float = LIMIT,
    ) -> None:
        self._look = look
        self._start = start
        self._say = say
        self._waits = (first, every)
        self._limit = limit
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reports", daemon=True)
        self._seen: tuple[object, ...] = ()
        self._looks = 0
        self._trouble = ""
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self, seconds: float = GRACE) -> None:
        """End, with the process if there is one: in order, and by force when that takes longer than so many seconds."""
        with self._lock:
            self._ended.set()
            if self._child is not None:
                self._child.terminate()
        if self._thread.is_alive():
            self._thread.join(seconds)
        with self._lock:
            if self._child is not None:
                self._child.kill()
        if self._thread.is_alive():
            self._thread.join(1)

    def once(self) -> None:
        """One look, and a round when it is worth one. Whatever goes wrong is a line."""
        try:
            due = self._look()
            self._looks += 1
            if due and (due != self._seen or self._looks >= ANYWAY):
                self._looks = 0
                self._follow()
            self._seen = due
        except LeitstandError as error:
            self._complain(str(error))
        except Exception as error:  # noqa: BLE001  # whatever it was, the next look may be better
            self._complain(f"{type(error).__name__}: {error}")

    def _run(self) -> None:
        first, every = self._waits
        wait = first
        while not self._ended.wait(wait):
            self.once()
            wait = every

    def _follow(self) -> None:
        """Start the process and hand on what it says until it ends."""
        with self._lock:
            if self._ended.is_set():
                return
            child = self._child = self._start()
        over = threading.Timer(self._limit, child.kill)
        over.start()
        try:
            heard = [self._hear(line) for line in child.stdout or ()]
            code = child.wait()
        finally:
            over.cancel()
            self._let_go(child)
        self._judge(code, [text for text in heard if text])

    def _judge(self, code: int, rest: list[str]) -> None:
        """Say what went wrong, unless the process has said it; `rest` are lines that were not for people."""
        if not code or self._ended.is_set():
            self._trouble = ""
        elif rest:
            self._complain(rest[-1])
        elif code != EXIT_PROBLEMS:
            self._complain(_("the process that makes reports ended with {code}").format(code=code))

    def _hear(self, line: str) -> str:
        """Hand on one line; returns it when it is none for people."""
        try:
            said = json.loads(line)
            self._say(said["kind"], said["text"])
        except (ValueError, KeyError, TypeError):
            return line.strip()
        return ""

    def _let_go(self, child: subprocess.Popen[str]) -> None:
        with self._lock:
            self._child = None
        child.kill()
        child.wait()
        for pipe in filter(None, (child.stdin, child.stdout)):
            pipe.close()

    def _complain(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._say("unreported", _("no reports: {trouble}").format(trouble=" ".join(trouble.split())))
        self._trouble = trouble
