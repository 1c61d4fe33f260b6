"""Which importer a file belongs to, told by its headers and never by its name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Final

from toolkit.importers import table
from toolkit.importers.base import Importer, Match
from toolkit.importers.export import Export, open_export
from toolkit.importers.kinds import (
    facebook_live,
    facebook_metrics,
    facebook_posts,
    ga4,
    goaccess,
    instagram_posts,
    linkedin,
    listmonk,
    mailchimp,
    matomo,
    meta_days,
    search_console,
    shopify,
    trends,
    woocommerce,
    x_days,
    x_posts,
    youtube,
)
from toolkit.values import dataclass

# The more a kind demands of a file the earlier it stands; the general one is last.
IMPORTERS: Final[Mapping[str, Importer]] = {
    "facebook-posts": facebook_posts,
    "instagram-posts": instagram_posts,
    "meta-days": meta_days,
    "linkedin": linkedin,
    "x-posts": x_posts,
    "x-days": x_days,
    "facebook-metrics": facebook_metrics,
    "facebook-live": facebook_live,
    "ga4": ga4,
    "matomo": matomo,
    "goaccess": goaccess,
    "shopify": shopify,
    "woocommerce": woocommerce,
    "mailchimp": mailchimp,
    "listmonk": listmonk,
    "search-console": search_console,
    "trends": trends,
    "youtube": youtube,
    "csv": table,
}
GROUP: Final = "leitstand.importers"
NEAR: Final = 2  # columns that a file shares with the nearest importer; a Date alone is no kinship


@dataclass(frozen=True, slots=True)
class Choice:
    """The importer that recognises a file, or the nearest one with what is missing for it."""

    name: str
    importer: Importer
    match: Match

    @property
    def fits(self) -> bool:
        return self.match.fits


def all_importers() -> dict[str, Importer]:
    """Name → importer: installed ones first, because they know their format better than the general one."""
    installed = {entry.name: entry.load() for entry in entry_points(group=GROUP)}
    return {**installed, **IMPORTERS}


def needed_columns(importer: Importer) -> tuple[str, ...]:
    """The columns that an importer recognises a file by: those that an empty one lacks."""
    return importer.identify(Export("", b"")).missing


def choose(export: Export) -> Choice | None:
    """The first importer that fits; where none does, the nearest; None where hardly anything of any is there."""
    choices = [Choice(name, one, one.identify(export)) for name, one in all_importers().items()]
    fitting = next((choice for choice in choices if choice.fits), None)
    nearest = max(choices, key=lambda choice: (len(choice.match.found) >= NEAR, choice.match.nearness))
    return fitting or (nearest if len(nearest.match.found) >= NEAR else None)


def find_importer(data: bytes) -> tuple[str, Importer] | None:
    """The importer that recognises a file by its bytes, with its name."""
    choice = choose(open_export("", data))
    return (choice.name, choice.importer) if choice is not None and choice.fits else None
