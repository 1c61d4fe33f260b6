"""What goes back over the wire."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from toolkit.values import dataclass

HTML: Final = ("content-type", "text/html; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Answer:
    """A response; the headers that every response has, `guard` adds."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    def plus(self, *headers: tuple[str, str]) -> Answer:
        """The same with more headers."""
        return replace(self, headers=(*self.headers, *headers))


def html(text: str, status: int = 200) -> Answer:
    """A page, or a part of one."""
    return Answer(status, text.encode(), (HTML,))


def plain(text: str, status: int) -> Answer:
    """A sentence for whoever is shown no page."""
    return Answer(status, text.encode() + b"\n", (("content-type", "text/plain; charset=utf-8"),))


def data(value: object, status: int = 200) -> Answer:
    """JSON, for our own scripts."""
    return Answer(status, json.dumps(value).encode(), (("content-type", "application/json"),))


# A picture or a paper; nothing in which a browser would run anything of ours.
_INERT: Final = re.compile(
    r"image/(png|jpeg|gif|webp|avif)|video/[a-z0-9-]+|application/(pdf|zip|octet-stream)|text/(plain|csv|calendar)"
)


def content(stuff: bytes, kind: str, name: str = "") -> Answer:
    """Bytes that are no page. What could run is saved and never shown, whoever made it."""
    inert = _INERT.fullmatch(kind.partition(";")[0].strip()) is not None
    headers: tuple[tuple[str, str], ...] = (
        ("content-type", kind if inert else "application/octet-stream"),
        ("content-security-policy", "sandbox"),
    )
    if name or not inert:
        saved = quote(name or "file", safe="")
        headers = (*headers, ("content-disposition", f"attachment; filename*=UTF-8''{saved}"))
    return Answer(200, stuff, headers)


def is_path(to: str) -> bool:
    """Whether `to` is a plain path of the desk: what a form says where it came from may be anything."""
    return to.startswith("/") and not to.startswith("//") and re.fullmatch(r"[\w/.~-]+", to, re.ASCII) is not None


# Browsers drop tabs and line ends from addresses and take a backslash for a slash.
_WAY: Final = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*")


def is_way(to: str) -> bool:
    """Whether `to` leads to a page of the desk and nowhere else."""
    return _WAY.fullmatch(to) is not None


def go(to: str, *, by_htmx: bool = False) -> Answer:
    """On to another page of the desk: 303; htmx fetches it itself and puts it in place."""
    if not is_way(to):
        raise ValueError(f"{to!r} is no path of the desk")
    way = quote(to, safe="/?&=#%:@+,;~!$'()*[]")
    if not by_htmx:
        return Answer(303, b"", (("location", way),))
    place = {"path": way, "target": "#main", "select": "#main", "swap": "outerHTML show:none"}
    return Answer(200, b"", (("hx-location", json.dumps(place)),))
