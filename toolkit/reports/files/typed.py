"""A value as people read it, in German or English, back into what a workbook calculates with.

Only what is certain is turned into a number: a figure with leading zeros is a name, and what is not written as our
reports write numbers stays text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from toolkit.values import dataclass

Value = str | int | float | date | datetime

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BLANKS: Final = str.maketrans(
    {"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{MINUS SIGN}": "-", "\N{MULTIPLICATION SIGN}": "x"}
)
_NUMBER: Final = re.compile(
    r"(?:[▲▼] )?(?P<sign>[+-]?)(?P<euro>€?)(?P<whole>0|[1-9]\d{0,2}(?:\.\d{3})*|[1-9]\d*)(?:,(?P<rest>\d+))?"
    r"(?P<unit> ?(?:%|x|€|h|min|s))?"
)
_DAY: Final = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})(?:, (\d\d):(\d\d))?")
_ENGLISH_DAY: Final = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})(?:, (\d\d):(\d\d))?")
_SWAP: Final = str.maketrans(",.", ".,")
# How Excel shows each unit; the value itself stays a number.
_UNITS: Final[Mapping[str, str]] = {"%": "{}%", "x": '{}"×"', "€": '{} "€"', "h": '{}" h"', "min": '{}" min"', "s": '{}" s"'}  # fmt: skip  # noqa: RUF001  # the sign that people read as "times"


@dataclass(frozen=True, slots=True)
class Typed:
    """A value and how Excel shows it; "" for texts."""

    value: Value
    shown_as: str = ""


def read_value(text: str, language: str, exact: float | None = None) -> Typed:
    """What a cell says; `exact` is the number that it was rounded from.

    >>> read_value("1.234,5", "de"), read_value("2.35%", "en")
    (Typed(value=1234.5, shown_as='#,##0.0'), Typed(value=0.0235, shown_as='0.00%'))
    """
    plain = " ".join(text.translate(_BLANKS).split())
    found = _number(plain, german=language.startswith("de"))
    if exact is not None:
        return Typed(exact, found.shown_as if found else "General")
    return found or _day(plain, language) or Typed(" ".join(text.split()))


def _number(text: str, *, german: bool) -> Typed | None:
    match = _NUMBER.fullmatch(text if german else text.translate(_SWAP))
    if match is None or (match["euro"] and match["unit"]):
        return None
    digits, rest = match["whole"].replace(".", ""), match["rest"] or ""
    unit = (match["unit"] or match["euro"] or "").strip()
    number = Decimal(f"{match['sign']}{digits}.{rest or '0'}")
    form = ("0" if unit == "%" else "#,##0") + (f".{'0' * len(rest)}" if rest else "")
    form = _UNITS[unit].format(form) if unit else form
    if match["sign"] == "+":
        form = f"+{form};-{form};{form}"
    if unit == "%":
        number /= 100
    return Typed(
        int(number) if number == number.to_integral_value() and not rest and unit != "%" else float(number), form
    )


def _day(text: str, language: str) -> Typed | None:
    if match := _DAY.fullmatch(text):
        day, month, year, hour, minute = match.groups()
    elif (match := _ENGLISH_DAY.fullmatch(text)) and match[2].casefold() in _MONTHS:
        day, month, year, hour, minute = match.groups()
        month = str(_MONTHS.index(month.casefold()) + 1)
    else:
        return None
    try:
        found = date(int(year), int(month), int(day))
        if hour is not None:
            found = datetime.combine(found, time(int(hour), int(minute)))
    except ValueError:
        return None
    return Typed(found, day_form(found, language))


def day_form(day: date, language: str) -> str:
    """How Excel shows a day, and its time where it has one: as the report's readers write days."""
    form = "dd.mm.yyyy" if language.startswith("de") else "yyyy-mm-dd"
    return f"{form} hh:mm" if isinstance(day, datetime) else form
