"""A writer that is killed loses and doubles nothing, wherever it dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed writers are forks")

# Runs in a process of its own that never opens the engine itself: for each number of steps a fork dies after so many
# opened, renamed, linked or deleted files, and another fork looks at what is left and goes on.
DRIVER = """
import json, os, shutil, signal, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch
import duckdb, pyarrow, pyarrow.parquet
from toolkit.metrics import open_store, tables
from toolkit.metrics.catalogue import reading
from toolkit.model import Observation

START = datetime(2026, 10, 30, 8, tzinfo=UTC)
FOLDER, ACT = Path(sys.argv[1]), sys.argv[2]

def row(number):
    moment = START + timedelta(hours=11 * number)
    return Observation("01A", "insta", "likes", float(number), moment, START, "csv", f"import-{number}")

def fill(store):
    for number in range(7):
        store.append([row(number)], imported_at=START, name=str(number))

def act(store):
    if ACT == "append":
        store.append([row(7)], imported_at=START)
    elif ACT == "undo":
        store.undo("import-3")
    else:
        store.compact()

def state(store):
    answer = store.query("SELECT value FROM observations ORDER BY value", {}).to_pylist()
    with reading(store.folder) as catalogue:
        current = tables.are_current(catalogue)
    return [[one["value"] for one in answer], [one.id for one in store.imports()], current,
            [one.value for one in store.latest()], [one.value for one in store.at_age(24)]]

def go_on(store):
    first = state(store)
    store.append([row(9)], imported_at=START)
    named = set(store.files())
    with reading(store.folder) as catalogue:
        named |= set(tables.paths(catalogue))
    left = [str(path) for path in store.folder.rglob("*.parquet") if path not in named]
    left += [str(path) for path in store.folder.rglob("*.tmp")]
    return [first, state(store), left]

def in_fork(work):
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(write, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        data = pipe.read()
    return os.waitpid(child, 0)[1], data

def die_after(steps, store):
    counted = 0
    def watch(event, args):
        nonlocal counted
        if event in ("open", "os.rename", "os.remove", "os.link") and str(store.folder) in str(args[0]):
            counted += 1
            if counted > steps:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    act(store)
    return counted

in_fork(lambda: fill(open_store(FOLDER / "before")))
steps = 0
while True:
    place = FOLDER / str(steps)
    shutil.copytree(FOLDER / "before", place)
    status, _data = in_fork(lambda: die_after(steps, open_store(place)))
    left = json.loads(in_fork(lambda: go_on(open_store(place)))[1])
    print(json.dumps([status, left]), flush=True)
    shutil.rmtree(place)
    if status == 0:
        break
    steps += 1
"""


@pytest.mark.parametrize("act", ["append", "undo", "compact"])
def test_a_killed_writer_leaves_the_state_before_or_after(tmp_path: Path, act: str) -> None:
    """Killed before each file operation of an import, an undo and a compaction, it has changed all or nothing.

    The tables agree, the next writer works, and nothing without a name is left.
    """
    after = {"append": range(8), "undo": (0, 1, 2, 4, 5, 6), "compact": range(7)}[act]
    command = [sys.executable, "-c", DRIVER, str(tmp_path), act]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    assert [status for status, _left in rounds] == [signal.SIGKILL] * (len(rounds) - 1) + [0]
    assert len(rounds) > 10
    seen = set()
    for _status, (first, later, left) in rounds:
        values = tuple(first[0])
        seen.add(values)
        assert values in (tuple(range(7)), tuple(after))
        assert_whole(first)
        assert_whole(later)
        assert later[0] == [*first[0], 9]
        assert left == []
    assert seen == {tuple(range(7)), tuple(after)}


def assert_whole(state: list[list[object]]) -> None:
    """Rows and imports belong together, and both tables say what the rows say."""
    values, imports, current, latest, aged = state
    assert imports == [f"import-{value}".removesuffix(".0") for value in values]
    assert current
    assert latest == values[-1:]
    assert aged == [2.0]
