"""Special days of a region: public holidays, school holidays, days of mourning, and the house's own occasions.

Public and school holidays come from the package `holidays` (ISO 3166 countries and their parts); it knows the school
holidays that ministries have published, and no others. What it does not know stands in `content/occasions/`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from toolkit.messages import _
from toolkit.values import dataclass
from toolkit.workspace import DayKind, Occasion

if TYPE_CHECKING:
    from holidays import HolidayBase

_CATEGORIES: Final = {"public": DayKind.PUBLIC, "school": DayKind.SCHOOL}


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """Why a day is special; `own` when the house says so and not the region."""

    name: str
    kind: DayKind
    own: bool = False


Calendar = Mapping[date, tuple[SpecialDay, ...]]


def special_days(
    region: str, years: Collection[int], language: str = "en", occasions: Iterable[Occasion] = ()
) -> Calendar:
    """Day → what is special about it, the region's days first; a region that nobody knows has none."""
    found: defaultdict[date, list[SpecialDay]] = defaultdict(list)
    for year in sorted(years):
        for day, special in _region_days(region, year, language):
            found[day].append(special)
        for occasion in occasions:
            for day in occasion.days(year):
                found[day].append(SpecialDay(occasion.name, occasion.kind, own=True))
    return {day: tuple(dict.fromkeys(specials)) for day, specials in sorted(found.items())}


def region_complaint(region: str) -> str:
    """What is wrong with the code of a region; "" when its holidays are known."""
    from difflib import get_close_matches

    known = _known_regions()
    country, _dash, part = region.partition("-")
    if country not in known:
        return _("nobody knows the holidays of {country}; see ISO 3166, such as DE or AT").format(country=country)
    if part and part not in known[country]:
        close = get_close_matches(part, known[country], n=1, cutoff=0.5)
        listed = ", ".join(f"{country}-{one}" for one in (close or known[country]))
        return _("{country} has no part {part}; known: {known}").format(country=country, part=part, known=listed)
    return ""


def knows_school(region: str) -> bool:
    """Whether the school holidays of the region are known."""
    return not region_complaint(region) and "school" in _calendar(region, (), "public").supported_categories


@lru_cache(maxsize=1)
def _known_regions() -> Mapping[str, list[str]]:
    import holidays

    return holidays.list_supported_countries()


@lru_cache(maxsize=64)
def _region_days(region: str, year: int, language: str) -> tuple[tuple[date, SpecialDay], ...]:
    if not region or region_complaint(region):
        return ()
    found: list[tuple[date, SpecialDay]] = []
    for category, kind in _CATEGORIES.items():
        if category == "public" or knows_school(region):
            days = _calendar(region, (year,), category, language)
            found += [(day, SpecialDay(name, kind)) for day, name in days.items() if day.year == year]
    if region.partition("-")[0] == "DE":
        found += [(day, SpecialDay(name, DayKind.MOURNING)) for day, name in _german_mourning(year)]
    return tuple(found)


def _calendar(region: str, years: Collection[int], category: str, language: str = "en") -> HolidayBase:
    import holidays

    country, _dash, part = region.partition("-")
    make = holidays.country_holidays
    spoken = make(country).supported_languages or ()
    chosen = next((one for one in spoken if one.partition("_")[0] == language.partition("-")[0]), None)
    return make(country, subdiv=part or None, years=years, categories=(category,), language=chosen)


def _german_mourning(year: int) -> Iterator[tuple[date, str]]:
    """Days on which German brands do not advertise: Good Friday, and two Sundays before Advent."""
    from dateutil.easter import easter

    yield easter(year) - timedelta(days=2), _("Good Friday")
    # The first Sunday of Advent is the one from 27 November to 3 December.
    latest = date(year, 12, 3)
    advent = latest - timedelta(days=(latest.weekday() + 1) % 7)
    yield advent - timedelta(days=14), _("Volkstrauertag, remembrance of the victims of war")
    yield advent - timedelta(days=7), _("Totensonntag, remembrance of the dead")
