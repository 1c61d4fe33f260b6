"""Where an item of a list stands in leitstand.toml: looked up only when something is wrong with it."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from toolkit.model import SourceText, Span
from toolkit.settings import FILE_NAME, find_setting

# One string of TOML on one line; what stands between two of them in a list is of no interest.
_STRING: Final = re.compile(r"\"\"\"(?s:.*?)\"\"\"|'''(?s:.*?)'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*")


def item_span(text: str, table: str, key: str, item: str) -> Span:
    """The place of a string in the list `key` of `table`; of the key where it is not found."""
    span = find_setting(text, table, key)
    source = SourceText(FILE_NAME, text)
    for found in _STRING.finditer(text, source.offset(span.end_line, span.end_col)):
        if found[0][0] != "#" and _value(found[0]) == item:
            return source.span(found.start(), found.end())
    return span


def item_place(text: str, table: str, key: str, item: str) -> str:
    """The same as ``leitstand.toml:line:col``."""
    span = item_span(text, table, key, item)
    return f"{FILE_NAME}:{span.line}:{span.col}"


def _value(written: str) -> str:
    try:
        return str(tomllib.loads(f"x = {written}")["x"])
    except tomllib.TOMLDecodeError:
        return written  # not what anybody looks for
