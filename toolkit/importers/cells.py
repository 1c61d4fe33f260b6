"""A workbook's cells as JSON, read in a process of its own: what an export claims must not cost us memory or life.

Run as a script with the workbook on stdin. A sheet whose only cell is at XFD1048576 claims 17 thousand million cells,
a zipped gigabyte of zeros is a megabyte, and a damaged file may end the library that reads it: all of that ends this
process, at its limits, and no other. Values are read as they were saved; formulas and macros are never run.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO

MEMORY = 1 << 30  # bytes
CPU = 60  # seconds
MOST = 4_000_000  # cells

Plain = str | float | bool | dict[str, str] | None


def main() -> int:
    """Print ``[{"name", "row", "col", "rows"}]``.

    Exits 3 when a password guards the book, 4 when it is unreadable, 5 when it holds more than is read.
    """
    _limit()
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
        sheets: list[dict[str, object]] = []
        for about in book.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(about.name)
                if sheet.height * sheet.width > MOST:
                    return 5
                row, col = sheet.start or (0, 0)
                rows = [[_plain(value) for value in cells] for cells in sheet.to_python()]
                sheets.append({"name": about.name, "row": row + 1, "col": col + 1, "rows": rows})
    except PasswordError:
        return 3
    except MemoryError:
        return 5
    except BaseException:  # noqa: BLE001  # the library's panics are no Exception, and damaged files cause them
        return 4
    sys.stdout.write(json.dumps(sheets))
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the caller's clock is left
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _plain(value: object) -> Plain:
    if isinstance(value, datetime | date):
        whole = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001  # a workbook's times have no zone
        return {"at": whole.isoformat()}
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bool | str):
        return value
    return float(value) if isinstance(value, int | float) else None


if __name__ == "__main__":
    sys.exit(main())
