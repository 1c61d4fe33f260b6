"""Orders of a WooCommerce shop, as JSON of its interface or CSV of an export plug-in: what it sold on each day.

JSON is what ``/wp-json/wc/v3/orders`` answers: a list of orders. Read are id, date_created_gmt (or date_created), status,
currency, total, refunds, the codes of coupon_lines, and of meta_data only the tags of WooCommerce's own order attribution
(``_wc_order_attribution_utm_source`` …). CSV needs columns for the order's id, day, status and total; several
rows of one order count once, by its id. Customers, addresses, IP addresses, notes and items are left out.
`toolkit.importers.orders` says what becomes of it.

Orders that are cancelled, failed, not paid yet or only begun do not count. Times of CSV files are the shop's wall times,
taken as the workspace's. WooCommerce's own “Analytics → Orders” download has net revenue without taxes and shipping and
is not read.

The JSON is documented by WooCommerce; CSV headers differ from plug-in to plug-in, those of “Order Export & Order Import”
(WebToffee) and “Advanced Order Export” are known from public fixtures, German ones are not.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from toolkit.importers.base import Columns, Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering
from toolkit.importers.layout import Column, Kind, Layout, find_tables, match_layout
from toolkit.importers.orders import EURO, Order, OrderBook, is_currency, split_codes, wrong_currency
from toolkit.importers.origins import Tags, tags_of_pairs
from toolkit.importers.records import Reading, Record
from toolkit.importers.structured import Tree, at, number, read_tree, rows, text
from toolkit.importers.values import UnreadableError, read_moment
from toolkit.messages import _
from toolkit.model import Severity

TITLE: Final = "WooCommerce orders"
NETWORK: Final = ""
MENU: Final = Menu(
    en="WooCommerce: /wp-json/wc/v3/orders as JSON, or an order export plug-in → CSV",
    de="WooCommerce: /wp-json/wc/v3/orders als JSON, oder ein Plug-in für den Export von Bestellungen → CSV",
)
EVIDENCE: Final = Evidence(
    Confidence.DOCUMENTED,
    "woocommerce.github.io/woocommerce-rest-api-docs for JSON; CSV of two plug-ins in public repositories",
    Menu(
        en="German headers of plug-ins: written from memory; the zone of their times: taken as the workspace's, give another one with --times",
        de="deutsche Spaltennamen der Plug-ins: aus dem Gedächtnis; die Zeitzone ihrer Zeiten: gilt als die des Arbeitsbereichs, eine andere nennt --times",
    ),
)
NAME: Final = "woocommerce"
_ATTRIBUTION: Final = "_wc_order_attribution_"
_META: Final = tuple(f"utm_{name}" for name in Tags.__slots__)
LAYOUT: Final = Layout(
    (
        Column("number", ("order_id", "Order ID", "order_number", "Order Number", "Bestellnummer"), needed=True),
        Column("at", ("order_date", "Order Date", "date_created", "Bestelldatum"), Kind.MOMENT, needed=True),
        Column("status", ("order_status", "Order Status", "status", "Bestellstatus"), needed=True),
        Column("total", ("order_total", "Order Total Amount", "Order Total", "Gesamtbetrag"), Kind.NUMBER, needed=True),
        Column("currency", ("order_currency", "Currency", "Order Currency", "Währung")),
        Column("refunded", ("total_refunded", "Order Refund Amount", "refunded"), Kind.NUMBER),
        Column("code", ("coupon_items", "Coupon Code", "coupons", "coupon_code", "Gutscheincode")),
        *(Column(name, (f"meta:{_ATTRIBUTION}{name}", f"{_ATTRIBUTION}{name}")) for name in _META),
    ),
    foreign=("Lineitem quantity",),
)
NO_SALE: Final = frozenset(
    {"cancelled", "failed", "pending", "checkout-draft", "auto-draft", "trash", "pending payment"}
)
PERSONAL: Final = ("billing", "shipping", "customer_id", "customer_ip_address", "customer_user_agent", "customer_note")


def identify(export: Export) -> Match:
    """By an order's id, day, status and total, whether as columns or as JSON."""
    orders = _orders(read_tree(export))
    if orders:
        return Match(tuple(name for name in ("id", "status", "total", "date_created") if name in orders[0]))
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every day of the file."""
    gathering = Gathering(document, NAME)
    book = OrderBook(gathering, NAME)
    orders = _orders(read_tree(document.export))
    for index, order in enumerate(orders):
        gathering.rows += 1
        _read_object(order, f"[{index}]", book)
    tables = [] if orders else find_tables(document.export, LAYOUT)
    for table in tables:
        for record in Reading(table, gathering).records():
            _read_row(record, book)
    book.finish()
    dropped = tuple(name for name in PERSONAL if any(name in order for order in orders))
    return gathering.extract([*(table.columns for table in tables), Columns(dropped=dropped)])


def _orders(tree: Tree) -> list[dict[str, Tree]]:
    found = rows(tree) or rows(at(tree, "orders"))
    needed = {"id", "status", "total", "currency"}
    return found if found and all(needed <= order.keys() and "line_items" in order for order in found) else []


def _read_object(tree: dict[str, Tree], place: str, book: OrderBook) -> None:
    if text(tree, "status") in NO_SALE:
        book.cancelled += 1
        return
    created, total, currency = _created(tree, book), number(tree, "total"), text(tree, "currency").upper()
    if created is None or total is None or not is_currency(currency):
        message = _("order {place} has no day, total or currency that can be read; export it again")
        book.gathering.remark(message.format(place=place), Severity.ERROR)
        return
    # Refunds are negative there; older versions wrote them without the sign.
    refunded = sum(abs(number(one, "total") or 0.0) for one in rows(at(tree, "refunds")))
    codes = tuple(text(one, "code") for one in rows(at(tree, "coupon_lines")))
    book.add(Order(text(tree, "id"), created, total, refunded, currency, _tags(tree), codes))


def _created(tree: Tree, book: OrderBook) -> datetime | None:
    gmt, local = text(tree, "date_created_gmt"), text(tree, "date_created")
    try:
        if gmt:
            moment = datetime.fromisoformat(gmt)
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        return read_moment(local, book.gathering.document.zone, day_is_enough=False)
    except (UnreadableError, ValueError):
        return None


def _tags(tree: Tree) -> Tags:
    pairs = ((text(one, "key"), text(one, "value")) for one in rows(at(tree, "meta_data")))
    return tags_of_pairs(
        (key.removeprefix(_ATTRIBUTION), value) for key, value in pairs if key.startswith(_ATTRIBUTION)
    )


def _read_row(record: Record, book: OrderBook) -> None:
    if not record.text("total") and not record.text("status"):
        return  # a further item of an order
    if record.text("status").casefold().removeprefix("wc-") in NO_SALE:
        book.cancelled += 1
        return
    at_, total = record.moment("at"), record.number("total")
    currency = (record.text("currency") or EURO).upper()
    if not is_currency(currency):
        record.problem(record.place("currency"), wrong_currency(currency))
    elif at_ is None or total is None:
        if not record.text("at") or not record.text("total"):
            record.problem(record.place("at"), _("the order has no day or no total"))
    else:
        tags = tags_of_pairs((name, record.text(name)) for name in _META)
        refunded = abs(record.number("refunded") or 0.0)
        book.add(Order(record.text("number"), at_, total, refunded, currency, tags, _codes(record.text("code"))))


def _codes(cell: str) -> tuple[str, ...]:
    """The codes of a cell, also where a plug-in writes ``code:ADVENT10|amount:5.00``."""
    codes = (code.strip() for code in split_codes(cell))
    return tuple(code.removeprefix("code:") for code in codes if not code.startswith("amount:"))
