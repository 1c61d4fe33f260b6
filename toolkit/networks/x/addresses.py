"""Addresses as X's text library finds them: with a scheme or without, behind a top-level domain that it knows.

A port, in our own words, of what twitter-text 3.1 (github.com/twitter/twitter-text) documents through its conformance
suite. Offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.networks.domains import (
    HINT,
    INVALID,
    LATIN,
    Finder,
    domain_pattern,
    labels_fit,
)
from toolkit.values import dataclass

MAX_LENGTH: Final = 4096
MAX_SHORT_SLUG: Final = 40
ASSUMED_SCHEME: Final = "https://"

_CYRILLIC: Final = r"\u0400-\u04ff"
# Where the library ignores case, its Latin class also holds the iota, whose capital the combining iota shares.
_FOLDED: Final = LATIN + r"\u0399\u03b9\u1fbe"


_QUERY: Final = r"\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-zA-Z0-9\-_&=#/]"
_OWN: Final = re.compile(rf"(?ai:https?://t\.co/(?P<slug>[a-z0-9]+))(?:{_QUERY})?")


def _address(top: str) -> str:
    plain = rf"[a-zA-Z{_CYRILLIC}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_FOLDED}]"
    nested = rf"\((?:{plain}+|{plain}*\({plain}+\){plain}*)\)"
    last = rf"[+\-a-zA-Z{_CYRILLIC}0-9=_#/{_FOLDED}]"
    path = rf"(?:{plain}*(?:{nested}{plain}*)*{last}|{nested}|@{plain}+/)"
    # The library sees UTF-16: half of an emoji may stand before the address that its other half begins.
    before = rf"(?P<before>(?=[\U00010000-\U0010ffff])|[^A-Za-z0-9@\uff20$#\uff03{INVALID}]|^)"
    return (
        rf"{before}(?P<address>(?P<scheme>(?ai:https?)://)?(?P<domain>{domain_pattern(top)})(?::[0-9]+)?"
        rf"(?P<path>/{path}*)?(?:{_QUERY})?)"
    )


_ADDRESS: Final = Finder(_address)
_LATIN_DOMAIN: Final = Finder(lambda top: rf"(?:[\-a-zA-Z0-9{_FOLDED}]+\.)+{top}", short=True)


@dataclass(frozen=True, slots=True)
class Address:
    """An address as written, at ``text[start:end]``."""

    text: str
    start: int
    end: int


def find_addresses(text: str) -> list[Address]:
    """The addresses in `text`, in its order."""
    return list(_find(text)) if HINT.search(text) else []


def _find(text: str) -> Iterator[Address]:
    for found in _ADDRESS.find(text):
        if not _acceptable(found):
            continue
        if found["scheme"]:
            address = _short(found)
            if address:
                yield address
        elif found["before"] not in ("-", "_", ".", "/"):
            yield from _bare(found)


def _acceptable(found: re.Match[str]) -> bool:
    domain = found["domain"]
    length = len((found["scheme"] or ASSUMED_SCHEME) + found["address"])
    if length > MAX_LENGTH or not labels_fit(domain):
        return False
    return not domain.startswith("xn--") or bool(_LATIN_DOMAIN.find(domain))


def _short(found: re.Match[str]) -> Address | None:
    """The address; one of the network's own shortener ends where its slug ends."""
    address, start = found["address"], found.start("address")
    own = _OWN.match(address)
    if own is None:
        return Address(address, start, found.end())
    if len(own["slug"]) > MAX_SHORT_SLUG:
        return None
    return Address(own[0], start, start + own.end())


def _bare(found: re.Match[str]) -> Iterator[Address]:
    """Addresses without a scheme: only domains in Latin letters count; the path belongs to the last."""
    domain, start = found["domain"], found.start("address")
    names = _LATIN_DOMAIN.find(domain)
    for name in names[:-1] if found["path"] else names:
        yield Address(name[0], start + name.start(), start + name.end())
    if names and found["path"]:
        last = names[-1]
        yield Address(found["address"].replace(domain, last[0], 1), start + last.start(), found.end())
