"""Orders of a Shopify shop (CSV): what it sold on each day. Customers are not taken over.

A file has one row per item of an order; status, money and tags stand on the order's first row only. From that row
are read: Name (to see an order twice), Created at, Financial Status, Cancelled at, Currency, Total, Refunded Amount,
Discount Code, and of Note Attributes nothing but tags (``utm_source: mastodon``), which some apps write there. Email,
names, addresses, phone numbers, notes and items are left out. `toolkit.importers.orders` says what becomes of it:
`orders`, `revenue` and `refunds` of the day, for the shop and for the campaigns of discount codes and tags.

Orders that were cancelled, voided or expired do not count; one that is yet to be paid does, as in Shopify's own
reports. Shopify sends files of more than 50 orders by e-mail; they are the same.

The headers are those of public fixtures from 2022 to 2026; Shopify writes them in English in every language.
"""

from __future__ import annotations

from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering
from toolkit.importers.layout import Column, Kind, Layout, find_tables, match_layout
from toolkit.importers.orders import EURO, Order, OrderBook, is_currency, split_codes, wrong_currency
from toolkit.importers.origins import Tags, tags_of_pairs
from toolkit.importers.records import Reading, Record
from toolkit.messages import _
from toolkit.model import Severity

TITLE: Final = "Shopify orders"
NETWORK: Final = ""
MENU: Final = Menu(
    en="Shopify → Orders → Export → Orders by date → CSV for Excel, Numbers or other spreadsheet programs",
    de="Shopify → Bestellungen → Exportieren → Bestellungen nach Datum → CSV für Excel, Numbers oder andere",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "files in public repositories, 2022 to 2026",
)
NAME: Final = "shopify"
LAYOUT: Final = Layout(
    (
        Column("number", ("Name",), needed=True),
        Column("at", ("Created at",), Kind.MOMENT, needed=True),
        Column("status", ("Financial Status",), needed=True),
        Column("total", ("Total",), Kind.NUMBER, needed=True),
        Column("item", ("Lineitem quantity",), needed=True),
        Column("currency", ("Currency",)),
        Column("code", ("Discount Code",)),
        Column("cancelled", ("Cancelled at",)),
        Column("refunded", ("Refunded Amount",), Kind.NUMBER),
        Column("attributes", ("Note Attributes",)),
    )
)
NO_SALE: Final = frozenset({"voided", "expired"})


def identify(export: Export) -> Match:
    """By the order's name, day, status and total, and a quantity of items."""
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every day of the file."""
    gathering = Gathering(document, NAME)
    book = OrderBook(gathering, NAME)
    tables = find_tables(document.export, LAYOUT)
    for table in tables:
        for record in Reading(table, gathering).records():
            _read(record, book)
    book.finish()
    return gathering.extract(table.columns for table in tables)


def _read(record: Record, book: OrderBook) -> None:
    if not record.text("total"):
        if not record.text("number"):
            record.problem(record.place("number"), _("the row does not say which order it belongs to"))
        return  # a further item of an order
    if record.text("status").casefold() in NO_SALE or record.text("cancelled"):
        book.cancelled += 1
        return
    at, total = record.moment("at"), record.number("total")
    currency = (record.text("currency") or EURO).upper()
    if not is_currency(currency):
        record.problem(record.place("currency"), wrong_currency(currency))
    elif at is None:
        if not record.text("at"):
            record.problem(record.place("at"), _("the order has no day"))
    elif total is not None:
        refunded = record.number("refunded") or 0.0
        if record.text("number") in book.seen:
            record.problem(
                record.place("number"), _("the order stands in the file twice and counts once"), Severity.WARNING
            )
        tags, codes = _tags(record.text("attributes")), split_codes(record.text("code"))
        book.add(Order(record.text("number"), at, total, refunded, currency, tags, codes))


def _tags(attributes: str) -> Tags:
    """The tags among an order's attributes, which stand on a line each."""
    lines = (line.partition(":") for line in attributes.splitlines())
    return tags_of_pairs((name, value) for name, _colon, value in lines)
