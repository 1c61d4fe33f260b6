from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.lint.memory import Memory, Rows, make_key

ROWS: Rows = (("#fff", 0.5, "#000", 100.0),)
FILE = ".leitstand/cache/colours.json"


def never() -> Rows:
    raise AssertionError("measured twice")


def test_what_was_measured_is_remembered(tmp_path: Path) -> None:
    """A second check measures nothing, and writes nothing."""
    memory = Memory(tmp_path)
    assert memory.recall("a", lambda: ROWS) == ROWS
    memory.save()
    written = (tmp_path / FILE).stat().st_mtime_ns
    again = Memory(tmp_path)
    assert again.recall("a", never) == ROWS
    again.save()
    assert (tmp_path / FILE).stat().st_mtime_ns == written
    assert sorted(path.name for path in (tmp_path / FILE).parent.iterdir()) == [".gitignore", "colours.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"a": [[1]]}', '{"a": [["#fff", "x", "#000", null]]}'])
def test_a_damaged_memory_is_none(tmp_path: Path, text: str) -> None:
    """Whatever lies in the file, everything is measured again."""
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(text)
    memory = Memory(tmp_path)
    assert memory.recall("a", lambda: ROWS) == ROWS
    memory.save()
    assert Memory(tmp_path).recall("a", never) == ROWS


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    """A file in the folder's place is somebody else's; the check goes on without a memory."""
    (tmp_path / ".leitstand").write_text("")
    memory = Memory(tmp_path)
    assert memory.recall("a", lambda: ROWS) == ROWS
    memory.save()


def test_parts_of_a_key_do_not_run_together() -> None:
    """`ab` and `c` are another key than `a` and `bc`."""
    assert make_key(b"ab", b"c") != make_key(b"a", b"bc")
