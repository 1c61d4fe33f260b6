"""Texts of people without who wrote them: the one rule by which a name is taken out.

Of everybody who wrote anything of an answer these are masked, in all of its texts and with an ending for the genitive
(Annas, Anna's), however their parts are joined (anna.muster, AnnaMuster):

- the handle, with and without its server, in small letters and capitals;
- the display name of several words, likewise;
- each single word of a display name that begins with a capital, where it is written so: Rose is masked, a rose is not.

Addresses of mail and everything behind an @ are masked whoever it is. What else people tell of themselves stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from unicodedata import normalize

from toolkit.mcp.door import Json
from toolkit.values import dataclass

MASKED: Final = "…"
# A letter or digit: names also end where an underscore follows.
_LETTER: Final = r"[^\W_]"
_OUTSIDE: Final = r"""\s@\uff20<>()\[\]"',;:"""
# From the beginning of a run of letters only, so that a long one is walked through once.
_ADDRESS: Final = re.compile(rf"(?<![^{_OUTSIDE}])[^{_OUTSIDE}]*+[@\uff20][\w.-]*\w(?:[@\uff20][\w-]+(?:\.[\w-]+)+)?")
_GENITIVE: Final = r"(?:['\u2019]?s)?"
_JOINT: Final = r"[\W_]{0,3}"
# Scripts that put no blank between words: there a name is found within what follows.
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SHORTEST: Final = 3  # letters of a single word of a display name


@dataclass(frozen=True, slots=True)
class Mask:
    """Takes the names out of a text; what is no text is none."""

    patterns: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, records: Iterable[Json]) -> Mask:
        """For the `author` and `name` of these conversations and entries."""
        whole, words = set[str](), set[str]()
        for one in records:
            handle, name = (_plain(one.get(key)) for key in ("author", "name"))
            whole |= {handle, handle.partition("@")[0]}
            parts = _parts(name)
            (whole if len(parts) > 1 else words).add(name)
            words |= {part for part in parts if len(part) >= _SHORTEST and part[0].isupper()}
        # The longest first, so that no rest of a name stays.
        return cls((*_patterns(whole, re.IGNORECASE), *_patterns(words, re.NOFLAG)))

    def __call__(self, text: object) -> str:
        """The text with dots for the names."""
        said = _ADDRESS.sub(f"@{MASKED}", normalize("NFC", str(text or "")))
        for one in self.patterns:
            said = one.sub(MASKED, said)
        return said


def _plain(value: object) -> str:
    return normalize("NFC", str(value or "")).strip().removeprefix("@")


def _parts(name: str) -> list[str]:
    return re.findall(rf"{_LETTER}+", name)


def _patterns(names: Iterable[str], flags: re.RegexFlag) -> Iterator[re.Pattern[str]]:
    for name in sorted(names, key=lambda one: (-len(one), one)):
        parts = [re.escape(part) for part in _parts(name)]
        if not parts:
            continue
        before = "" if _UNSPACED.match(parts[0]) else rf"(?<!{_LETTER})"
        after = "" if _UNSPACED.match(parts[-1][-1]) else rf"{_GENITIVE}(?!{_LETTER})"
        yield re.compile(rf"{before}{_JOINT.join(parts)}{after}", flags)
