"""What other programs ask of a network about one text: its count, its rendition, what it detects in it.

Every answer is a plain record with stable keys; the verb `leitstand networks` reads and writes them as JSON lines.
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.model import Part, Post, SourceText, Span
from toolkit.networks.base import Network
from toolkit.settings import Account
from toolkit.source import read_body
from toolkit.values import dataclass
from toolkit.workspace import Draft

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Nowhere:
    """The places of a post that no file holds."""

    def span(self, key: str) -> Span:
        del key
        return Span()

    def offsets(self, key: str) -> tuple[int, int]:
        del key
        return 0, 0


def text_draft(text: str, network: Network, language: str = "") -> Draft:
    """A draft of nothing but Markdown: no title, no media, no options."""
    account = Account(network.name, network.name, "")
    post = Post(path="", source=SourceText("", text), places=_Nowhere(), body=text, body_start=0, language=language)
    return Draft(post, account, language, None, read_body(text).variant(network.name), (), {})


def count_record(network: Network, text: str) -> Record:
    """``{"length", "limit", "valid", "unit"}`` of `text` as it is, without reading it as Markdown."""
    count = network.count(text)
    return {"length": count.length, "limit": count.limit, "valid": network.takes(text), "unit": count.unit}


def render_record(network: Network, text: str) -> Record:
    """The rendition of a Markdown text.

    ``{"network", "title", "text", "facets", "parts"}``: `text` is all parts with a blank line between them and
    `facets` the spans in it; each part has its own ``{"text", "count", "facets", "html", "fields"}``. Offsets are
    UTF-8 bytes.
    """
    rendition = network.render(text_draft(text, network))
    facets: list[Record] = []
    start = 0
    for part in rendition.parts:
        facets += _facets(part, start)
        start += len(part.text.encode("utf-8", "surrogatepass")) + len("\n\n")
    return {
        "network": network.name,
        "title": rendition.title,
        "text": "\n\n".join(part.text for part in rendition.parts),
        "facets": facets,
        "parts": [part_record(part) for part in rendition.parts],
    }


def part_record(part: Part) -> Record:
    """One part as a record; see `render_record`."""
    count = part.count
    return {
        "text": part.text,
        "count": {"length": count.length, "limit": count.limit, "valid": count.valid, "unit": count.unit},
        "facets": _facets(part),
        "html": part.html,
        "fields": dict(part.fields),
    }


def detect_record(network: Network, text: str) -> Mapping[str, object]:
    """What the network itself makes clickable in a plain text, without reading it as Markdown."""
    return network.detect(text) if network.detect else {}


def _facets(part: Part, offset: int = 0) -> list[Record]:
    return [
        {"start": span.start + offset, "end": span.end + offset, "kind": span.kind.value, "target": span.target}
        for span in part.spans
    ]
