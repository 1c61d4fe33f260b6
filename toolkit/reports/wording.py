"""Numbers and dates as people write them, in German and English."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite
from typing import TYPE_CHECKING

from toolkit.dates import month_names, say_month
from toolkit.messages import _, ngettext
from toolkit.values import dataclass

if TYPE_CHECKING:
    from toolkit.kpis import Unit

NARROW = "\N{NO-BREAK SPACE}"
_WIDE = Context(prec=400)  # a number can have three hundred places before its point


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Rounded as merchants do, halves away from zero; never a negative zero.

    Fifteen digits are looked at: what a sum in binary is off by must not decide about a half.

    >>> [str(rounded(value, 1)) for value in (0.25, -0.25, 0.285 * 100, 2.449999999999999)]
    ['0.3', '-0.3', '28.5', '2.5']
    >>> str(rounded(-0.4))
    '0'
    """
    if not isfinite(value):
        return Decimal(value)
    figures = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    return figures or abs(figures)


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language writes values; the words themselves come from the catalogue."""

    language: str

    @property
    def german(self) -> bool:
        return self.language.startswith("de")

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with the language's separators.

        >>> Wording("de").number(12345.6, 1), Wording("en").number(12345.6, 1)
        ('12.345,6', '12,345.6')
        """
        text = f"{rounded(value, decimals):,.{decimals}f}".replace("-", "\N{MINUS SIGN}")
        return text.translate(str.maketrans(",.", ".,")) if self.german else text

    def percent(self, share: float, decimals: int = 1) -> str:
        """A share as per cent."""
        return f"{self.number(share * 100, decimals)}{NARROW if self.german else ''}%"

    def change(self, share: float) -> str:
        """A change with its sign and an arrow, so that colour is never needed to read it."""
        if abs(share) < 0.0005:
            return _("unchanged")
        arrow = "▲" if share > 0 else "▼"
        return f"{arrow}{NARROW}{'+' if share > 0 else ''}{self.percent(share, 0 if abs(share) >= 0.1 else 1)}"

    def value(self, value: float | None, unit: Unit) -> str:
        """A KPI's value; "no data" for what nobody delivered."""
        if value is None:
            return _("no data")
        from toolkit.kpis import Unit  # whoever has a unit has loaded it; dates and plain numbers need none

        if unit is Unit.SHARE:
            return self.percent(value, 2 if abs(value) < 0.1 else 1)
        if unit is Unit.EURO:
            return self.money(value)
        if unit is Unit.SECONDS:
            return self.duration(value)
        if unit is Unit.BALANCE:
            return f"{'+' if value > 0 else ''}{self.number(value, 2)}"
        return self.number(value, 1 if unit is Unit.AVERAGE else 0)

    def money(self, euros: float) -> str:
        """Euros with their cents.

        >>> Wording("de").money(1234.5).replace(NARROW, " "), Wording("en").money(0.5)
        ('1.234,50 €', '€0.50')
        """
        amount = self.number(abs(euros), 2)
        sign = "\N{MINUS SIGN}" if rounded(euros, 2) < 0 else ""
        return f"{sign}{amount}{NARROW}€" if self.german else f"{sign}€{amount}"

    def exact(self, value: float | None, unit: Unit) -> float | None:
        """The number that `value` rounds, in the unit in which it shows it: of a duration in hours the hours.

        >>> from toolkit.kpis import Unit
        >>> [Wording("en").exact(number, Unit.SECONDS) for number in (90.0, 600.0, 5400.0)]
        [90.0, 10.0, 1.5]
        """
        from toolkit.kpis import Unit  # as in `value`

        if value is None or unit is not Unit.SECONDS or value < 120:
            return value
        return value / 60 if value < 3600 else value / 3600

    def duration(self, seconds: float) -> str:
        """A length of time in the unit that fits it.

        >>> words = Wording("en")
        >>> [words.duration(seconds).replace(NARROW, " ") for seconds in (42, 600, 5400)]
        ['42 s', '10 min', '1.5 h']
        """
        if seconds < 120:
            return f"{self.number(seconds, 0)}{NARROW}s"
        if seconds < 3600:
            return f"{self.number(seconds / 60, 0)}{NARROW}min"
        return f"{self.number(seconds / 3600, 1)}{NARROW}h"

    def age(self, hours: float) -> str:
        """How long after publication, in days where it is that many.

        >>> Wording("en").age(168), Wording("en").age(36)
        ('7 days', '36 hours')
        """
        days, rest = divmod(hours, 24)
        if not rest and days >= 1:
            return ngettext("{count} day", "{count} days", int(days))
        return _("{number} hours").format(number=self.number(hours, 0 if hours == int(hours) else 1))

    def between(self, low: float, high: float, unit: Unit) -> str:
        """An interval."""
        return _("{low} to {high}").format(low=self.value(low, unit), high=self.value(high, unit))

    def times(self, factor: float, decimals: int = 1) -> str:
        """A factor over what is usual, such as 1.6 times."""
        return f"{self.number(factor, decimals)}×"  # noqa: RUF001  # the sign that people read as "times"

    def day(self, day: date) -> str:
        """A day, short."""
        return f"{day:%d.%m.%Y}" if self.german else f"{day.day} {month_names()[day.month - 1][:3]} {day.year}"

    def moment(self, moment: datetime) -> str:
        """A day and a time of day."""
        return f"{self.day(moment.date())}, {moment:%H:%M}"

    def month(self, day: date) -> str:
        """A month with its year."""
        return say_month(day)

    def join(self, words: list[str]) -> str:
        """A list as a sentence has it."""
        if len(words) < 2:
            return "".join(words)
        return " ".join((", ".join(words[:-1]), _("and"), words[-1]))
