from __future__ import annotations

from datetime import UTC, datetime

import pytest

from toolkit.errors import UsageError
from toolkit.model import read_clock


def test_a_clock_stands_where_it_is_set() -> None:
    """The moment is taken with its offset and given in UTC."""
    assert read_clock("2026-11-21T12:00+01:00", "--now").now() == datetime(2026, 11, 21, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["", "now", "2026-11-21T12:00", "9999-12-31T23:00-12:00", "0001-01-01T00:00+14:00", "2026-11-21"]
)
def test_what_is_no_moment_on_every_clock_is_refused(said: str) -> None:
    """Without an offset nobody knows the moment; at the calendar's edges other zones have none."""
    with pytest.raises(UsageError, match="--now needs a time with an offset"):
        read_clock(said, "--now")
