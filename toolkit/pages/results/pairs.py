"""Any two months beside each other, with the change between them and its interval.

Without a script all months that were reported stand in one table; with it two of them are chosen, `assets/scripts/pairs.js`
hides the others and adds the change. The numbers are those of the reports: a month without a report of its own has what
the newest report beside it says of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.messages import _, spoken
from toolkit.pages.markup import Child, Html, div, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import PAIRS, REPORTS
from toolkit.pages.pieces import head
from toolkit.pages.results.readings import Said, read_tables
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.reports.titles import period_title
from toolkit.values import dataclass

_MOST: Final = 36  # months in one table
_NUMBER: Final = r"(\d[\d.,\u00a0\u202f]*)"
_SPAN: Final = re.compile(rf"{_NUMBER}(\D*?) \w+ {_NUMBER}(\D*)")
_VALUE: Final = re.compile(rf"{_NUMBER}(\D*)")


@dataclass(frozen=True, slots=True)
class Figure:
    """What was said of a key figure in a month; `low` and `high` (90 %) as parts of it, None where none was said."""

    text: str
    note: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None


Months = Mapping[str, Mapping[str, Figure]]


def read_months(site: Site) -> Months:
    """Month → key figure → what the monthly reports say of it, the latest first."""
    tables = {one.period: read_tables(one.html, "kpis") for one in site.given.reports if one.name == "monthly"}
    own: dict[str, dict[str, Figure]] = {}
    told: dict[str, dict[str, Figure]] = {}
    # As a report calls its columns in the language of the house.
    back = {_("month before").casefold(): 1, _("a year ago").casefold(): 12}
    for period, found in tables.items():
        for one in found:
            others = [
                (at, shift_month(period, back[name.casefold()]))
                for at, name in enumerate(one.heads)
                if name.casefold() in back
            ]
            for cells in one.rows:
                own.setdefault(period, {})[cells[0].text] = _figure(cells[1])
                for at, other in others:
                    if cells[at].value is not None:
                        figure = Figure(cells[at].text, "", _value(cells[at]))
                        told.setdefault(other, {}).setdefault(cells[0].text, figure)
    months = sorted({*own, *told}, reverse=True)[:_MOST]
    return {month: {**told.get(month, {}), **own.get(month, {})} for month in months}


def shift_month(period: str, back: int) -> str:
    """The month so many months before.

    >>> shift_month("2026-01", 1), shift_month("2026-10", 12)
    ('2025-12', '2025-10')
    """
    year, _dash, month = period.partition("-")
    if not (year.isdigit() and month.isdigit()):
        return ""
    number = int(year) * 12 + int(month) - 1 - back
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _figure(said: Said) -> Figure:
    """The cell of a report's own month: below the value stands its interval, in the same unit, or something else."""
    value, found = _VALUE.fullmatch(said.text), _SPAN.fullmatch(said.note)
    if value is None or found is None or len({unit.strip() for unit in (value[2], found[2], found[4])}) > 1:
        return Figure(said.text, "", _value(said))
    middle, low, high = (_number(text) for text in (value[1], found[1], found[3]))
    if not 0 < low <= middle <= high:
        return Figure(said.text, "", _value(said))
    return Figure(said.text, said.note, said.value, low / middle, high / middle)


def _value(said: Said) -> float | None:
    """The number of a cell; None for a balance, which is written with its sign and has no ratio."""
    return None if said.text[:1] in {"+", "-", "\N{MINUS SIGN}"} else said.value


def _number(text: str) -> float:
    """A number as reports in the spoken language write it."""
    mark = "," if spoken() == "de" else "."
    return float("".join("." if one == mark else one for one in text if one.isdigit() or one == mark))


def pair_page(site: Site, months: Months, names: Mapping[str, Html]) -> dict[str, Page]:
    """The page, as soon as two months are known; `names` are the key figures as they lead to their pages."""
    if len(months) < 2:
        return {}
    title = _("Two months compared")
    lead = _("Every month that was reported, the latest first. Small below a number is its interval (90%).")
    reported = {one.period for one in site.given.reports if one.name == "monthly"}
    kicker = link(site.link(PAIRS, REPORTS), _("Reports"))
    scroller = div(_table(months, names), class_="ls-scroll", role="group", tabindex=0, aria_label=_("Table"))
    told = [period_title(month) for month in months if month not in reported]
    words = _("Without a report of its own, and so as a later report says it: {months}.").format(months=", ".join(told))
    body = (
        head(title, para(lead, class_="ls-summary"), kicker=kicker),
        div(_choice(months), scroller, data_pair=True),
        para(words, class_="ls-aside") if told else None,
        para(_note(), class_="ls-aside"),
    )
    return {PAIRS: generated(title, join(body), in_nav=False, search=False)}


def _note() -> str:
    return _(
        "A change is that of the numbers as they were reported. Its interval (90%) follows from those of the two months, which have different posts; where it leaves out no change, it stands in bold. Where a month has too few posts for an interval, the change has none."
    )


def _choice(months: Months) -> Html:
    """Two lists of months, which the script shows: at first the latest month and the one before."""
    fields = (
        tag("label", span(label), tag("select", *_options(months, at), data_pair_month=True))
        for at, label in enumerate((_("Month"), _("beside")))
    )
    words = {"to": _("{low} to {high}"), "change": _("Change")}
    said = {f"data_{key}": text for key, text in words.items()}
    return tag("form", *fields, class_="ls-pair-of", hidden=True, autocomplete="off", data_pair_form=True, **said)


def _options(months: Months, chosen: int) -> Iterator[Html]:
    for at, month in enumerate(months):
        yield tag("option", period_title(month), value=month, selected=at == chosen)


def _table(months: Months, names: Mapping[str, Html]) -> Html:
    order = dict.fromkeys(name for month in months.values() for name in month)
    heads = (_("KPI"), *map(period_title, months))
    rows = (
        row(
            *zip(
                heads,
                (names.get(name, span(name)), *(_cell(month.get(name)) for month in months.values())),
                strict=True,
            )
        )
        for name in order
    )
    return table(heads, rows, _("Months beside each other"), class_="ls-table ls-all-months", small=True)


def _cell(one: Figure | None) -> Child:
    """The value with its interval; the script reads the numbers."""
    if one is None:
        return "\N{EN DASH}"
    low, high = ((one.value or 0) * part if part is not None else None for part in (one.low, one.high))
    numbers = {"data_value": _plain(one.value), "data_low": _plain(low), "data_high": _plain(high)}
    return span(span(one.text), tag("small", one.note) if one.note else None, class_="ls-two", **numbers)


def _plain(value: float | None) -> str | None:
    return f"{value:.6g}" if value is not None else None
