"""The sample's reels, filmed by hand and sent from a phone: Leitstand knows them only from Meta's own export.

The export of the week is fetched every Saturday, so that each reel of a Sunday was counted when it was six days old.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from math import exp
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.sample.planted import Planted
from toolkit.sample.rows import File, chance_of

# Meta Business Suite → Insights → Content → Export data, with its names of columns.
COLUMNS: Final = (
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)", "Publish time",
    "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves",
)  # fmt: skip
TITLES: Final = (
    "Gerda, warmgelaufen",
    "Was ein Sack Rohkaffee wiegt",
    "Drei Tüten, ein Griff",
    "Hafen, sechs Uhr früh",
    "So klingt der erste Knack",
    "Kontrollwiegen",
    "Die Kajüte macht auf",
)
FIRST_ID: Final = 17_900_000_000_000_000
ACCOUNT_ID: Final = "17841400000000000"


def write_exports(username: str, name: str, planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[File]:
    """One export for each Saturday; the names carry the day on which it was fetched."""
    for number, sunday in enumerate(_sundays(now.astimezone(zone).date())):
        saturday = sunday + timedelta(days=6)
        who = {"Account ID": ACCOUNT_ID, "Account username": username, "Account name": name}
        reel = _reel(number, sunday, saturday, chance_of(planted, f"reel:{number}"))
        yield File(f"instagram-reels_{saturday}.csv", _csv(who | reel), datetime.combine(saturday, time(23, 59), zone))


def _sundays(today: date) -> list[date]:
    """The Sundays of the reels, the last of them a week and more ago."""
    last = today - timedelta(days=today.isoweekday() + 7)
    return [last - timedelta(weeks=number) for number in reversed(range(len(TITLES)))]


def _reel(number: int, sunday: date, counted: date, chance: Random) -> dict[str, str]:
    seen = 1 - exp(-((((counted - sunday).days * 24 + 14) / 30) ** 0.6))
    reach = 620 * exp(chance.gauss(0, 0.5))
    likes = reach * chance.uniform(0.03, 0.06)
    counts = {
        "Views": reach * chance.uniform(1.3, 1.7),
        "Reach": reach,
        "Likes": likes,
        "Shares": likes * 0.14,
        "Follows": likes * 0.05,
        "Comments": likes * 0.09,
        "Saves": likes * 0.2,
    }
    return {
        "Post ID": str(FIRST_ID + number * 1_357_911),
        "Description": TITLES[number],
        "Duration (sec)": str(chance.randint(8, 31)),
        "Publish time": f"{sunday:%m/%d/%Y} 10:00",
        "Permalink": f"https://www.instagram.com/reel/Nordlicht{number}/",
        "Post type": "IG reel",
        "Date": "Lifetime",
    } | {column: str(int(value * seen)) for column, value in counts.items()}


def _csv(row: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(row)
    return b"\xef\xbb\xbf" + text.getvalue().encode()  # Meta begins its files with the byte order mark
