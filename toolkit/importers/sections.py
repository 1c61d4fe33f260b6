"""Several tables below one another in one CSV file, with lines of comment between them, as Google Analytics writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from toolkit.importers.layout import Layout, Table, find_table
from toolkit.importers.rows import Row
from toolkit.importers.sheet import Sheet

COMMENT: Final = "#"
_FIGURE: Final = re.compile(r"[-+]?\d[\d.,:]*\s?%?")


def comments(sheet: Sheet) -> list[str]:
    """The lines that begin with a hash, without it."""
    lines = (",".join(row.texts) for row in sheet.rows if _is_comment(row))
    return [line.lstrip("# ").rstrip(", ") for line in lines]


def find_sections(sheet: Sheet, layout: Layout) -> Iterator[Table]:
    """The tables that have the layout. A header is a row without a figure: every row of data has one."""
    start: int | None = None
    for index, row in enumerate((*sheet.rows, None)):
        if row is not None and not _is_comment(row) and not _is_header(row):
            continue
        if start is not None:
            table = find_table(replace(sheet, rows=sheet.rows[start:index]), layout)
            if table is not None:
                yield table
        start = index if row is not None and not _is_comment(row) else None


def without_totals(table: Table, name: str, words: Iterable[str] = ()) -> Table:
    """The table without the rows that sum it up: those whose cell `name` is empty or says so in one of the `words`."""
    known = {"", *(word.casefold() for word in words)}
    at = table.places[name]
    kept = (row for row in table.rows if row.broken is not None or _text(row, at).casefold() not in known)
    return replace(table, rows=tuple(kept))


def _text(row: Row, at: int) -> str:
    return row.texts[at] if at < len(row.texts) else "-"  # a row that is too short is a problem of its own


def _is_comment(row: Row) -> bool:
    return bool(row.texts) and row.texts[0].startswith(COMMENT)


def _is_header(row: Row) -> bool:
    filled = [text for text in row.texts if text]
    return len(filled) > 1 and not any(_FIGURE.fullmatch(text) for text in filled)
