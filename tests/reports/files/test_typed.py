"""What a report shows becomes again the number that it shows, and nothing else becomes a number."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpis import Unit
from toolkit.reports.files.typed import Typed, read_value
from toolkit.reports.wording import Wording

LANGUAGES = st.sampled_from(["de", "en"])


@given(st.integers(-(10**12), 10**12), st.integers(0, 3), LANGUAGES)
def test_every_number_comes_back(units: int, decimals: int, language: str) -> None:
    """However many separators a number was written with, it is the same number, in both languages."""
    number = units / 10**decimals
    text = Wording(language).number(number, decimals)
    assert read_value(text, language).value == pytest.approx(float(f"{number:.{decimals}f}"))


@given(st.floats(-5, 5, allow_nan=False), LANGUAGES)
def test_every_share_comes_back_as_a_share(share: float, language: str) -> None:
    """2.35 % is 0.0235 and is shown as per cent."""
    typed = read_value(Wording(language).percent(share, 2), language)
    assert typed.value == pytest.approx(share, abs=0.00006)
    assert typed.shown_as == "0.00%"


@given(st.floats(-3, 3, allow_nan=False).filter(lambda share: abs(share) >= 0.0005), LANGUAGES)
def test_changes_are_numbers_without_their_arrow(share: float, language: str) -> None:
    """An arrow and a sign are how a change looks, not what it is."""
    assert read_value(Wording(language).change(share), language).value == pytest.approx(share, abs=0.0051)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("value", [12.5, 1234.0, 0.0])
def test_amounts_are_numbers_with_their_unit_in_the_format(value: float, language: str) -> None:
    """Euros are added up by a spreadsheet, and still read as euros."""
    typed = read_value(Wording(language).value(value, Unit.EURO), language)
    assert typed.value == pytest.approx(round(value, 2))
    assert typed.shown_as.endswith('"€"')


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(lambda moment: moment.replace(second=0, microsecond=0)))  # fmt: skip  # noqa: DTZ001  # wall times, as reports show them
def test_days_and_moments_come_back(moment: datetime) -> None:
    """A day is a day of the calendar, in German and in English words."""
    words = Wording("de")
    assert read_value(words.day(moment.date()), "de") == Typed(moment.date(), "dd.mm.yyyy")
    assert read_value(words.moment(moment), "de") == Typed(moment, "dd.mm.yyyy hh:mm")
    assert read_value(f"{moment.day} {moment:%b} {moment.year}", "en") == Typed(moment.date(), "yyyy-mm-dd")


@pytest.mark.parametrize(
    "text", ["007", "1.2.3", "01.13.2026", "31.02.2026", "12,", "n = 7", "=1+1", "1e5", "-", "", "1 2", "٣", "²"]
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_not_certainly_a_number_stays_text(text: str, language: str) -> None:
    """Leading zeros, dates that do not exist, formulas, and numbers of other kinds are left as they are."""
    assert read_value(text, language) == Typed(" ".join(text.split()))


def test_separators_are_those_of_the_language() -> None:
    """1.234 is a thousand and more in German, and a little over one in English."""
    assert read_value("1.234", "de").value == 1234
    assert read_value("1.234", "en").value == pytest.approx(1.234)
    assert read_value("1,234", "en").value == 1234


def test_the_exact_number_wins_over_the_rounded_one() -> None:
    """The number behind a cell is kept to its last digit, and shown as the report shows it."""
    assert read_value("2,35 %", "de", 0.023456) == Typed(0.023456, "0.00%")
    assert read_value("2026-10", "de") == Typed("2026-10")
    assert isinstance(read_value("01.10.2026", "de").value, date)


@given(st.text(max_size=40), LANGUAGES)
def test_no_text_is_lost(text: str, language: str) -> None:
    """Whatever a notebook writes, it is a value or the text itself."""
    typed = read_value(text, language)
    assert not isinstance(typed.value, str) or typed.value == " ".join(text.split())
