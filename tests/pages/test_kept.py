"""What was worked out once is worked out again when its key is another one, or when nobody can read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from toolkit.pages.kept import kept


def count_up(path: Path, key: str, counted: list[str]) -> list[str]:
    """What is kept for `key`, and a note in `counted` when it had to be counted."""

    def count() -> list[str]:
        counted.append(key)
        return ["a", key]

    def read(raw: Any) -> list[str]:
        return [raw["words"][0], raw["words"][1]]

    return kept(path, key, count, lambda words: {"words": words}, read)


def test_an_answer_is_kept_until_its_key_changes(tmp_path: Path) -> None:
    """The same key is not counted twice; another one is, and takes its place."""
    counted: list[str] = []
    path = tmp_path / "cache/x.json"
    for key in ("one", "one", "two", "two", "one"):
        assert count_up(path, key, counted) == ["a", key]
    assert counted == ["one", "two", "one"]


@pytest.mark.parametrize(
    "damage",
    [
        *("", "7", "[]", "{", "\x00", '{"key": "one"}', '{"key": "one", "answer": 7}'),
        '{"key": "one", "answer": {"words": []}}',
        '{"key": "one", "answer": {"words": {"0": 1}}}',
        '{"key": "one", "answer": ' + "[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_counted_again(tmp_path: Path, damage: str) -> None:
    """A damaged or hostile file of the cache costs time and nothing else."""
    counted: list[str] = []
    path = tmp_path / "cache/x.json"
    path.parent.mkdir()
    path.write_text(damage, encoding="utf-8")
    assert count_up(path, "one", counted) == ["a", "one"]
    assert counted == ["one"]


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    """Where a file lies in the folder's place, the answer is given all the same."""
    (tmp_path / "cache").write_text("", encoding="utf-8")
    assert count_up(tmp_path / "cache/x.json", "one", []) == ["a", "one"]
