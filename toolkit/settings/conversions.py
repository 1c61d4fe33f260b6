"""The table ``[conversions]``: which events and pages of the website are leads or downloads, and whose discount codes.

Importers of web statistics and shops read it; nothing is sent anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.values import dataclass

TABLE: Final = "conversions"
KEYS: Final[Mapping[str, str]] = {
    "leads": 'What counts as a lead: names of events, and pages that begin with a slash, such as "/danke". Default: generate_lead.',
    "downloads": 'What counts as a download: names of events, and files such as "/preise.pdf". Default: file_download.',
    "codes": 'Discount code = campaign, such as {ADVENT10 = "advent-2026"}: orders with the code belong to the campaign.',
}
# What Google Analytics calls them by itself.
LEADS: Final = ("generate_lead",)
DOWNLOADS: Final = ("file_download",)


@dataclass(frozen=True, slots=True)
class ConversionPolicy:
    """What counts as what. Case matters in pages, not in events and codes."""

    leads: tuple[str, ...] = LEADS
    downloads: tuple[str, ...] = DOWNLOADS
    codes: Mapping[str, str] = field(default_factory=dict)  # discount code, in lower case → campaign

    def metric(self, name: str) -> str:
        """``leads`` or ``downloads`` for an event or a page (its query does not matter); "" for any other."""
        plain = name.partition("?")[0] if name.startswith("/") else name.casefold()
        for metric, known in (("leads", self.leads), ("downloads", self.downloads)):
            if plain in (one if one.startswith("/") else one.casefold() for one in known):
                return metric
        return ""


def read_conversions(reader: Reader, raw: Mapping[str, object]) -> ConversionPolicy:
    """The policy that the table sets; the default one without it."""
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    leads = reader.words(table, TABLE, "leads", LEADS)
    downloads = reader.words(table, TABLE, "downloads", DOWNLOADS)
    both = ", ".join(sorted({*leads} & {*downloads}))
    if both:
        message = _("{names} cannot be both a lead and a download; keep one")
        reader.error(TABLE, "downloads", message.format(names=both))
    return ConversionPolicy(leads, downloads, _codes(reader, table))


def _codes(reader: Reader, table: Mapping[str, object]) -> dict[str, str]:
    codes = {}
    for code, campaign in reader.sub(table, "codes", TABLE).items():
        if isinstance(campaign, str) and campaign:
            codes[code.casefold()] = campaign
        else:
            message = _("{code} must name a campaign, such as advent-2026")
            reader.error(TABLE, "codes", message.format(code=code))
    return codes
