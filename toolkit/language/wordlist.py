"""A house's own words: from handbook pages, which people read, and from plain lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.language.spelling import read_words
from toolkit.language.text import words
from toolkit.model import find_fenced

_RULE: Final = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*")
_COLUMN: Final = re.compile(r"(?<!\\)\|")


def read_page(text: str) -> frozenset[str]:
    """The words that a Markdown page calls right: the first column of its tables, and blocks of ```words."""
    lists = (text[block.first : block.last] for block in find_fenced(text) if block.kind == "words")
    found = {word for one in lists for word in read_words(one)}
    for cell in _first_cells(text.splitlines()):
        found |= {token.text for token in words(cell)}
    return frozenset(found)


def read_list(path: str, text: str) -> frozenset[str]:
    """The words of a file: a page when it ends in .md, otherwise a list with ``#`` for remarks."""
    return read_page(text) if path.endswith(".md") else read_words(text)


def _first_cells(lines: list[str]) -> Iterator[str]:
    """What stands in the first column below the head of each table."""
    inside = False
    for line in lines:
        row = line.strip()
        if not row.startswith("|"):
            inside = False
        elif _RULE.fullmatch(row):
            inside = True
        elif inside:
            yield _COLUMN.split(row)[1]
