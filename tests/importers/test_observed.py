"""When an export was made: the user's word, its name, its own date, today; and never later than now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.importers.exports import NOW, document
from toolkit.importers import open_export
from toolkit.importers.observed import observed_at

WRITTEN = datetime(2026, 8, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "modified", "expected"),
    [
        ("a.csv", None, NOW),
        ("a.csv", WRITTEN, WRITTEN),
        ("page_content_1785500000000.xls", WRITTEN, datetime(2026, 7, 31, 12, 13, 20, tzinfo=UTC)),
        ("Jul-01-2026_Jul-31-2026_123456.csv", WRITTEN, WRITTEN),
        ("content_2026-07-01_2026-07-31.csv", WRITTEN, WRITTEN),
        # A copy that lost its date, or was never given one: the end of the last day of the period.
        ("content_2026-07-01_2026-07-31.csv", None, datetime(2026, 7, 31, 21, 59, 59, tzinfo=UTC)),
        ("content_2026-07-01_2026-07-31.csv", datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 7, 31, 21, 59, 59, tzinfo=UTC)),
        ("content_2026-11-01_2026-11-30.csv", WRITTEN, datetime(2026, 11, 1, 22, 59, 59, tzinfo=UTC)),
        ("a.csv", datetime(2030, 1, 1, tzinfo=UTC), NOW),
        ("99-99-9999 2026-02-31.csv", WRITTEN, WRITTEN),
    ],
)  # fmt: skip
def test_the_moment_of_an_export(name: str, modified: datetime | None, expected: datetime) -> None:
    """The surest word counts."""
    one = replace(document("a,b\n", name), opened=open_export(name, b"a,b\n", modified))
    assert observed_at(one) == expected


def test_the_user_knows_best() -> None:
    """--observed goes before everything else."""
    one = replace(document("a,b\n", "x_1785500000000.xls"), observed=WRITTEN)
    assert observed_at(one) == WRITTEN
