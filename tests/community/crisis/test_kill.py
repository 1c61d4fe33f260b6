"""Whoever is killed while writing an incident leaves the old file or the new one: at every single step of it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.community.crisis.incident import Deed, Entry, Incident, Task
from toolkit.community.crisis.keeping import change_incident, create_incident, tick_task
from toolkit.community.crisis.reading import read_incidents
from toolkit.source import FolderTree

pytestmark = [pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process of its own")]
AT = datetime(2026, 11, 22, 11, tzinfo=UTC)
PATH = "content/incidents/2026-11-22-rueckruf.md"
INCIDENT = Incident(
    id="2026-11-22-rueckruf",
    path=PATH,
    playbook="rueckruf",
    title="Rückruf",
    level=2,
    declared=AT,
    declared_by="chefin",
    reason="Henkel bricht",
    owner="chefin",
    entries=(Entry(AT, "chefin", Deed.DECLARED, "level 2: Henkel bricht"),),
    tasks=(Task("LinkedIn anhalten"),),
)
LATER = AT + timedelta(minutes=5)
# What touches the disk and is told to audit hooks; `os.replace` is told as os.rename.
TOUCHES = frozenset({"open", "os.rename", "os.link", "os.remove", "os.chmod", "os.mkdir"})


def begin(root: Path) -> None:
    create_incident(root, INCIDENT, ["LinkedIn anhalten"])


def log(root: Path) -> None:
    change_incident(root, INCIDENT, [Entry(LATER, "mai", Deed.NOTE, "Ein zweiter Henkel")])


def tick(root: Path) -> None:
    tick_task(root, INCIDENT, Task("LinkedIn anhalten", done=True), Entry(LATER, "mai", Deed.DONE, "LinkedIn anhalten"))


def end(root: Path) -> None:
    entry = Entry(LATER, "chefin", Deed.CLOSED, "all-clear")
    change_incident(
        root, INCIDENT, [entry], {"closed": LATER.isoformat()}, lambda _one: "## Afterwards\n\nWhat helped?\n"
    )


def found(root: Path) -> bytes | None:
    path = root / PATH
    return path.read_bytes() if path.exists() else None


def run_and_die(act: Callable[[Path], None], root: Path, step: int) -> bool:
    """Do it in a process that is killed right before its n-th touch of the disk; whether it was killed in time."""
    child = os.fork()
    if child == 0:  # pragma: no cover  # what happens here ends with this process
        count = iter(range(1, 1_000_000))

        def die(*_anything: object) -> None:
            if next(count) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        def touch(event: str, args: tuple[object, ...]) -> None:
            if event in TOUCHES and str(root) in str(args[0]):
                die()

        before = os.fsync

        def fsync(file: int) -> None:
            die()
            before(file)

        os.fsync = fsync  # type: ignore[assignment]  # this process ends soon
        sys.addaudithook(touch)
        try:
            act(root)
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def steps(act: Callable[[Path], None], make: Callable[[int], Path]) -> Iterator[tuple[int, bytes | None]]:
    """What stands there after each death, until one came too late."""
    for step in range(1, 200):
        root = make(step)
        killed = run_and_die(act, root, step)
        yield step, found(root)
        incidents, problems = read_incidents(FolderTree(root))
        assert problems == ()
        assert len(incidents) == (found(root) is not None)
        if not killed:
            return
    pytest.fail("it never ends")


@pytest.mark.parametrize("act", [begin, log, tick, end])
def test_killed_at_any_step_it_is_the_old_file_or_the_new_one(act: Callable[[Path], None], tmp_path: Path) -> None:
    """Each touch of the disk is tried; never half a file, and both the old and the new one are seen on the way."""

    def make(step: int) -> Path:
        root = tmp_path / f"{act.__name__}{step}"
        root.mkdir()
        if act is not begin:
            begin(root)
        return root

    untouched, done = make(0), make(1_000)
    act(done)
    old, new = found(untouched), found(done)
    seen = [state for _step, state in steps(act, make)]
    assert len(seen) > 5
    assert set(seen) == {old, new}
    # Once it is new it stays new: nothing comes after the one step that puts it into place.
    assert seen == sorted(seen, key=lambda one: one == new)


def test_whoever_comes_after_the_dead_can_write(tmp_path: Path) -> None:
    """The lock dies with its holder, and what was left lying is in nobody's way."""
    begin(tmp_path)
    for step in range(1, 12):
        run_and_die(log, tmp_path, step)
    log(tmp_path)
    [incident] = read_incidents(FolderTree(tmp_path))[0]
    assert incident.entries[-1].text == "Ein zweiter Henkel"
