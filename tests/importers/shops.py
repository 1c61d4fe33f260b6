"""A workspace with tagged links and discount codes, for tests of website and shop files."""

from __future__ import annotations

from dataclasses import replace

from tests.importers.exports import ACCOUNTS, document
from toolkit.importers import Extract, KnownPosts, choose, open_export
from toolkit.importers.base import Document
from toolkit.importers.origins import Tracking
from toolkit.settings import Account, ConversionPolicy, LinkPolicy
from toolkit.settings.links import DEFAULTS

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
TRACKING = Tracking(
    LinkPolicy(("nordlicht.example.com",), {**DEFAULTS, "utm_content": "{uid}"}),
    ConversionPolicy(("generate_lead", "/danke"), ("file_download", "/preise.pdf"), {"advent10": "advent-2026"}),
    frozenset({"advent-2026", "nachschub-abo"}),
)


def tracked(text: str | bytes, name: str = "export.csv") -> Document:
    """A file in that workspace, which also has an account on Mastodon."""
    accounts = {**ACCOUNTS, "mastodon": Account("mastodon", "mastodon", "@nordlicht@example.social")}
    return replace(document(text, name, KnownPosts()), accounts=accounts, tracking=TRACKING)


def extract_tracked(text: str | bytes, name: str = "export.csv") -> tuple[str, Extract]:
    """The name of the importer that recognises the text, and what it makes of it."""
    choice = choose(open_export(name, text.encode() if isinstance(text, str) else text))
    assert choice is not None
    assert choice.fits, (choice.name, choice.match)
    return choice.name, choice.importer.extract(tracked(text, name))


def amounts(found: Extract, subject: str, channel: str | None = None) -> dict[tuple[str, str], float]:
    """(Metric, day) → value of one subject; a channel makes sure whose."""
    return {
        (one.metric, f"{one.observed_at:%m-%d}"): one.value
        for one in found.observations
        if one.subject == subject and channel in (None, one.channel)
    }
