"""The table ``[site]``: what stands at the foot of every page, and how long a post keeps a page of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.values import dataclass

TABLE: Final = "site"
KEYS: Final[Mapping[str, str]] = {
    "imprint": "Address of the imprint, at the foot of every page: https://… or mailto:…. Default: none.",
    "privacy": "Address of what is said about privacy, the same way.",
    "contact": "Where readers of the site reach somebody, the same way.",
    "feedback": "Where they say what is missing or wrong on it, the same way.",
    "archive_after_months": "Whole months after which a finished post stands on its month's page of the archive instead of a page of its own. Default: never.",
}
# In the order in which they stand at the foot.
LINKS: Final = ("imprint", "privacy", "contact", "feedback")
# A century; what is meant to be never is left out.
MOST: Final = 1200
# Browsers skip spaces and line ends in an address, so that it means another one than is read.
_WHOLE: Final = re.compile(r"[^\s\"'<>\\]+")
_MAIL: Final = re.compile(r"[^\s@\"'<>\\/]+@[^\s@\"'<>\\/]+")


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """`links` are key → address, only those that are set; `archive_after` is in whole months, None for never."""

    links: tuple[tuple[str, str], ...] = ()
    archive_after: int | None = None


def read_site(reader: Reader, raw: Mapping[str, object]) -> SitePolicy:
    """The policy that the table sets; the usual one without it."""
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    links = tuple((key, address) for key in LINKS if (address := _address(reader, table, key)))
    return SitePolicy(links, _months(reader, table))


def _address(reader: Reader, table: Mapping[str, object], key: str) -> str:
    address = reader.value(table, TABLE, key, str, "")
    if address and not _leads_somewhere(address):
        message = _("{key} must be an address such as {example}, not {said}")
        example = "https://example.com/kontakt or mailto:social@example.com"
        reader.error(TABLE, key, message.format(key=key, example=example, said=repr(address)))
        return ""
    return address


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if _WHOLE.fullmatch(address) is None or parts.password:
        return False
    if parts.scheme == "mailto":
        return _MAIL.fullmatch(parts.path) is not None
    return parts.scheme == "https" and bool(parts.hostname)


def _months(reader: Reader, table: Mapping[str, object]) -> int | None:
    key = "archive_after_months"
    if key not in table:
        return None
    months = reader.value(table, TABLE, key, int, 1)
    if not 1 <= months <= MOST:
        message = _("{key} must be between {least} and {most}")
        reader.error(TABLE, key, message.format(key=key, least=1, most=MOST))
        return None
    return months
