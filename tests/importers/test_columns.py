"""A whole column decides what its marks and slashes mean; one cell alone is never guessed."""

from __future__ import annotations

import doctest
from datetime import date
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importers.exports import extract, said
from toolkit.importers.figures import decimal_mark, read_figure
from toolkit.importers.moments import plain_moment, slash_order
from toolkit.importers.values import UnreadableError

HEADER = "Date;Impressions;Unfollows\n"


@pytest.mark.parametrize("module", ["figures", "moments", "matching", "values"])
def test_the_examples_in_docstrings_hold(module: str) -> None:
    """What a docstring shows is what happens."""
    result = doctest.testmod(import_module(f"toolkit.importers.{module}"))
    assert result.attempted > 0
    assert result.failed == 0


def german(value: float) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


@given(st.lists(st.floats(0, 1e9).map(lambda one: round(one, 2)), min_size=1, max_size=8))
def test_a_german_column_comes_back(numbers: list[float]) -> None:
    """Written with points for thousands and commas for decimals, every number is read as it was."""
    texts = [german(one) for one in numbers]
    mark = decimal_mark(texts)
    assert [read_figure(text, mark) for text in texts] == numbers


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.sampled_from(",.'  "))
def test_a_column_of_counts_comes_back(numbers: list[int], mark: str) -> None:
    """Counts have no decimals, so any mark before three digits groups them."""
    texts = [f"{one:,}".replace(",", mark) for one in numbers]
    assert [read_figure(text, decimal_mark(texts), whole=True) for text in texts] == numbers


def test_a_number_against_its_column_is_a_problem() -> None:
    """In a column with decimal commas, 12.5 is a slip and no number."""
    assert decimal_mark(["1,5", "12.5"]) == ""
    with pytest.raises(UnreadableError, match="another decimal mark"):
        read_figure("12.5", ",")
    with pytest.raises(UnreadableError, match="no whole number"):
        read_figure("12,5", ",", whole=True)


@given(st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), min_size=1, max_size=8), st.booleans())
def test_a_column_of_slashed_days_is_right_or_a_doubt(days: list[date], month_first: bool) -> None:
    """Either every day comes back as it was, or the column is refused; never another day."""
    form = "{:%m/%d/%Y}" if month_first else "{:%d/%m/%Y}"
    texts = [form.format(day) for day in days]
    order = slash_order(texts)
    for text, day in zip(texts, days, strict=True):
        try:
            assert plain_moment(text, order) == day.isoformat()
        except UnreadableError:
            assert order == ""


def test_doubtful_days_are_problems_with_their_places() -> None:
    """Where the network documents an order it counts; a column that contradicts it decides for itself."""
    assert [str(one.observed_at.date()) for one in extract(HEADER + "07/08/2026;1;0\n").observations][:1] == [
        "2026-07-08"
    ]
    other = extract(HEADER + "07/08/2026;1;0\n14/08/2026;1;0\n")
    assert sorted({str(one.observed_at.date()) for one in other.observations}) == ["2026-08-07", "2026-08-14"]
    broken = extract(HEADER + "02/30/2026;1;0\nmorgen;1;0\n")
    assert [one.split(" ")[0] for one in said(broken)] == ["export.csv:2:1:", "export.csv:3:1:"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Tue, Jul 14, 2026", "2026-07-14"),
        ("July 14, 2026", "2026-07-14"),
        ("Di., 14. Juli 2026", "2026-07-14"),
        ("14. März 2026, 09:30", "2026-03-14 09:30"),
        ("Mai 3, 2026", "2026-05-03"),
        ("7/4/2026 12:05 AM", "2026-07-04 00:05"),
        ("20260714", "2026-07-14"),
        ("14.07.26", "2026-07-14"),
        ("2026-07-14 09:30", "2026-07-14 09:30"),
    ],
)
def test_forms_of_exports_are_understood(written: str, plain: str) -> None:
    """English and German words, twelve hours, two digits of a year."""
    assert plain_moment(written, "mdy") == plain


def test_shares_and_clocks_are_numbers() -> None:
    """Per cent become a share of one, clocks seconds, money its amount."""
    assert [read_figure(text, ",") for text in ("3,5 %", "1:30", "12,50 €", "€ 3")] == [0.035, 90, 12.5, 3]


def test_a_column_that_stands_twice_is_said() -> None:
    """The first one counts, with a warning at the second."""
    found = extract("Date,Impressions,Unfollows,Impressions\n2026-07-14,1,0,7\n")
    assert [one.value for one in found.observations if one.metric == "views"] == [1]
    assert said(found) == [
        "export.csv:1:28: the column Impressions stands here twice; the first counts as views (import)"
    ]
