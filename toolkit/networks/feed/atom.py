"""Entries as an Atom 1.0 document. Specification: https://www.rfc-editor.org/rfc/rfc4287."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from toolkit.networks.feed.channel import Channel
from toolkit.networks.feed.entries import Entry

NAMESPACE: Final = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def make_atom(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed document; `entries` newest first."""
    feed = ET.Element("feed", {"xmlns": NAMESPACE} | ({"xml:lang": channel.language} if channel.language else {}))
    _add(feed, "id", channel.id)
    _add(feed, "title", channel.title)
    _add(feed, "updated", max((entry.updated for entry in entries), default=channel.started))
    _add(_add(feed, "author"), "name", channel.title)
    _add(feed, "generator", "Leitstand")
    if channel.base:
        _add(feed, "link", rel="self", type="application/atom+xml", href=channel.url("atom"))
        _add(feed, "link", rel="alternate", type="application/feed+json", href=channel.url("json"))
    for entry in entries:
        _add_entry(feed, channel, entry)
    ET.indent(feed, " ")
    document: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _add_entry(feed: ET.Element, channel: Channel, entry: Entry) -> None:
    element = _add(feed, "entry", **({"xml:lang": entry.language} if entry.language else {}))
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "published", entry.published)
    _add(element, "updated", entry.updated)
    if entry.summary:
        _add(element, "summary", entry.summary)
    _add(element, "content", channel.html(entry), type="html")
    for medium in entry.enclosures:
        attributes = {"rel": "enclosure", "type": medium.media_type, "length": str(medium.size)}
        _add(element, "link", "", **attributes, href=channel.address(medium.path), title=medium.alt)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    clean = {key: _FORBIDDEN.sub("", value) for key, value in attributes.items() if value}
    element = ET.SubElement(parent, name, clean)
    element.text = _FORBIDDEN.sub("", text) or None
    return element
