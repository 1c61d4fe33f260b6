"""What X makes clickable in a text."""

from __future__ import annotations

from toolkit.networks.x.addresses import find_addresses
from toolkit.networks.x.tags import find_cashtags, find_hashtags, find_mentions


def detect(text: str) -> dict[str, object]:
    """``{"urls", "hashtags", "mentions", "cashtags"}``, each a list in the text's order."""
    return {
        "urls": [address.text for address in find_addresses(text)],
        "hashtags": [tag.name for tag in find_hashtags(text)],
        "mentions": [tag.name for tag in find_mentions(text)],
        "cashtags": [tag.name for tag in find_cashtags(text)],
    }
