"""Whether two entries tell of one event: ten papers that print one agency's news are one message.

By the address without what only counts visitors, else by the words of the title.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

FEWEST: Final = 4  # words of a title; shorter ones are alike by chance
ALIKE: Final = 0.75  # share of the words that two titles have in common (Jaccard)
_COUNTING: Final = re.compile(r"(?i)utm_.*|fbclid|gclid|mc_[ce]id|ref|at_medium|at_campaign|wt_mc|pk_.*|mtm_.*")


def canonical(url: str) -> str:
    """The address without tracking, fragment, scheme and the slash at its end; "" for what is no web address."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    asked = [(key, value) for key, value in parse_qsl(parts.query) if not _COUNTING.fullmatch(key)]
    return urlunsplit(("", host + port, parts.path.rstrip("/"), urlencode(sorted(asked)), ""))


def event_address(url: str) -> str:
    """`canonical` for what tells of one thing; "" for a site's front page, to which everything may link."""
    address = canonical(url)
    return address if "/" in address.removeprefix("//") or "?" in address else ""


def title_words(title: str) -> frozenset[str]:
    """The words of a title as they are compared."""
    return frozenset(re.findall(r"\w+", unicodedata.normalize("NFKC", title).casefold()))


def same_title(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles say the same."""
    if min(len(one), len(other)) < FEWEST:
        return bool(one) and one == other and len(one) > 1
    return len(one & other) >= ALIKE * len(one | other)
