"""Imports of a report that is made again: equal rows count whatever they are called, and others are named."""

from __future__ import annotations

import pytest

from toolkit.reports.basis import Recorded
from toolkit.reports.traced import trace_imports

THEN: Recorded = ("a1", "october.csv", "2026-11-02T09:00:00+00:00", "3 ab 12")


@pytest.mark.parametrize(
    ("now", "seen", "said"),
    [
        (THEN, ("a1",), ""),
        (("a1", "october.csv", "2026-11-09T09:00:00+00:00", "3 ab 12"), ("a1=a1@2026-11-02T09:00:00+00:00",),
         "the import october.csv of 2026-11-02 was taken back and made again on 2026-11-09; its rows are the same"),
        (("b2", "copy.csv", "2026-11-09T09:00:00+00:00", "3 ab 12"), ("b2=a1@2026-11-02T09:00:00+00:00",),
         "the import october.csv of 2026-11-02 was taken back and made again on 2026-11-09; its rows are the same"),
        (("a1", "october.csv", "2026-11-09T09:00:00+00:00", "4 cd 99"), ("a1",),
         "the import october.csv of 2026-11-02 was taken back and made again on 2026-11-09 with other rows"),
        (("b2", "other.csv", "2026-11-09T09:00:00+00:00", "4 cd 99"), ("a1",), "the import october.csv of 2026-11-02 is gone"),
    ],
)  # fmt: skip
def test_each_import_is_found_or_named(now: Recorded, seen: tuple[str, ...], said: str) -> None:
    """Itself, the same file again, the same rows in another file, the same file with other rows, or nothing."""
    traced = trace_imports([THEN], [now])
    assert traced.seen == seen
    assert (*traced.gone, *traced.again) == ((said,) if said else ())


def test_one_import_stands_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two imports with the same rows are not both replaced by a single new one."""
    twin: Recorded = ("a2", "twin.csv", "2026-11-03T09:00:00+00:00", THEN[3])
    traced = trace_imports([THEN, twin], [("b2", "again.csv", "2026-11-09T09:00:00+00:00", THEN[3])])
    assert len(traced.again) == len(traced.gone) == 1


def test_an_import_without_a_known_hash_is_only_itself() -> None:
    """A report of before kept no hashes: no other import is taken for its own."""
    old: Recorded = (*THEN[:3], "")
    traced = trace_imports([old], [("b2", "again.csv", "2026-11-09T09:00:00+00:00", "")])
    assert traced.gone == ("the import october.csv of 2026-11-02 is gone",)
