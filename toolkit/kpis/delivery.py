"""Who can deliver what a KPI needs: the networks' APIs as their adapters declare it, and the export files.

One source each: `Network.counted`, and the columns of the importers' layouts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Final

from toolkit.importers import IMPORTERS, Importer
from toolkit.importers.layout import Layout
from toolkit.importers.orders import OrderBook
from toolkit.kpis.definitions import Kpi
from toolkit.networks import NETWORKS

ORDERED: Final = ("orders", "revenue", "refunds")  # what an `OrderBook` counts


def is_enough(kpi: Kpi, metrics: Collection[str]) -> bool:
    """Whether these metrics are all that the KPI needs: one of each of its sets."""
    return all(need.intersection(metrics) for need in kpi.needs)


def networks_of(kpi: Kpi) -> tuple[str, ...]:
    """The names of the networks whose API delivers the KPI; also those whose followers have to be known for it."""
    return tuple(
        name for name, network in sorted(NETWORKS.items()) if network.counted and is_enough(kpi, network.counted)
    )


def exports_of(kpi: Kpi) -> tuple[str, ...]:
    """The names of the importers whose files deliver the KPI, alone or with what the network's API tells."""
    found = []
    for name, importer in IMPORTERS.items():
        network = NETWORKS.get(importer.NETWORK)
        together = imported_metrics()[name] | set(network.counted if network else ())
        own = any(need & imported_metrics()[name] for need in kpi.needs)
        if own and is_enough(kpi, together):
            found.append(name)
    return tuple(found)


@cache
def imported_metrics() -> Mapping[str, frozenset[str]]:
    """Importer → the metrics of its files, as its layouts name them."""
    return {name: frozenset(_metrics(importer)) for name, importer in IMPORTERS.items()}


def _metrics(importer: Importer) -> set[str]:
    layouts = [one for one in vars(importer).values() if isinstance(one, Layout)]
    # What a shop's export has is one row for an order or an item; the importer adds them up by the day.
    sold = ORDERED if OrderBook in vars(importer).values() else ()
    return {*(column.name for layout in layouts for column in layout.counted), *sold}
