"""Numbers of a whole column: `1.234` is a doubt alone, and none in a column in which 12,5 stands too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from toolkit.importers.values import UnreadableError, read_number
from toolkit.messages import _

_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009'’](?=\d{3}(?!\d))")  # Swiss, French and SI thousands  # noqa: RUF001  # that apostrophe is what people write
_AMBIGUOUS: Final = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
_DECIMALS: Final = (
    re.compile(r"[+-]?\d+([.,])(?:\d{1,2}|\d{4,})"),  # 12,5
    re.compile(r"[+-]?0([.,])\d+"),  # 0,125: a nought groups nothing
    re.compile(r"[+-]?\d{4,}([.,])\d+"),  # 1234,567
    re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(,)\d+"),  # 1.234,5
    re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(\.)\d+"),  # 1,234.5
)
_GROUPS: Final = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3}){2,}")  # 1.234.567
# Dashes and words as exports write them, and what spreadsheets call a value that is not there.
_NONE: Final = frozenset(
    {"", "-", "–", "—", "--", "n/a", "na", "n.v.", "n. v.", "k. a.", "k.a.", "keine angabe", "nicht verfügbar"}  # noqa: RUF001  # those dashes
    | {"not available", "null", "none", "#n/a", "#nv", "#n/v"}
)
_DIGITS: Final = re.compile(r"\d+[.,]?\d*", re.ASCII)
_MONEY: Final = re.compile(r"\A(?:€|\$|£|EUR|USD|CHF)\s*|\s*(?:€|\$|£|EUR|USD|CHF)\Z")
_CLOCK: Final = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d\d)(?:\.\d+)?")


def is_absent(text: str) -> bool:
    """Whether a cell says that nothing was delivered, which is not zero."""
    return text.casefold() in _NONE


def decimal_mark(texts: Iterable[str]) -> str:
    """The decimal mark that a column's cells prove: ``,`` or ``.``, or "" where they prove none or both.

    >>> decimal_mark(["1.234", "12,5"]), decimal_mark(["1.234.567", "3"]), decimal_mark(["1.234"])
    (',', ',', '')
    """
    found = set(map(proved_mark, texts)) - {""}
    return found.pop() if len(found) == 1 else ""


def proved_mark(text: str) -> str:
    """The decimal mark that one cell proves alone, "" where it proves none."""
    return "" if text.isdecimal() else _proof(_plain(text))


def read_figure(text: str, mark: str = "", *, whole: bool = False) -> float:
    """The number in a cell of a column whose decimal mark is `mark`.

    `whole` columns hold counts, in which a mark before three digits can only group them. Per cent become a share of 1,
    and ``h:mm:ss`` seconds. Raises `UnreadableError`.

    >>> read_figure("1.234", ","), read_figure("1.234", whole=True), read_figure("12,5 %"), read_figure("1:02:03")
    (1234.0, 1234.0, 0.125, 3723.0)
    """
    if text.isdecimal() and text.isascii():  # most cells
        return float(text)
    plain = _plain(text)
    clock = _CLOCK.fullmatch(plain)
    if whole and (clock or plain.endswith("%")):
        raise UnreadableError(not_whole(text))
    if clock:
        return int(clock[1] or 0) * 3600.0 + int(clock[2]) * 60 + int(clock[3])
    if plain.endswith("%"):
        return read_figure(plain[:-1].rstrip(), mark) / 100
    doubt = _AMBIGUOUS.fullmatch(plain)
    if doubt and (whole or mark):
        grouping = whole or doubt[1] != mark
        return float(plain.replace(doubt[1], "" if grouping else "."))
    if mark and _proof(plain) not in ("", mark):
        message = _("{text} has another decimal mark than the column's other numbers, which have “{mark}”")
        raise UnreadableError(message.format(text=text, mark=mark))
    number = read_number(plain)
    if whole and number != int(number):
        raise UnreadableError(not_whole(text))
    return number


def not_whole(text: str) -> str:
    """What to say about a share, a duration or a fraction among counts."""
    return _("{text} is no whole number, but this column counts").format(text=text)


def _plain(text: str) -> str:
    if _DIGITS.fullmatch(text):
        return text
    return _SPACES.sub("", _MONEY.sub("", text.strip())).replace("\N{MINUS SIGN}", "-")


def _proof(text: str) -> str:
    """The decimal mark that one cell proves alone."""
    text = text.removesuffix("%").rstrip()
    groups = _GROUPS.fullmatch(text)
    if groups:
        return "." if groups[1] == "," else ","
    return next((match[1] for form in _DECIMALS if (match := form.fullmatch(text))), "")
