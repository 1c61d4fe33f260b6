"""The sample's website and shop, as their own systems export them: Matomo's JSON and Shopify's CSV of orders.

Customers are invented nowhere: the columns that would name them are empty.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import exp
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.sample.planted import Planted
from toolkit.sample.rows import Row, chance_of, noons, trend
from toolkit.workspace import Workspace

# What Shopify writes, as far as it says anything about an order; the rest of its columns is about customers.
ORDER: Final = (
    "Name", "Email", "Financial Status", "Paid at", "Currency", "Subtotal", "Shipping", "Taxes", "Total",
    "Discount Code", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Cancelled at",
    "Refunded Amount",
)  # fmt: skip
GOODS: Final = ("Herbststurm 250 g", "Morgenrot 250 g", "Windstille 250 g", "Polarnacht 500 g")
FIRST_ORDER: Final = 20_001
_ATTRIBUTED: Final = frozenset({"orders", "revenue", "visits"})


def write_visits(planted: Planted, now: datetime, zone: ZoneInfo) -> bytes:
    """VisitsSummary.get of Matomo with ``period=day``: the website's days."""
    days = {}
    for noon in noons(planted, now, zone):
        chance = chance_of(planted, f"site:{noon.date()}")
        weekend = -0.25 if noon.isoweekday() > 5 else 0
        visits = 210 * trend(planted, noon) * exp(planted.of_day(noon.date()) * 0.6 + weekend + chance.gauss(0, 0.12))
        pages = visits * chance.uniform(2.2, 2.9)
        days[noon.date().isoformat()] = {
            "nb_uniq_visitors": round(visits * chance.uniform(0.8, 0.9)),
            "nb_visits": round(visits),
            "nb_pageviews": round(pages),
            "nb_downloads": round(visits * chance.uniform(0.005, 0.02)),
            "nb_conversions": round(visits * chance.uniform(0.008, 0.022)),
            "bounce_count": round(visits * chance.uniform(0.35, 0.45)),
        }
    return (json.dumps(days, indent=0) + "\n").encode()


def write_orders(planted: Planted, now: datetime, zone: ZoneInfo) -> bytes:
    """Shopify's export of all orders."""
    text = io.StringIO()
    writer = csv.DictWriter(text, ORDER, restval="", lineterminator="\n")
    writer.writeheader()
    for number, order in enumerate(_orders(planted, now, zone), FIRST_ORDER):
        writer.writerow({"Name": f"#{number}", **order})
    return text.getvalue().encode()


def _orders(planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[dict[str, str]]:
    for noon in noons(planted, now, zone):
        chance = chance_of(planted, f"shop:{noon.date()}")
        mean = 9.5 * trend(planted, noon) * exp(planted.of_day(noon.date()) * 0.8 + chance.gauss(0, 0.2))
        totals = [chance.uniform(11, 46) for _order in range(round(mean))]
        for at, total in enumerate(totals):
            moment = noon - timedelta(hours=5) + timedelta(hours=5) * at / len(totals)
            yield _order(moment, total, GOODS[at % len(GOODS)])


def _order(moment: datetime, total: float, item: str) -> dict[str, str]:
    shipping = 0.0 if total > 35 else 3.9
    return {
        "Financial Status": "paid",
        "Paid at": f"{moment:%Y-%m-%d %H:%M:%S %z}",
        "Created at": f"{moment:%Y-%m-%d %H:%M:%S %z}",
        "Currency": "EUR",
        "Subtotal": f"{total - shipping:.2f}",
        "Shipping": f"{shipping:.2f}",
        "Taxes": f"{total - total / 1.07:.2f}",
        "Total": f"{total:.2f}",
        "Lineitem quantity": "1",
        "Lineitem name": item,
        "Lineitem price": f"{total - shipping:.2f}",
        "Refunded Amount": "0.00",
    }


def campaign_rows(workspace: Workspace, planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[Row]:
    """Visits and sales that came through a campaign's links: each goal more or less on its way."""
    for campaign in sorted(workspace.campaigns.values(), key=lambda one: one.name):
        if campaign.start is None or campaign.end is None:
            continue
        days = (campaign.end - campaign.start).days + 1
        for goal in (goal for goal in campaign.goals if goal.metric in _ATTRIBUTED and not goal.channel):
            success = chance_of(planted, f"{campaign.name}:{goal.metric}").uniform(0.82, 1.15)
            for noon in noons(planted, now, zone):
                if campaign.start <= noon.date() <= campaign.end:
                    noise = exp(chance_of(planted, f"{campaign.name}:{goal.metric}:{noon.date()}").gauss(0, 0.25))
                    amount = goal.target / days * success * noise * exp(planted.of_day(noon.date()) * 0.5)
                    yield Row(f"campaign:{campaign.name}", "", goal.metric, f"{amount:.0f}", noon)
