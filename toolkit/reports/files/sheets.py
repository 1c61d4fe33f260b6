"""The tables of a report as CSV in one ZIP: UTF-8, commas, points in numbers, days as 2026-10-31, shares from 0 to 1.

For programs; people take the workbook. Texts that a spreadsheet program would take for formulas begin with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Final

from toolkit.reports.files.tables import Shown
from toolkit.reports.files.typed import Value
from toolkit.reports.files.workbook import safe_text, type_cell

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NOT_PLAIN: Final = re.compile(r"[^\w]+")


def make_sheets(tables: Iterable[Shown], language: str) -> bytes:
    """A ZIP with one CSV per table, numbered in the order of the report; the same tables give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, table in enumerate(tables, 1):
            stem = _NOT_PLAIN.sub("-", (table.caption or table.section).casefold()).strip("-")[:60]
            entry = zipfile.ZipInfo(f"{number:02}-{stem or 'table'}.csv", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, write_csv(table, language))
    return target.getvalue()


def write_csv(table: Shown, language: str) -> str:
    """One table; notes are left out."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([safe_text(head) for head in table.head])
    for row in table.rows:
        writer.writerow([_plain(type_cell(cell, language).value) for cell in row])
    return target.getvalue()


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return safe_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)
