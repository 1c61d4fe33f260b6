"""Numbers as people write them: rounded as merchants do, money with its cents, exact where a half is meant."""

from __future__ import annotations

import doctest
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpis import Unit, leaving
from toolkit.reports import wording
from toolkit.reports.wording import NARROW, Wording


@pytest.mark.parametrize(
    ("value", "decimals", "german"),
    [(2.5, 0, "3"), (-2.5, 0, "−3"), (0.125, 2, "0,13"), (1234567.5, 0, "1.234.568"), (-0.4, 0, "0"), (28.5, 0, "29")],  # noqa: RUF001  # a minus sign
)
def test_halves_go_away_from_zero(value: float, decimals: int, german: str) -> None:
    """Not to the even neighbour, and a rounded zero has no sign."""
    assert Wording("de").number(value, decimals) == german


def test_a_half_per_cent_that_binary_cannot_hold_is_a_half() -> None:
    """0.285 · 100 is a little less than 28.5 in binary; nobody means that."""
    assert Wording("en").percent(0.285, 0) == "29%"


@given(cents=st.integers(-(10**13), 10**13), decimals=st.integers(0, 3))
def test_every_amount_of_tenths_of_cents_is_rounded_as_decimals_are(cents: int, decimals: int) -> None:
    """What is written in decimals is rounded as decimals, whatever its binary neighbour is."""
    exact = Decimal(cents).scaleb(-3)
    shown = Wording("en").number(float(exact), decimals).replace(",", "").replace("−", "-")  # noqa: RUF001  # a minus sign
    assert Decimal(shown) == exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def test_money_has_cents() -> None:
    """However large it is, in both languages."""
    assert Wording("de").value(1234.5, Unit.EURO) == f"1.234,50{NARROW}€"
    assert Wording("de").value(-0.005, Unit.EURO) == f"−0,01{NARROW}€"  # noqa: RUF001  # a minus sign
    assert Wording("en").value(10691.0, Unit.EURO) == "€10,691.00"


@given(seconds=st.floats(0, 1e7))
def test_the_number_behind_a_duration_is_in_its_unit(seconds: float) -> None:
    """A workbook shows the exact number with the text's own unit: 1.5 h is 1.5 and not 5400."""
    words = Wording("en")
    shown, exact = words.duration(seconds), words.exact(seconds, Unit.SECONDS)
    assert exact is not None
    assert words.number(exact, 1 if shown.endswith("h") else 0) == shown.rpartition(NARROW)[0]


def test_the_examples_in_the_words_hold() -> None:
    """What stands in docstrings comes out so."""
    assert not doctest.testmod(wording).failed
    assert not doctest.testmod(leaving).failed
