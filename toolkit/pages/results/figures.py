"""The numbers of the KPI pages: the last complete months, as `measuring` counts them."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A KPI in one month, such as ``2026-10``. `value` is None where nothing was delivered; `low`, `high` at 90 %."""

    month: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


Figures = Mapping[str, tuple[Figure, ...]]
