"""Domain names as the twitter-text library recognises them; X uses it, and Mastodon with patterns of its own.

The library is frozen, and so is its list of top-level domains; see ``topdomains.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Final

from toolkit.networks.topdomains import FROZEN_2021, top_domains

MAX_LABEL: Final = 63  # DNS

DIRECTIONAL: Final = r"\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
SPACES: Final = r"\x09-\x0d\x20\x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
INVALID: Final = r"\ufffe\ufeff\uffff"
PUNCTUATION: Final = r"!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$"
LATIN: Final = (
    r"\xc0-\xd6\xd8-\xf6\xf8-\xff\u0100-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289"
    r"\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)

# Without a dot between two characters that could be a domain, there is no address: most posts end here.
HINT: Final = re.compile(rf"[^{PUNCTUATION}{SPACES}]\.[^\W\d_]")


class Finder:
    """Finds matches of a pattern that holds a domain, the same ones with the full list as without.

    Compiling the list of all top-level domains takes a fifth of a second. So a pattern that takes any Latin word for one
    looks first; only when it meets an unknown one ("Tee.Kaffee") the pattern with the list decides.
    """

    def __init__(self, build: Callable[[str], str]) -> None:
        self._build = build  # top-level pattern → whole pattern

    @cached_property
    def _loose(self) -> re.Pattern[str]:
        return re.compile(self._build(_top(r"(?P<top>[A-Za-z]{2,63})")))

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        names = _prefix_tree(name for name in top_domains(FROZEN_2021) if name.isascii())
        return re.compile(self._build(_top(rf"(?ai:{names})")))

    def find(self, text: str) -> list[re.Match[str]]:
        """The matches in `text`."""
        known = top_domains(FROZEN_2021)
        found = list(self._loose.finditer(text))
        if all(match["top"] is None or match["top"].lower() in known for match in found):
            return found
        return list(self._exact.finditer(text))


def _top(latin: str) -> str:
    """A pattern of a top-level domain, which ends where its name ends; `latin` is the part in Latin letters."""
    names = (name for name in top_domains(FROZEN_2021) if not name.isascii())
    others = "|".join(sorted(names, key=len, reverse=True))
    return rf"(?:(?:{latin}|(?i:{others}))(?=[^0-9a-zA-Z@+\-]|\Z)|(?ai:xn--[\-0-9a-z]+))"


def domain_pattern(top: str) -> str:
    """A pattern of a domain with at least one label before its top-level domain."""
    letter = rf"[^{PUNCTUATION}{SPACES}{INVALID}{DIRECTIONAL}]"
    # Possessive: a label must reach up to its dot, so there is nothing to try again. DNS has at most 127 labels.
    return rf"(?:{letter}(?:[_-]*+{letter})*+\.){{0,125}}{letter}(?:-*+{letter})*+\.{top}"


def labels_fit(domain: str) -> bool:
    """Whether every label of `domain` has a length that DNS allows, once it is encoded."""
    return all(0 < _encoded_length(label) <= MAX_LABEL for label in domain.split("."))


def _encoded_length(label: str) -> int:
    """The length of a domain label in DNS; ideographic full stops separate labels there, too."""
    pieces = re.split(r"[\u3002\uff0e\uff61]", label)
    sizes = [len(p) if p.isascii() else len(p.encode("punycode", "replace")) + len("xn--") for p in pieces]
    return sum(sizes) + len(pieces) - 1


def _prefix_tree(names: Iterable[str]) -> str:
    """A pattern for any of `names` that shares their beginnings, so that a mismatch costs a letter, not a list."""
    groups: dict[str, list[str]] = {}
    optional = False
    for name in names:
        if name:
            groups.setdefault(name[0], []).append(name[1:])
        else:
            optional = True
    if not groups:
        return ""
    branches = "|".join(first + _prefix_tree(rest) for first, rest in sorted(groups.items()))
    return f"(?:{branches}){'?' if optional else ''}"
