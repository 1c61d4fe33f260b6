"""The real history of galaxy-social, replayed: see benchmarks/galaxy.py."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.galaxy import KINDS, TAKEN, Task, read_past, read_tasks, replay
from toolkit.migration.galaxy import read_export
from toolkit.simulation import Ending, Fault


@pytest.fixture(scope="module")
def failing(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Task]:
    """Every post and account that failed in the record."""
    tasks, _by_hand = read_tasks(read_export(shared_data / "galaxy-social"), tmp_path_factory.mktemp("replay"))
    return [task for task in tasks if task.failures]


def test_the_record_is_counted_as_it_stands(shared_data: Path) -> None:
    """The figures of the table come from the record: counted by hand in its text, they are the same."""
    folder = shared_data / "galaxy-social"
    text = (folder / "processed_files.json").read_text(encoding="utf-8")
    past = read_past(read_export(folder))
    assert past.failed.total() == text.count(": false")
    assert past.tries.total() == text.count(": false") + text.count(": true")
    assert past.retries == text.count("/retry-")
    linkedin = sum(count for account, count in past.failed.items() if account.startswith("linkedin"))
    assert linkedin == sum("linkedin" in line and "false" in line for line in text.splitlines())


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_failed_there_is_out_once_here(failing: list[Task], kind: Fault) -> None:
    """Whatever the failures were: each post is out once on each account, nobody makes a file, and only a refusal asks."""
    assert len(failing) > 20
    result = replay(failing, kind)
    assert result.met >= len(failing)  # each of them befell
    assert (result.once, result.verdict.doubled, result.verdict.lost) == (len(failing), 0, 0)
    assert result.decisions == (result.met if kind is Fault.REFUSED else 0)
    assert not result.verdict.asking


def test_threads_go_on_at_the_failed_part(failing: list[Task]) -> None:
    """Their threads fail at the last part: to send them whole would have doubled the parts before; here none is."""
    threads = [replace(task, failures=2) for task in failing if len(task.rendition.parts) > 1]
    assert threads
    result = replay(threads, Fault.BUSY)
    assert result.met == 2 * len(threads)
    assert result.restarted == 2 * sum(len(task.rendition.parts) - 1 for task in threads)
    assert {(fate.ending, fate.copies) for fate in result.verdict.fates} == {(Ending.SENT, 1)}


def test_what_restarting_costs_is_told_by_kind(failing: list[Task]) -> None:
    """A failure after which the post is out doubles a part more than one before it."""
    task = next(task for task in failing if len(task.rendition.parts) == 1)
    assert {kind: task.restarted(kind) for kind in KINDS} == {
        kind: task.failures if kind in TAKEN else 0 for kind in KINDS
    }
