"""Emoji as X's text library finds them: a sequence that it knows counts as one, whatever it is made of.

The library's table is that of Unicode's Emoji 11 (its parser, twemoji-parser 11, is frozen with it). What came later is
counted piece by piece, so a count is never too small. Single emoji need no table: outside the light ranges every
character weighs two, emoji or not.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import regex

_TONE: Final = r"[\U0001f3fb-\U0001f3ff]"
_TEXT: Final = "\ufe0f"
_JOIN: Final = "\u200d"
# Bases of skin tones that came after Emoji 11.
_LATER_BASES: Final = (
    r"\U0001f46b-\U0001f46d\U0001f46f\U0001f6cf\U0001f90c\U0001f90f\U0001f91d\U0001f93c\U0001f977\U0001f9bb"
    r"\U0001f9cd-\U0001f9cf\U0001f9d1\U0001fa70-\U0001faff"
)
_BASES: Final = rf"[[\p{{Emoji_Modifier_Base}}--[{_LATER_BASES}]]\U0001f9d1]"
# Emoji of Unicode 6.0 in the basic plane have no text form, so no variation selector belongs to them.
_NO_TEXT_FORM: Final = (
    r"\u23e9-\u23ec\u23f0\u23f3\u26ce\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2795-\u2797\u27b0\u27bf"
)
_TEXT_FORMS: Final = (
    rf"[[[\p{{Emoji}}--\p{{Emoji_Presentation}}]--[#*0-9©®\u2122\u265f\u267e]]"
    rf"||[[\p{{Emoji_Presentation}}&&[\u2000-\u3300]]--[{_NO_TEXT_FORM}]]\U0001f004\U0001f21a\U0001f22f]"
)
_PEOPLE: Final = r"[\U0001f468\U0001f469]"
_ROLES: Final = (
    rf"(?:[\u2695\u2696\u2708]{_TEXT}|[\U0001f33e\U0001f373\U0001f393\U0001f3a4\U0001f3a8\U0001f3eb\U0001f3ed"
    r"\U0001f4bb\U0001f4bc\U0001f527\U0001f52c\U0001f680\U0001f692\U0001f9b0-\U0001f9b3])"
)
_SEX: Final = rf"{_JOIN}[\u2640\u2642]{_TEXT}"
_SPORTS: Final = r"[\U0001f3cb\U0001f3cc\U0001f574\U0001f575\u26f9]"
_ACTING: Final = (
    r"[\U0001f3c3\U0001f3c4\U0001f3ca\U0001f46e\U0001f471\U0001f473\U0001f477\U0001f481\U0001f482\U0001f486\U0001f487"
    r"\U0001f645-\U0001f647\U0001f64b\U0001f64d\U0001f64e\U0001f6a3\U0001f6b4-\U0001f6b6\U0001f926\U0001f935"
    r"\U0001f937-\U0001f939\U0001f93d\U0001f93e\U0001f9b8\U0001f9b9\U0001f9d6-\U0001f9dd]"
)
_GROUPS: Final = r"[\U0001f46f\U0001f93c\U0001f9de\U0001f9df]"
_CHILDREN: Final = rf"(?:{_JOIN}\U0001f466{_JOIN}\U0001f466|{_JOIN}\U0001f467{_JOIN}[\U0001f466\U0001f467])"
_CHILD: Final = rf"{_JOIN}[\U0001f466\U0001f467]"
_MAN: Final = "\U0001f468"
_WOMAN: Final = "\U0001f469"
_HEART: Final = f"{_JOIN}\u2764{_TEXT}{_JOIN}"
_KISS: Final = f"{_HEART}\U0001f48b{_JOIN}"
_FAMILIES: Final = (
    rf"{_MAN}{_KISS}{_MAN}|{_WOMAN}{_KISS}{_PEOPLE}|{_MAN}{_HEART}{_MAN}|{_WOMAN}{_HEART}{_PEOPLE}"
    rf"|(?:{_MAN}{_JOIN}{_PEOPLE}|{_WOMAN}{_JOIN}{_WOMAN}|{_PEOPLE})(?:{_CHILDREN}|{_CHILD})"
)
_FLAGS: Final = (
    rf"\U0001f3f3{_TEXT}{_JOIN}\U0001f308|\U0001f3f4{_JOIN}\u2620{_TEXT}|\U0001f441{_JOIN}\U0001f5e8"
    "|\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
# First letters of regions that have a flag → their second letters.
_REGIONS: Final = """
    A:CDEFGILMOQRSTUWXZ B:ABDEFGHIJLMNOQRSTVWYZ C:ACDFGHIKLMNOPRUVWXYZ D:EGJKMOZ E:ACEGHRSTU F:IJKMOR
    G:ABDEFGHILMNPQRSTUWY H:KMNRTU I:CDELMNOQRST J:EMOP K:EGHIMNPRWYZ L:ABCIKRSTUVY M:ACDEFGHKLMNOPQRSTUVWXYZ
    N:ACEFGILOPRUZ O:M P:AEFGHKLMNRSTWY Q:A R:EOSUW S:ABCDEGHIJKLMNORSTVXYZ T:ACDFGHJKLMNORTVWZ U:AGMNSYZ
    V:ACEGINU W:FS X:K Y:ET Z:AMW
"""


def _regional(letters: str) -> str:
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in letters)


def _region_flags() -> str:
    pairs = (entry.split(":") for entry in _REGIONS.split())
    return "|".join(f"{_regional(first)}[{_regional(seconds)}]" for first, seconds in pairs)


@cache
def emoji_pattern() -> regex.Pattern[str]:
    """Sequences of more than one code point that count as one emoji, and © ® with the emoji selector."""
    import regex

    choices = (
        rf"{_PEOPLE}{_TONE}?{_JOIN}{_ROLES}",
        rf"{_SPORTS}(?:{_TONE}|{_TEXT}){_SEX}",
        rf"{_ACTING}{_TONE}?{_SEX}",
        rf"{_GROUPS}{_SEX}",
        _FAMILIES,
        _FLAGS,
        rf"[#*0-9]{_TEXT}?\u20e3",
        rf"[©®\u2122\u265f]{_TEXT}",
        rf"[[{_BASES}]&&{_TEXT_FORMS}]{_TEXT}?{_TONE}",
        rf"{_BASES}{_TONE}",
        rf"{_TEXT_FORMS}{_TEXT}",
        _region_flags(),
    )
    return regex.compile("|".join(f"(?:{choice})" for choice in choices), regex.VERSION1)
