"""Work beside the daemon, in real processes: heard, bounded, ended with it, and begun only when there is something to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest

from toolkit.dispatch.beside import Beside
from toolkit.errors import LeitstandError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process there without asking")
ENDLESS = 'import sys, time; print(\'{"kind": "reported", "text": "begun"}\', flush=True); sys.stdin.read()'
DEAF = ENDLESS.replace("import sys", "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); import sys")


class Stage:
    """What is due, what is said, and the processes that were started."""

    def __init__(self, code: str = "", **options: Any) -> None:
        self.due: tuple[object, ...] = ("october",)
        self.said: list[tuple[str, str]] = []
        self.started: list[subprocess.Popen[str]] = []
        self.begun = threading.Event()
        self.code = code
        self.beside = Beside(lambda: self.due, self.start, self.say, **options)

    def start(self) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-c", self.code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(child)
        return child

    def say(self, kind: str, text: str) -> None:
        self.said.append((kind, text))
        self.begun.set()


def saying(text: str, code: int = 0) -> str:
    return f"import json; print(json.dumps({{'kind': 'reported', 'text': {text!r}}})); raise SystemExit({code})"


def test_it_begins_only_when_something_else_is_due() -> None:
    """Nothing due, no process; the same as at the last look, none either; then once for each change."""
    stage = Stage(saying("made"))
    stage.due = ()
    stage.beside.once()
    assert stage.started == []
    for due in (("october",), ("october",), (), ("october",), ("november",), ("november",)):
        stage.due = due
        stage.beside.once()
    assert len(stage.started) == 3
    assert stage.said == [("reported", "made")] * 3


def test_what_is_left_is_tried_again_within_the_hour() -> None:
    """Though nothing has changed: what failed without a trace is not forgotten."""
    stage = Stage(saying("made"))
    for _look in range(61):
        stage.beside.once()
    assert len(stage.started) == 2


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (saying("failed", 1), ["failed"] * 3),
        ("raise SystemExit('the ledger is locked')", ["no reports: the ledger is locked"]),
        (
            "import sys; print('leitstand: the ledger is locked'); sys.exit(2)",
            ["no reports: leitstand: the ledger is locked"],
        ),
        ("import os; os.kill(os.getpid(), 9)", ["no reports: the process that makes reports ended with -9"]),
    ],
    ids=["it said so itself", "it could not begin", "it was called wrongly", "it was killed"],
)
def test_a_process_that_ends_badly_is_a_line_said_once(code: str, said: list[str]) -> None:
    """Unless it has said so itself, as of a report that failed."""
    stage = Stage(code)
    for number in range(3):
        stage.due = (number,)
        stage.beside.once()
    assert [text for _kind, text in stage.said] == said


def test_whatever_goes_wrong_ends_nothing() -> None:
    """Settings that cannot be read, a defect of ours, a program that is not there."""
    troubles = [LeitstandError("leitstand.toml is broken"), ZeroDivisionError("oh")]
    said: list[str] = []

    def look() -> tuple[object, ...]:
        if troubles:
            raise troubles.pop(0)
        return ("october",)

    def start() -> subprocess.Popen[str]:
        raise FileNotFoundError(2, "no such file", "python")

    beside = Beside(look, start, lambda _kind, text: said.append(text))
    for _look in range(4):
        beside.once()
    assert said[:2] == ["no reports: leitstand.toml is broken", "no reports: ZeroDivisionError: oh"]
    assert len(said) == 3
    assert "no such file" in said[2]


@pytest.mark.parametrize(
    ("code", "ended"), [(ENDLESS, -signal.SIGTERM), (DEAF, -signal.SIGKILL)], ids=["in order", "by force"]
)
def test_stopping_ends_the_process(code: str, ended: int) -> None:
    """Asked first, and not for ever; nothing of it stays, and nobody says that it ended badly."""
    stage = Stage(code, first=0.0)
    stage.beside.start()
    assert stage.begun.wait(30)
    stage.beside.stop(seconds=1.0)
    (child,) = stage.started
    assert child.wait(10) == ended
    assert [text for _kind, text in stage.said] == ["begun"]
    stage.beside.once()
    assert len(stage.started) == 1, "after the end nothing begins"


def test_nothing_takes_longer_than_it_may() -> None:
    """A process that hangs is killed, and said."""
    stage = Stage(ENDLESS, limit=0.5)
    stage.beside.once()
    assert stage.said == [
        ("reported", "begun"),
        ("unreported", "no reports: the process that makes reports ended with -9"),
    ]


def test_its_other_end_is_gone_with_us() -> None:
    """A process that is killed leaves no child behind: the child's standard input ends."""
    code = f"""
import subprocess, sys, os
from toolkit.dispatch.beside import Beside
start = lambda: subprocess.Popen([sys.executable, "-c", {ENDLESS!r}], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
children = []
def begin():
    children.append(start())
    return children[0]
Beside(lambda: (1,), begin, lambda kind, text: print(children[0].pid, flush=True)).once()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
        # Whoever holds the child's output is gone; a reader of its input's end sees the end of it.
        parent.wait(30)
    for _look in range(2000):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123  # gone at any moment
            if file.read().split()[2] == "Z":
                return
        threading.Event().wait(0.01)
    raise AssertionError("the child lives on")
