"""Addresses as X's text library finds them: with a scheme or without, behind a top-level domain that it knows.

A port, in our own words, of what twitter-text 3.1 (github.com/twitter/twitter-text) documents through its conformance
suite. Offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from toolkit.networks.topdomains import FROZEN_2021, top_domains

MAX_LENGTH: Final = 4096
MAX_LABEL: Final = 63  # DNS
MAX_SHORT_SLUG: Final = 40
ASSUMED_SCHEME: Final = "https://"

DIRECTIONAL: Final = r"\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
SPACES: Final = r"\x09-\x0d\x20\x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
INVALID: Final = r"\ufffe\ufeff\uffff"
PUNCTUATION: Final = r"!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$"
LATIN: Final = (
    r"\xc0-\xd6\xd8-\xf6\xf8-\xff\u0100-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289"
    r"\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_CYRILLIC: Final = r"\u0400-\u04ff"
# Where the library ignores case, its Latin class also holds the iota, whose capital the combining iota shares.
_FOLDED: Final = LATIN + r"\u0399\u03b9\u1fbe"

# Without a dot between two characters that could be a domain, there is no address: most posts end here.
_HINT: Final = re.compile(rf"[^{PUNCTUATION}{SPACES}]\.[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Address:
    """An address as written, at ``text[start:end]``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    address: re.Pattern[str]
    ascii_domain: re.Pattern[str]
    short: re.Pattern[str]


def find_addresses(text: str) -> list[Address]:
    """The addresses in `text`, in its order."""
    return list(_find(text)) if _HINT.search(text) else []


def _find(text: str) -> Iterator[Address]:
    patterns = _patterns()
    for found in patterns.address.finditer(text):
        if not _acceptable(found):
            continue
        if found["scheme"]:
            address = _short(found, patterns.short)
            if address:
                yield address
        elif found["before"] not in ("-", "_", ".", "/"):
            yield from _bare(found, patterns.ascii_domain)


def _acceptable(found: re.Match[str]) -> bool:
    domain = found["domain"]
    if domain.startswith("xn--") and not _patterns().ascii_domain.search(domain):
        return False
    length = len((found["scheme"] or ASSUMED_SCHEME) + found["address"])
    return length <= MAX_LENGTH and all(0 < _encoded_length(label) <= MAX_LABEL for label in domain.split("."))


def _encoded_length(label: str) -> int:
    """The length of a domain label in DNS; ideographic full stops separate labels there, too."""
    pieces = re.split(r"[\u3002\uff0e\uff61]", label)
    sizes = [len(p) if p.isascii() else len(p.encode("punycode", "replace")) + len("xn--") for p in pieces]
    return sum(sizes) + len(pieces) - 1


def _short(found: re.Match[str], short: re.Pattern[str]) -> Address | None:
    """The address; one of the network's own shortener ends where its slug ends."""
    address, start = found["address"], found.start("address")
    own = short.match(address)
    if own is None:
        return Address(address, start, found.end())
    if len(own["slug"]) > MAX_SHORT_SLUG:
        return None
    return Address(own[0], start, start + own.end())


def _bare(found: re.Match[str], ascii_domain: re.Pattern[str]) -> Iterator[Address]:
    """Addresses without a scheme: only domains in Latin letters count; the path belongs to the last."""
    domain, start = found["domain"], found.start("address")
    names = list(ascii_domain.finditer(domain))
    for name in names[:-1] if found["path"] else names:
        yield Address(name[0], start + name.start(), start + name.end())
    if names and found["path"]:
        last = names[-1]
        yield Address(found["address"].replace(domain, last[0], 1), start + last.start(), found.end())


@cache
def _patterns() -> _Patterns:
    """The patterns; building the list of top-level domains takes a moment, so it waits for the first address."""
    top = rf"(?:{_top_domains()}|(?ai:xn--[\-0-9a-z]+))"
    letter = rf"[^{PUNCTUATION}{SPACES}{INVALID}{DIRECTIONAL}]"
    # Possessive: a label must reach up to its dot, so there is nothing to try again.
    domain = rf"(?:{letter}(?:[_-]*+{letter})*+\.)*{letter}(?:-*+{letter})*+\.{top}"
    plain = rf"[a-zA-Z{_CYRILLIC}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_FOLDED}]"
    nested = rf"\((?:{plain}+|{plain}*\({plain}+\){plain}*)\)"
    last = rf"[+\-a-zA-Z{_CYRILLIC}0-9=_#/{_FOLDED}]"
    path = rf"(?:{plain}*(?:{nested}{plain}*)*{last}|{nested}|@{plain}+/)"
    query = r"\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-zA-Z0-9\-_&=#/]"
    # The library sees UTF-16: half of an emoji may stand before the address that its other half begins.
    before = rf"(?P<before>(?=[\U00010000-\U0010ffff])|[^A-Za-z0-9@\uff20$#\uff03{INVALID}]|^)"
    return _Patterns(
        address=re.compile(
            rf"{before}(?P<address>(?P<scheme>(?ai:https?)://)?(?P<domain>{domain})(?::[0-9]+)?"
            rf"(?P<path>/{path}*)?(?:{query})?)"
        ),
        ascii_domain=re.compile(rf"(?:[\-a-zA-Z0-9{_FOLDED}]+\.)+{top}"),
        short=re.compile(rf"(?ai:https?://t\.co/(?P<slug>[a-z0-9]+))(?:{query})?"),
    )


def _top_domains() -> str:
    """A pattern of all top-level domains that the library knows, each ending where its name ends."""
    names = top_domains(FROZEN_2021)
    latin = _prefix_tree([name for name in names if name.isascii()])
    others = "|".join(sorted((name for name in names if not name.isascii()), key=len, reverse=True))
    return rf"(?:(?ai:{latin})|(?i:{others}))(?=[^0-9a-zA-Z@+\-]|\Z)"


def _prefix_tree(names: list[str]) -> str:
    """A pattern for any of `names` that shares their beginnings, so that a mismatch costs a letter, not a list."""
    groups: dict[str, list[str]] = {}
    for name in filter(None, names):
        groups.setdefault(name[0], []).append(name[1:])
    branches = "|".join(first + _prefix_tree(rest) for first, rest in sorted(groups.items()))
    if not groups:
        return ""
    return f"(?:{branches}){'?' if '' in names else ''}"
