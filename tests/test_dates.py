"""Periods in words: month and year are said once where both days share them."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.dates import say_period


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 12, 1), date(2026, 12, 24), "1 to 24 December 2026"),
        (date(2026, 11, 24), date(2026, 12, 24), "24 November to 24 December 2026"),
        (date(2026, 12, 27), date(2027, 1, 3), "27 December 2026 to 3 January 2027"),
        (date(2026, 12, 24), date(2026, 12, 24), "24 December 2026"),
        (date(2026, 12, 24), None, "from 24 December 2026"),
        (None, date(2026, 12, 24), "until 24 December 2026"),
        (None, None, "no period"),
    ],
)
def test_a_period_says_nothing_twice(
    monkeypatch: pytest.MonkeyPatch, start: date | None, end: date | None, said: str
) -> None:
    """Days of one month, of one year, of two years, one day, and open ends."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    assert say_period(start, end) == said
