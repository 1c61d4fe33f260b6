"""Domain names as the twitter-text library recognises them; X uses it, and Mastodon with patterns of its own.

The library is frozen, and so is its list of top-level domains; see ``topdomains.txt``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
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
HINT: Final = re.compile(rf"\.(?<=[^{PUNCTUATION}{SPACES}]\.)[^\W\d_]")


_LETTER: Final = rf"[^{PUNCTUATION}{SPACES}{INVALID}{DIRECTIONAL}]"
_LABEL: Final = rf"{_LETTER}(?:[_-]*+{_LETTER})*+"
_LAST: Final = rf"{_LETTER}(?:-*+{_LETTER})*+"
_MOST: Final = 126  # labels before a top-level domain
# From a top-level domain to the first label that can belong to it, in the text read backwards: labels read the same.
_REACH: Final = re.compile(rf"{_LAST}(?:\.{_LABEL}){{0,{_MOST - 1}}}+")
# And on from there, past every domain that begins on the way.
_REST: Final = re.compile(rf"(?:{_LETTER}|[_-])*+(?:\.(?:{_LETTER}|[_-])*+){{0,{2 * _MOST + 2}}}+")
_AHEAD: Final = 16  # characters that a scheme and what stands before it may have


class Finder:
    """Finds matches of a pattern that holds a domain, the same ones with the full list as without.

    Compiling the list of all top-level domains takes a fifth of a second. So a pattern that takes any Latin word for one
    looks first; only when it meets an unknown one ("Tee.Kaffee") the pattern with the list decides. It is only tried
    where a top-level domain stands in reach, so that a long row of labels without one costs nothing. In `short` texts it
    is tried everywhere; only there it may hold something else than a `domain_pattern`.
    """

    def __init__(self, build: Callable[[str], str], *, short: bool = False) -> None:
        self._build = build  # top-level pattern → whole pattern
        self._short = short

    @cached_property
    def _loose(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return self._compile(r"(?P<top>[A-Za-z]{2,63})")

    @cached_property
    def _exact(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return self._compile(rf"(?ai:{_prefix_tree(name for name in top_domains(FROZEN_2021) if name.isascii())})")

    def _compile(self, latin: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """The whole pattern, and that of a top-level domain with its dot."""
        top = _top(latin)
        return re.compile(self._build(top)), re.compile(rf"\.(?=\w){top}")

    def find(self, text: str) -> list[re.Match[str]]:
        """The matches in `text`."""
        known = top_domains(FROZEN_2021)
        found = self._all(*self._loose, text)
        if all(match["top"] is None or match["top"].lower() in known for match in found):
            return found
        return self._all(*self._exact, text)

    def _all(self, pattern: re.Pattern[str], top: re.Pattern[str], text: str) -> list[re.Match[str]]:
        return list(pattern.finditer(text) if self._short else _matches(pattern, top, text))


def _matches(pattern: re.Pattern[str], top: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` yields."""
    dots = [found.start() for found in top.finditer(text)]
    back, at = text[::-1], 0
    for number, dot in enumerate(dots):
        begin = _reach(back, dot) if dot >= at else dot
        if begin == dot:
            continue
        rest = _REST.match(text, begin)
        end = rest.end() if rest else dot
        if text[begin - 1 : begin] == "_":  # a domain that ends further on may begin further ahead
            begin = min(_reach(back, later) for later in dots[number : bisect_left(dots, end)])
        match = _first(pattern, text, max(at, begin - _AHEAD), end + 1)
        if match is not None:
            yield match
            at = match.end()


def _reach(back: str, dot: int) -> int:
    """Where the longest domain begins that ends in the top-level domain at `dot`; `back` is the text read backwards."""
    found = _REACH.match(back, len(back) - dot)
    return len(back) - found.end() if found else dot


def _first(pattern: re.Pattern[str], text: str, at: int, end: int) -> re.Match[str] | None:
    """The first match that begins from `at` on and has its domain before `end`."""
    while (probe := pattern.search(text, at, end)) is not None:
        match = pattern.match(text, probe.start())
        if match is not None:
            return match
        at = probe.start() + 1
    return None


def _top(latin: str) -> str:
    """A pattern of a top-level domain, which ends where its name ends; `latin` is the part in Latin letters."""
    names = (name for name in top_domains(FROZEN_2021) if not name.isascii())
    others = "|".join(sorted(names, key=len, reverse=True))
    return rf"(?:(?:{latin}|(?i:{others}))(?=[^0-9a-zA-Z@+\-]|\Z)|(?ai:xn--[\-0-9a-z]+))"


def domain_pattern(top: str) -> str:
    """A pattern of a domain with at least one label before its top-level domain."""
    # Possessive: a label must reach up to its dot, so there is nothing to try again. DNS has at most 127 labels.
    return rf"(?:{_LABEL}\.){{0,{_MOST - 1}}}{_LAST}\.{top}"


def labels_fit(domain: str) -> bool:
    """Whether every label of `domain` has a length that DNS allows, once it is encoded."""
    labels = domain.split(".")
    if domain.isascii():
        return all(0 < len(label) <= MAX_LABEL for label in labels)
    return all(0 < _encoded_length(label) <= MAX_LABEL for label in labels)


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
