"""The table as CSV that Excel and LibreOffice open with a double click: UTF-8 with its mark, no formulas."""

from __future__ import annotations

import csv
from io import StringIO

from toolkit.planning.tables.forms import guard
from toolkit.planning.tables.rows import Plan


def write_csv(plan: Plan, delimiter: str) -> bytes:
    """The file. A German Excel wants the semicolon, an English one the comma."""
    target = StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(plan.header)
    writer.writerows([guard(row[name]) for name in plan.header] for row in plan.rows)
    return target.getvalue().encode("utf-8-sig", "replace")
