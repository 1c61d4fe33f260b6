"""Hashtags, mentions and cashtags as X's text library finds them; see `toolkit.networks.x.addresses`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from toolkit.networks.domains import LATIN, PUNCTUATION, SPACES
from toolkit.networks.x.addresses import Address, find_addresses
from toolkit.values import dataclass

if TYPE_CHECKING:
    import regex

# What JavaScript's \s is; the library's own class of spaces differs.
_JS_SPACES: Final = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_LETTER: Final = r"\p{L}\p{M}"
_TAG_CHARS: Final = (
    rf"{_LETTER}\p{{Nd}}_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\xb7"
)
_MENTION: Final = re.compile(
    r"(?:^|[^a-zA-Z0-9_!#$%&*@\uff20]|(?:^|[^a-zA-Z0-9_+~.\-])[rR][tT]:?)(?P<all>[@\uff20](?P<name>[a-zA-Z0-9_]{1,20})"
    r"(?P<list>/[a-zA-Z][a-zA-Z0-9_\-]{0,24})?)"
)
_ENDS_NO_MENTION: Final = re.compile(rf"[@\uff20{LATIN}]|://")
_CASHTAG: Final = re.compile(
    rf"(?:^|[{SPACES}])(?P<all>\$(?P<name>[a-zA-Z]{{1,6}}(?:[._][a-zA-Z]{{1,2}})?))(?=\Z|[{_JS_SPACES}{PUNCTUATION}])"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag, mention or cashtag without its sign, at ``text[start:end]`` with it."""

    name: str
    start: int
    end: int


def find_hashtags(text: str) -> list[Tag]:
    """The hashtags in `text` that are not part of an address."""
    if "#" not in text and "\uff03" not in text:
        return []
    tags = [
        Tag(found["name"], found.start("all"), found.end())
        for found in _hashtag().finditer(text)
        if not text.startswith(("#", "\uff03", "://"), found.end())
    ]
    return [tag for tag in _without_overlaps([*tags, *find_addresses(text)]) if isinstance(tag, Tag)]


def find_mentions(text: str) -> list[Tag]:
    """The accounts mentioned in `text`; a list of an account (``@name/list``) is none."""
    if "@" not in text and "\uff20" not in text:
        return []
    return [
        Tag(found["name"], found.start("all"), found.end())
        for found in _MENTION.finditer(text)
        if not found["list"] and not _ENDS_NO_MENTION.match(text, found.end())
    ]


def find_cashtags(text: str) -> list[Tag]:
    """The share symbols in `text`, such as ``$TWTR``."""
    if "$" not in text:
        return []
    return [Tag(found["name"], found.start("all"), found.end()) for found in _CASHTAG.finditer(text)]


@cache
def _hashtag() -> regex.Pattern[str]:
    import regex

    # The boundary is any character that could not be part of a tag; "&" begins an entity.
    return regex.compile(
        rf"(?:\A|[\ufe0e\ufe0f]|\Z|[^{_TAG_CHARS}&])"
        rf"(?P<all>[#\uff03](?![\ufe0f\u20e3])(?P<name>[{_TAG_CHARS}]*[{_LETTER}][{_TAG_CHARS}]*))"
    )


def _without_overlaps(found: list[Tag | Address]) -> list[Tag | Address]:
    """In the text's order; what begins inside the one before is left out."""
    kept: list[Tag | Address] = []
    for entity in sorted(found, key=lambda entity: entity.start):
        if not kept or kept[-1].end <= entity.start:
            kept.append(entity)
    return kept
