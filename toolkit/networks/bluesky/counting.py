"""Length as Bluesky counts it: graphemes, 300 in a post and 1,000 in a direct message, and the bytes of UTF-8."""

from __future__ import annotations

from toolkit.model import Count
from toolkit.networks.graphemes import count_graphemes
from toolkit.networks.limits import limit


def count(text: str) -> Count:
    """The length of `text` in graphemes; in bytes when only those are too many."""
    return _count(text, limit("bluesky", "text"), limit("bluesky", "text_size"))


def count_direct(text: str) -> Count:
    """The same of a direct message."""
    return _count(text, limit("bluesky", "direct"), limit("bluesky", "direct_size"))


def _count(text: str, most: int, most_bytes: int) -> Count:
    graphemes, size = count_graphemes(text), byte_length(text)
    if size > most_bytes and graphemes <= most:
        return Count(size, most_bytes, "bytes")
    return Count(graphemes, most, "graphemes")


def byte_length(text: str) -> int:
    """The length of `text` in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
