"""Orders of Shopify: a row per item, money on the first, customers nowhere."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.importers.exports import said
from tests.importers.shops import UID, amounts, extract_tracked, tracked
from toolkit.importers.kinds import shopify

# The header of real exports of 2024.
HEADER = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
    "Billing Name,Billing Street,Shipping Name,Shipping Zip,Phone,Notes,Note Attributes,Cancelled at,Payment Method,"
    "Refunded Amount,Source,Id\n"
)


def order(
    number: int, total: str, *, created: str = "2026-11-18 09:58:12 +0100", status: str = "paid", currency: str = "EUR",
    code: str = "", attributes: str = "", cancelled: str = "", refunded: str = "0.00",
) -> str:  # fmt: skip
    return (
        f"#{number},ann@example.com,{status},{created},fulfilled,,no,{currency},1,5.00,0.00,{total},{code},0.00,DHL,"
        f'{created},2,Winterröster,9.99,Ann Example,Deich 1,Ann Example,24103,+49 431 5550100,Klingel kaputt,"{attributes}",'
        f"{cancelled},PayPal,{refunded},web,{number}\n"
    )


def item(number: int) -> str:
    return f"#{number},ann@example.com" + "," * 14 + "1,Tasse,10.00" + "," * 13 + "\n"


def test_an_order_counts_once_however_many_items_it_has() -> None:
    """Rows of further items have no total."""
    kind, found = extract_tracked(HEADER + order(1001, "34.98") + item(1001) + item(1001) + order(1002, "10.00"))
    assert (kind, said(found)) == ("shopify", [])
    assert amounts(found, "shop", "shopify") == {
        ("orders", "11-18"): 2, ("revenue", "11-18"): 44.98,
        ("orders_unattributed", "11-18"): 2, ("revenue_unattributed", "11-18"): 44.98,
    }  # fmt: skip


def test_nothing_about_customers_is_taken_over_and_the_columns_are_named() -> None:
    """Name, address, phone and mail stay in the file; what was dropped is said."""
    _kind, found = extract_tracked(HEADER + order(1001, "34.98"))
    everything = repr(found.observations) + repr(found.subjects) + repr(found.problems)
    assert not any(word in everything for word in ("ann@", "Ann", "Deich", "24103", "5550100", "Klingel", "1001"))
    assert {"Email", "Billing Name", "Billing Street", "Shipping Name", "Shipping Zip", "Phone"} <= set(
        found.columns.dropped
    )


def test_refunds_are_taken_off_the_day_of_their_order() -> None:
    """The order stays an order; what went back is a figure of its own."""
    _kind, found = extract_tracked(HEADER + order(1001, "34.98", status="partially_refunded", refunded="4.98"))
    assert amounts(found, "shop")["revenue", "11-18"] == 30.0
    assert amounts(found, "shop")["refunds", "11-18"] == 4.98
    assert amounts(found, "shop")["orders", "11-18"] == 1


def test_cancelled_orders_do_not_count() -> None:
    """Voided, expired and cancelled ones are left out, and that is said."""
    text = HEADER + order(1, "5.00", status="voided") + order(2, "5.00", cancelled="2026-11-19 10:00:00 +0100")
    _kind, found = extract_tracked(text + order(3, "7.00"))
    assert amounts(found, "shop")["orders", "11-18"] == 1
    assert said(found) == ["export.csv:1:1: 2 orders were cancelled or never paid and are left out (import)"]


def test_other_currencies_are_never_added() -> None:
    """Francs are a metric of their own, and a warning says so."""
    _kind, found = extract_tracked(HEADER + order(1, "10.00") + order(2, "99.00", currency="CHF"))
    assert amounts(found, "shop")["revenue", "11-18"] == 10.0
    assert amounts(found, "shop")["revenue_chf", "11-18"] == 99.0
    assert "orders in CHF (1) are counted as revenue_chf" in said(found)[0]


def test_a_discount_code_brings_an_order_to_its_campaign() -> None:
    """Tags know the account and the post as well; the shop's total has every order once."""
    tags = f"utm_source: mastodon\nutm_medium: social\nutm_campaign: advent-2026\nutm_content: {UID}\ngift: yes"
    text = HEADER + order(1, "10.00", code="ADVENT10") + order(2, "20.00", attributes=tags) + order(3, "40.00")
    _kind, found = extract_tracked(text)
    assert amounts(found, "shop", "shopify")["revenue", "11-18"] == 70.0
    assert amounts(found, "shop", "shopify")["revenue_unattributed", "11-18"] == 40.0
    assert amounts(found, "campaign:advent-2026", "") == {("orders", "11-18"): 1, ("revenue", "11-18"): 10.0}
    assert amounts(found, "campaign:advent-2026", "mastodon") == {("orders", "11-18"): 1, ("revenue", "11-18"): 20.0}
    assert amounts(found, UID, "mastodon") == {("orders", "11-18"): 1, ("revenue", "11-18"): 20.0}
    assert amounts(found, "account", "mastodon") == {("shop_orders", "11-18"): 1, ("shop_revenue", "11-18"): 20.0}


def test_the_day_is_the_workspaces() -> None:
    """Half past eleven at night in London is the next day in Berlin."""
    _kind, found = extract_tracked(HEADER + order(1, "1.00", created="2026-11-17 23:30:00 +0000"))
    assert set(amounts(found, "shop")) >= {("orders", "11-18")}


def test_the_day_of_the_export_is_left_out() -> None:
    """It was not over: tomorrow's export has all of it."""
    text = HEADER + order(1, "1.00", created="2026-11-21 09:00:00 +0100") + order(2, "1.00")
    _kind, found = extract_tracked(text)
    assert {day for _metric, day in amounts(found, "shop")} == {"11-18"}
    assert "1 day is not over" in said(found)[0]


def test_what_cannot_be_read_is_said_with_its_place() -> None:
    """A broken total or currency is no sale of nothing."""
    text = HEADER + order(1, "zehn") + order(2, "1.00", currency="Euro") + order(3, "1", created="gestern")
    _kind, found = extract_tracked(text)
    assert found.observations == ()
    broken = enumerate(("zehn", "Euro", "gestern,2"), start=2)
    places = [f"export.csv:{line}:{text.splitlines()[line - 1].index(word) + 1}" for line, word in broken]
    assert [one.partition(": ")[0] for one in said(found)] == places


@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(1, 4), st.sampled_from(["", "ADVENT10", "OTHER"])), max_size=12
    )
)
def test_revenue_is_the_sum_of_totals(orders: list[tuple[int, int, str]]) -> None:
    """However orders are split into items and campaigns, no cent is lost or doubled."""
    text = HEADER
    for number, (cents, items, code) in enumerate(orders):
        text += order(number, f"{cents / 100:.2f}", code=code) + item(number) * (items - 1)
    found = shopify.extract(tracked(text))
    mine = amounts(found, "shop")
    assert round(mine.get(("revenue", "11-18"), 0) * 100) == sum(cents for cents, _items, _code in orders)
    apart = mine.get(("revenue_unattributed", "11-18"), 0) + amounts(found, "campaign:advent-2026").get(
        ("revenue", "11-18"), 0
    )
    assert round(apart * 100) == sum(cents for cents, _items, _code in orders)


def test_a_day_without_an_order_between_two_sold_nothing() -> None:
    """It is zero in what the shop sold, so that conversion rates keep its visits; a cancelled order is none."""
    text = HEADER + order(1003, "5.00", created="2026-11-18 09:00:00 +0100")
    text += order(1002, "7.00", created="2026-11-17 09:00:00 +0100", cancelled="2026-11-17 10:00:00 +0100")
    text += order(1001, "10.00", created="2026-11-15 09:00:00 +0100", refunded="1.00")
    found = extract_tracked(text)[1]
    shop = amounts(found, "shop", "shopify")
    assert {day: value for (metric, day), value in shop.items() if metric == "orders"} == {
        "11-15": 1, "11-16": 0, "11-17": 0, "11-18": 1,
    }  # fmt: skip
    assert {day: value for (metric, day), value in shop.items() if metric == "revenue"} == {
        "11-15": 9, "11-16": 0, "11-17": 0, "11-18": 5,
    }  # fmt: skip
    assert {day for metric, day in shop if metric == "refunds"} == {"11-15"}


def test_quiet_days_are_those_of_the_workspaces_zone() -> None:
    """In Auckland a day's noon is the evening before in UTC, and yet no day is left out."""
    text = HEADER + order(1001, "1", created="2026-11-14 12:00:00 +1300")
    text += order(1002, "1", created="2026-11-17 12:00:00 +1300")
    found = shopify.extract(replace(tracked(text), zone="Pacific/Auckland"))
    days = [one.observed_at for one in found.observations if one.metric == "orders"]
    assert sorted(f"{at:%d %H}" for at in days) == ["13 23", "14 23", "15 23", "16 23"]
