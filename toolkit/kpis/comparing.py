"""Whether groups of posts differ, or only look as if: by ranks of the posts' own values, corrected for many groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import log
from statistics import pstdev
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis.chance import FEWEST, Comparison, any_difference, compare, discount, posts_needed
from toolkit.kpis.definitions import Kpi, Of
from toolkit.kpis.grouping import ABOUT
from toolkit.kpis.period import Period
from toolkit.kpis.rows import Engine, UnitRow, own_values, unit_rows
from toolkit.model import Subject
from toolkit.values import dataclass

DOUBLING: Final = 2.0


@dataclass(frozen=True, slots=True)
class Group:
    """One group against all the others together; p is corrected for the number of groups."""

    name: str
    against_rest: Comparison


@dataclass(frozen=True, slots=True)
class Compared:
    """All groups. `overall` is Kruskal and Wallis' H and p; `needed` how many posts a group needs to show a doubling."""

    overall: tuple[float, float] | None
    groups: tuple[Group, ...]
    needed: int | None


def compare_groups(
    kpi: Kpi, engine: Engine, period: Period, *, by: str, zone: ZoneInfo, subjects: Mapping[str, Subject]
) -> Compared | None:
    """The groups of a KPI of posts, compared; None for another KPI, and where there are fewer than two groups."""
    if kpi.of is not Of.POSTS or not by or not kpi.sampled:
        return None
    groups: dict[str, list[UnitRow]] = {}
    for row in unit_rows(kpi, engine, period):
        groups.setdefault(group_of(row, by, zone, subjects), []).append(row)
    values = {name: own_values(kpi, groups[name]) for name in sorted(groups)}
    return compare_values(values) if len(values) > 1 else None


def compare_values(values: Mapping[str, list[float]]) -> Compared:
    """Each group's values against all others'."""
    found = {name: compare(own, _rest(values, name)) for name, own in values.items()}
    ps = {name: one.p for name, one in found.items() if one.p is not None}
    corrected = dict(zip(ps, discount(list(ps.values())), strict=True))
    groups = (Group(name, replace(one, p=corrected.get(name))) for name, one in found.items())
    return Compared(any_difference(list(values.values())), tuple(groups), _needed(values))


def _rest(values: Mapping[str, list[float]], name: str) -> list[float]:
    return [value for other, some in values.items() if other != name for value in some]


def _needed(values: Mapping[str, list[float]]) -> int | None:
    """From the spread of the logarithms inside the groups; posts without any count are left out of it."""
    logs = [[log(value) for value in some if value > 0] for some in values.values()]
    inside = [(len(some), pstdev(some)) for some in logs if len(some) >= FEWEST]
    freedom = sum(n - 1 for n, _deviation in inside)
    variance = sum(n * deviation**2 for n, deviation in inside) / freedom if freedom else 0.0
    return posts_needed(variance**0.5, DOUBLING) if variance > 0 else None


def group_of(row: UnitRow, by: str, zone: ZoneInfo, subjects: Mapping[str, Subject]) -> str:
    """The group of one of `grouping.GROUPS` that a post belongs to; "" where nobody said."""
    local = row.at.astimezone(zone)
    if by in ABOUT:
        return str(getattr(subjects[row.unit], by)) if row.unit in subjects else ""
    return {"channel": row.channel, "weekday": str(local.isoweekday()), "month": f"{local:%Y-%m}"}[by]
