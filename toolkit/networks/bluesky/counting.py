"""Length as Bluesky counts it: at most 300 graphemes and at most 3,000 bytes of UTF-8."""

from __future__ import annotations

from toolkit.model import Count
from toolkit.networks.graphemes import count_graphemes
from toolkit.networks.limits import limit


def count(text: str) -> Count:
    """The length of `text` in graphemes; in bytes when only those are too many."""
    graphemes, size = count_graphemes(text), byte_length(text)
    most, most_bytes = limit("bluesky", "text"), limit("bluesky", "text_size")
    if size > most_bytes and graphemes <= most:
        return Count(size, most_bytes, "bytes")
    return Count(graphemes, most, "graphemes")


def byte_length(text: str) -> int:
    """The length of `text` in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
