"""Sentences of a block of prose, English and German. What looks like an abbreviation ends none."""

from __future__ import annotations

import re
from typing import Final

_SHORT: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "sgt",
        "gov",
        "no",
        "mt",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "cf",
        "fig",
        "approx",
        "dept",
        "est",
        "inc",
        "ltd",
        "co",
        "corp",
        "jr",
        "sr",
        "bzw",
        "ca",
        "hr",
        "fr",
        "nr",
        "str",
        "tel",
        "mio",
        "mrd",
        "inkl",
        "zzgl",
        "evtl",
        "ggf",
        "vgl",
        "sog",
        "abs",
        "art",
        "bd",
        "z",
        "d",
        "u",
        "o",
        "usw",
    ]
)
_END: Final = re.compile(r"""[.!?…]+["'“”’»)\]*_]*(?=\s)""")  # noqa: RUF001  # these characters are meant
_NEXT: Final = re.compile(r"""\s+["'„“‚»(\[*_]*(\S)""")  # noqa: RUF001  # as above
_LAST_WORD: Final = re.compile(r"(?:^|[\s(„“\"'])((?:[^\W\d_]\.)*[^\W_]+)\.$")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the blanks around it."""
    found, start = [], 0
    for end in [match.end() for match in _END.finditer(text) if _ends(text, match)] + [len(text)]:
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            lead = start + len(piece) - len(piece.lstrip())
            found.append((lead, lead + len(stripped)))
        start = end
    return found


def _ends(text: str, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end())
    if following is None:
        return False
    if match[0] != ".":
        return not following[1].islower()
    if following[1].islower():
        return False
    word = _LAST_WORD.search(text, max(0, match.start() - 20), match.end())
    if word is None:
        return True
    short = word[1].lower()
    initial = len(short) == 1 and short.isalpha() and word[1].isupper()
    return not (short in _SHORT or initial or "." in short or (short.isdecimal() and len(short) < 3))
