"""Orders of WooCommerce, from its interface and from plug-ins' CSV files."""

from __future__ import annotations

import json

import pytest

from tests.importers.exports import said
from tests.importers.shops import UID, amounts, extract_tracked


def order(number: int, amount: str, **more: object) -> dict[str, object]:
    """An order as /wp-json/wc/v3/orders has it, after WooCommerce's own documentation."""
    return {
        "id": number, "number": str(number), "status": "completed", "currency": "EUR",
        "date_created": "2026-11-18T18:00:00", "date_created_gmt": "2026-11-18T17:00:00", "total": amount,
        "billing": {"first_name": "Ann", "email": "ann@example.com"}, "shipping": {"city": "Kiel"}, "customer_id": 26,
        "customer_ip_address": "203.0.113.7", "customer_note": "Klingel kaputt", "meta_data": [], "coupon_lines": [],
        "line_items": [{"id": 1, "name": "Winterröster", "total": amount}], "refunds": [], **more,
    }  # fmt: skip


def attribution(**tags: str) -> list[dict[str, str]]:
    return [{"key": f"_wc_order_attribution_{name}", "value": value} for name, value in tags.items()]


def test_orders_of_the_interface_are_added_up_by_the_day() -> None:
    """Refunds are negative there and are taken off; customers are dropped and named."""
    text = json.dumps([order(1, "30.00"), order(2, "12.50", refunds=[{"id": 9, "reason": "", "total": "-2.50"}])])
    kind, found = extract_tracked(text, "orders.json")
    assert (kind, said(found)) == ("woocommerce", [])
    shop = amounts(found, "shop", "woocommerce")
    assert (shop["orders", "11-18"], shop["revenue", "11-18"], shop["refunds", "11-18"]) == (2, 40.0, 2.5)
    assert {"billing", "shipping", "customer_ip_address"} <= set(found.columns.dropped)
    assert "Ann" not in repr(found)


def test_woocommerces_own_attribution_names_post_and_campaign() -> None:
    """It keeps the tags of the visit that led to the order."""
    meta = attribution(utm_source="mastodon", utm_medium="social", utm_campaign="advent-2026", utm_content=UID)
    text = json.dumps([order(1, "30.00", meta_data=meta), order(2, "10.00", coupon_lines=[{"code": "advent10"}])])
    _kind, found = extract_tracked(text, "orders.json")
    assert amounts(found, UID, "mastodon")["revenue", "11-18"] == 30.0
    assert amounts(found, "campaign:advent-2026", "")["revenue", "11-18"] == 10.0
    assert amounts(found, "shop")["revenue", "11-18"] == 40.0


@pytest.mark.parametrize("status", ["cancelled", "failed", "pending", "checkout-draft", "trash"])
def test_what_is_no_sale_does_not_count(status: str) -> None:
    """Begun, failed and cancelled orders brought no money."""
    _kind, found = extract_tracked(json.dumps([order(1, "30.00", status=status)]), "orders.json")
    assert found.observations == ()
    assert "1 order was cancelled or never paid" in said(found)[0]


@pytest.mark.parametrize(
    "broken", [{"total": "viel"}, {"date_created_gmt": "gestern"}, {"currency": ""}, {"total": None}]
)
def test_an_order_that_cannot_be_read_is_a_problem(broken: dict[str, object]) -> None:
    """It says which one, and the file is not taken over half."""
    _kind, found = extract_tracked(json.dumps([order(1, "1.00"), order(2, "1.00", **broken)]), "orders.json")
    assert not found.clean
    assert "order [1] has no day, total or currency" in said(found)[0]


def test_a_csv_of_a_plug_in_is_read() -> None:
    """Several rows of one order count once; decimal commas are read."""
    text = (
        "order_id;order_date;order_status;order_total;order_currency;billing_email;coupon_items;"
        "meta:_wc_order_attribution_utm_source;meta:_wc_order_attribution_utm_medium\n"
        "7;2026-11-18 18:00:00;wc-completed;30,50;EUR;ann@example.com;;mastodon;social\n"
        "7;2026-11-18 18:00:00;wc-completed;30,50;EUR;ann@example.com;;mastodon;social\n"
        "8;2026-11-18 19:00:00;wc-failed;99,00;EUR;ann@example.com;;;\n"
        "9;2026-11-19 08:00:00;wc-processing;10,00;EUR;ann@example.com;code:ADVENT10|amount:5.00;;\n"
    )
    kind, found = extract_tracked(text)
    assert kind == "woocommerce"
    assert amounts(found, "account", "mastodon") == {("shop_orders", "11-18"): 1, ("shop_revenue", "11-18"): 30.5}
    assert amounts(found, "campaign:advent-2026")["revenue", "11-19"] == 10.0
    assert found.columns.dropped == ("billing_email",)
