"""The smallest pieces: what one value may be, as the readers of `toolkit.source.fields` take it.

A value that is left empty means nothing to the reader, so every piece takes ``null``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

# A JSON Schema, or a part of one.
Fragment = Mapping[str, object]

SCALAR: Final[Fragment] = {"type": ["string", "number", "boolean", "null"]}
# Something has to stand there.
FILLED: Final[Fragment] = {"type": ["string", "number", "boolean"], "minLength": 1}
ZONE: Final[Fragment] = {"type": ["string", "null"]}
LARGEST: Final = 999_999_999  # nine digits
# As YAML 1.2 reads plain scalars; other spellings of the same values are texts.
_INTEGER: Final = re.compile(r"[-+]?[0-9]+", re.ASCII)
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
# Lookahead instead of `$`, which some engines also find before a line break at the end.
_END: Final = r"(?![\s\S])"


def plain_value(text: str) -> object:
    """What YAML 1.2 makes of `text` when it stands without quotes."""
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE", "false", "False", "FALSE"}:
        return text.lower() == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def pattern(expression: str) -> Fragment:
    """Texts that `expression` matches from end to end."""
    return {"type": "string", "pattern": f"^(?:{expression}){_END}"}


def either(*fragments: Fragment) -> Fragment:
    """One of several."""
    return {"anyOf": list(fragments)}


def chosen(choices: Iterable[str]) -> Fragment:
    """One of these words, with or without quotes, or nothing."""
    spellings: list[object] = []
    for choice in choices:
        spellings += [value for value in (choice, plain_value(choice)) if value not in spellings]
    return {"enum": [*spellings, "", None]}


def listed(item: Fragment) -> Fragment:
    """A list of single values; one alone counts as a list of one."""
    return either({"type": "array", "items": item}, item, {"type": "null"})


_CLOCK: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s*(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?"
_WALL: Final = rf"\s*[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}[T ]+{_CLOCK}\s*"
_DATE: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}|[0-9]{4}-?W[0-9]{2}(?:-?[0-9])?"
NOTHING: Final[Fragment] = {"type": "null"}
BLANK: Final[Fragment] = pattern(r"\s*")

WHOLE: Final[Fragment] = either({"type": "integer", "minimum": 0, "maximum": LARGEST}, pattern("[0-9]{0,9}"), NOTHING)
COUNT: Final[Fragment] = either({"type": "integer", "minimum": 1}, {"type": "string", "pattern": "[1-9]"})
# What Python takes for a number is more than JSON's; texts are left to the reader.
DECIMAL: Final[Fragment] = listed({"type": ["number", "string"]})
# Eight digits are a day, too, and a number to YAML.
DAY_VALUE: Final[Fragment] = either(pattern(_DATE), {"type": "integer", "minimum": 10101, "maximum": 99991231})
DAY: Final[Fragment] = either(DAY_VALUE, {"const": ""}, NOTHING)
DAYS: Final[Fragment] = listed(DAY_VALUE)
DAY_NAME: Final[Fragment] = pattern(_DATE)
MOMENT: Final[Fragment] = either(pattern(r"[0-9]{4}.*(?:Z|[+-][0-9:.]+)"), {"const": ""}, NOTHING)
DURATION: Final[Fragment] = either(pattern(r"PT(?:[0-9]{1,5}H)?(?:[0-9]{1,6}M)?"), {"const": ""}, NOTHING)
# A level of a crisis plan, and what it pauses.
RANK: Final[Fragment] = either({"type": "integer", "minimum": 1, "maximum": 3}, pattern("0{0,8}[1-3]"))
# What an idea would reach, how well it suits, how much work it is.
RANK_OF_FIVE: Final[Fragment] = either({"type": "integer", "minimum": 1, "maximum": 5}, pattern("0{0,8}[1-5]"))
SCOPE: Final[Fragment] = pattern(r"all|(?:channel|campaign|label):.*\S.*")
# Texts that are numbers are left to the reader.
SCORE: Final[Fragment] = either({"type": "number", "minimum": 0, "exclusiveMaximum": 1000}, {"type": "string"}, NOTHING)
ADDRESS: Final[Fragment] = pattern(r"\s*[hH][tT][tT][pP][sS]?:[\s\S]*")
RATIO: Final[Fragment] = either(pattern("[0-9]{1,5}:[0-9]{1,5}"), {"const": ""}, NOTHING)
# A sum of money or a count, whole or not; texts are left to the reader.
AMOUNT: Final[Fragment] = either({"type": "number", "minimum": 0}, {"type": "string"}, NOTHING)
# Two numbers from 0 to 1; texts are left to the reader.
POINT: Final[Fragment] = either(
    {
        "type": "array",
        "items": either({"type": "number", "minimum": 0, "maximum": 1}, {"type": "string"}),
        "minItems": 2,
        "maxItems": 2,
    },
    {"type": "array", "maxItems": 0},
    NOTHING,
)


def wall(words: Iterable[str] = ()) -> Fragment:
    """A date with a time of day, one of `words`, or nothing."""
    spaced = (rf"\s*{re.escape(word)}\s*" for word in words)
    return either(pattern("|".join((_WALL, *spaced))), BLANK, NOTHING)
