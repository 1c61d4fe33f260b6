"""Characters that are not what they look like: letters from other alphabets, invisible ones, letters dressed as fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from toolkit.language.emoji import emojis

# Small capitals have no compatibility form in Unicode; people write with them all the same.
_SMALL_CAPITALS: Final = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
# Letters in circles and squares, mathematical and full-width letters, small capitals.
_FANCY: Final = re.compile(
    "[\u0262\u026a\u0274\u0280\u028f\u0299\u029c\u029f\u1d00-\u1d2b\u2102\u210a-\u2115\u2119-\u211d\u2124\u2128\u212c-\u2138\u249c-\u24e9\ua730\ua731\uff10-\uff19\uff21-\uff3a"
    "\uff41-\uff5a\U0001d400-\U0001d7ff\U0001f110-\U0001f149][ \u0300-\u036f\u0262\u026a\u0274\u0280\u028f\u0299\u029c\u029f\u1d00-\u1d2b\u2102\u210a-\u2115\u2119-\u211d\u2124"
    "\u2128\u212c-\u2138\u249c-\u24e9\u1d3a\ua730\ua731\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
    "\U0001f110-\U0001f149]*"
)
_STROKE: Final = re.compile("[\u0334-\u0338\u20d2\u20d3\u20e5\u20e6]")
_CROSSED: Final = re.compile(r"(?:\w[\u0334-\u0338\u20d2\u20d3\u20e5\u20e6]+ ?){2,}")


def find_fancy(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and plain letters of every stretch that is dressed up; a single sign, as in the set of the reals, is none."""
    if text.isascii():
        return
    for found in _FANCY.finditer(text):
        shown = found[0].rstrip(" ")
        plain = "".join(_SMALL_CAPITALS.get(char) or _plain(char) for char in shown)
        # The small capitals of phonetic writing alone are phonetic writing.
        if plain != shown and max(shown) >= "\u1d00" and sum(char.isalnum() for char in plain) > 1:
            yield found.start(), found.start() + len(shown), plain


def find_crossed(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of letters that are crossed out by combining strokes."""
    if not text.isascii() and _STROKE.search(text):
        yield from (found.span() for found in _CROSSED.finditer(text))


def _plain(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain.strip("()") or plain


# Everything that has no width or turns the direction of writing; blanks and line breaks have their own keys.
_INVISIBLE: Final = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORCING: Final = re.compile("[\u202d\u202e]")
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINING: Final = re.compile("[\u0600-\u0dff\u1000-\u109f\u1780-\u17ff]")  # scripts that spell with joiners
_SELECTED: Final = re.compile("[\u203c-\u3299\U0001f000-\U0001faff#*0-9\u00a9\u00ae]$")


def find_invisible(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and names of characters that nobody sees; those that emojis and other scripts need are left out."""
    found = [match.span() for match in _INVISIBLE.finditer(text)]
    if not found:
        return
    whole = emojis(text)
    for start, end in found:
        for first, last in _outside(start, end, whole):
            if not _needed(text, first, last):
                yield first, last, ", ".join(dict.fromkeys(name_character(char) for char in text[first:last]))


def _outside(start: int, end: int, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of ``start:end`` that no emoji covers."""
    for first, last in covered:
        if first < end and last > start:
            if start < first:
                yield start, first
            start = last
    if start < end:
        yield start, end


def _needed(text: str, start: int, end: int) -> bool:
    stretch = text[start:end]
    if stretch in {"\ufe0e", "\ufe0f"}:  # how the character before it is to be shown
        return _SELECTED.search(text[:start]) is not None
    if stretch in {"\u200c", "\u200d"}:
        return _JOINING.search(text[max(0, start - 1) : end + 1]) is not None
    turning = _TURNING.sub("", stretch) == ""
    return turning and not _FORCING.search(stretch) and _RIGHT_TO_LEFT.search(text) is not None


def turns(stretch: str) -> bool:
    """Whether the direction of writing depends on these characters."""
    return _TURNING.search(stretch) is not None


def name_character(char: str) -> str:
    """Code and name: ``U+200B ZERO WIDTH SPACE``."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()


# Lower-case letters of Cyrillic, Greek and Armenian that cannot be told from Latin ones; the rest of Unicode's
# confusables differ at second sight.
_LOOKALIKES: Final[Mapping[str, str]] = {
    **dict(
        zip(
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u051d\u04bb\u04cf",
            "aeopcyxijsdqwhl",
            strict=True,
        )
    ),
    **dict(zip("\u03bf\u03b1\u03bd\u03c1\u03b9\u03ba\u03c5\u03c7", "oavpikux", strict=True)),
    **dict(zip("\u0585\u0578\u057d\u0570\u0581", "onuhg", strict=True)),
}


@lru_cache(maxsize=4096)
def scripts(text: str) -> frozenset[str]:
    """The alphabets of the letters: ``LATIN``, ``CYRILLIC`` … as Unicode's names begin."""
    return frozenset(unicodedata.name(char, "?").split()[0].split("-")[0] for char in text if char.isalpha())


def looks_like(label: str) -> str:
    """The Latin word that a label of other letters looks like; "" when it is not made of lookalikes alone."""
    plain = "".join(_LOOKALIKES.get(char, char) for char in label.lower())
    return plain if plain.isascii() and plain != label.lower() else ""


def decode_host(host: str) -> str:
    """A host with its ``xn--`` labels as people read them; labels that cannot be decoded stay."""
    return ".".join(_decode_label(label) for label in host.lower().split("."))


def _decode_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def encode_host(host: str) -> str:
    """A host as browsers show it when they do not trust it: every label that is not ASCII as ``xn--``."""
    labels = (
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in host.lower().split(".")
    )
    return ".".join(labels)
