"""Which zone the times of day in a file are in, where neither the file nor its network says so.

Posts that the ledger knows prove it: their minute of publication is on record, and only one zone makes the file's time
the same minute. What nobody proves is read in the workspace's zone, and said so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from toolkit.importers.accounts import UnknownAccountError, find_account
from toolkit.importers.moments import plain_moment
from toolkit.importers.records import Reading, Record
from toolkit.importers.values import UnreadableError, read_moment

NEAR: Final = timedelta(minutes=10)  # between a network's time of publication and the moment at which it confirmed
WHO: Final = ("page_id", "username", "page_name")  # what a row may call its account

Time = tuple[str, datetime]  # as the file writes it in ISO, and the moment that the ledger knows


def prove_zone(times: Iterable[Time], zones: Sequence[str]) -> str:
    """The zone in which most of the times are the moments that they should be; "" where none fits any.

    Of two that fit equally well, as neighbours do for a part of the year, the first counts.
    """
    fitting = Counter(zone for text, moment in times for zone in zones if _fits(text, zone, moment))
    return max(zones, key=lambda zone: fitting[zone]) if fitting else ""


def known_times(reading: Reading, network: str) -> Iterator[Time]:
    """The times of those posts of a table that the ledger knows."""
    document = reading.gathering.document
    if not document.known.posts or "published_at" not in reading.table.places:
        return
    for row in reading.table.rows:
        record = Record(reading, row)
        try:
            channel = find_account(document, network, [record.text(name) for name in WHO])
            text = plain_moment(record.text("published_at"), reading.orders["published_at"])
        except (UnknownAccountError, UnreadableError):
            continue  # reading the row will say so
        known = document.known.find(channel, record.text("id"), record.text("url"))
        if known is not None:
            yield text, known.published_at


def _fits(text: str, zone: str, moment: datetime) -> bool:
    try:
        return abs(read_moment(text, zone, day_is_enough=False) - moment) <= NEAR
    except UnreadableError:
        return False
