"""Every KPI, defined once, in the order in which reports show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.kpis.definitions import Kpi
from toolkit.kpis.others import ACCOUNT_KPIS, INBOX_KPIS, ORIGIN_KPIS, SEARCH_KPIS, VOICE_KPIS, WEB_KPIS
from toolkit.kpis.posts import POST_KPIS
from toolkit.messages import _

_ALL: Final = (*POST_KPIS, *ACCOUNT_KPIS, *WEB_KPIS, *ORIGIN_KPIS, *SEARCH_KPIS, *VOICE_KPIS, *INBOX_KPIS)

KPIS: Final[Mapping[str, Kpi]] = {kpi.name: kpi for kpi in _ALL}


def are_known(kpis: Iterable[Kpi]) -> bool:
    """Whether all are the dictionary's own, and not somebody's of the same name."""
    return all(KPIS.get(kpi.name) is kpi for kpi in kpis)


def find_kpi(name: str) -> Kpi | None:
    """A KPI by its name, by another that people use, or by its title in the language spoken."""
    known = KPIS.get(name)
    wanted = name.strip().casefold()
    return known or next(
        (kpi for kpi in _ALL if wanted in {*kpi.also, kpi.title.casefold(), _(kpi.title).casefold()}), None
    )
