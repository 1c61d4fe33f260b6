"""A workbook's cells as JSON, read in a process of its own: what an export claims must not cost us memory or life.

Run as a script with the workbook on stdin. With `--faults` cells that are an error or a formula nobody calculated are told
from empty ones, which takes a second reading. A sheet whose only cell is at XFD1048576 claims 17 thousand million cells,
a zipped gigabyte of zeros is a megabyte, and a damaged file may end the library that reads it: all of that ends this
process, at its limits, and no other. Values are read as they were saved; formulas and macros are never run.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from posixpath import join, normpath
from xml.etree.ElementTree import Element, iterparse

MEMORY = 1 << 30  # bytes
CPU = 60  # seconds
MOST = 4_000_000  # cells
FAULTS = 100_000  # that are told

Plain = str | float | bool | dict[str, str] | None  # {"at": …} is a day or time, {"fault": …} what is no value
Fault = tuple[int, int, str]  # row and column from 1, and what stands there


def main() -> int:
    """Print ``[{"name", "row", "col", "rows"}]``.

    Exits 3 when a password guards the book, 4 when it is unreadable, 5 when it holds more than is read.
    """
    _limit()
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        data = sys.stdin.buffer.read()
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        faults = _faults(data) if "--faults" in sys.argv else {}
        sheets: list[dict[str, object]] = []
        for about in book.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(about.name)
                if sheet.height * sheet.width > MOST:
                    return 5
                row, col = sheet.start or (0, 0)
                rows = [[_plain(value) for value in cells] for cells in sheet.to_python()]
                _put_in(rows, [(at - row - 1, to - col - 1, text) for at, to, text in faults.get(about.name, [])])
                sheets.append({"name": about.name, "row": row + 1, "col": col + 1, "rows": rows})
    except PasswordError:
        return 3
    except MemoryError:
        return 5
    except BaseException:  # noqa: BLE001  # the library's panics are no Exception, and damaged files cause them
        return 4
    sys.stdout.write(json.dumps(sheets))
    return 0


def _faults(data: bytes) -> dict[str, list[Fault]]:
    """Name of the sheet → its cells without a value that are not empty; the library reads both as empty.

    Forms: ECMA-376 part 1, 18.3.1.4 (`c`, of type `e` for an error, with `f` for a formula and `v` for its value), and
    OpenDocument 1.3 part 3, 19.642 (`table:formula`), with `calcext:value-type` as LibreOffice marks errors.
    """
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(BytesIO(data)) as book:
        names = book.namelist()
        if "content.xml" in names:
            return _faults_of_ods(book)
        return {name: list(_faults_of_sheet(book, part)) for name, part in _parts(book).items() if part in names}


def _put_in(rows: list[list[Plain]], faults: list[Fault]) -> None:
    """Put faults in their places (from 0 here); below the last row that holds a value there may be more of them."""
    wide = max(map(len, rows), default=0)
    last = min(max((row for row, _col, _text in faults), default=0), MOST // max(wide, 1))
    rows += [[None] * wide for _row in range(len(rows), last + 1)] if faults else []
    for row, col, text in faults:
        if 0 <= row <= last and 0 <= col < wide:
            rows[row][col] = {"fault": text}


def _parts(book: zipfile.ZipFile) -> dict[str, str]:
    """Name of the sheet → the file in the archive that holds it."""
    targets = {one.get("Id"): one.get("Target", "") for one in _elements(book, "xl/_rels/workbook.xml.rels")}
    parts = {}
    for one in _elements(book, "xl/workbook.xml"):
        if _tag(one) == "sheet":
            target = targets.get(next((value for key, value in one.attrib.items() if key.endswith("}id")), ""), "")
            parts[one.get("name", "")] = normpath(join("/xl", target)).lstrip("/")
    return parts


def _faults_of_sheet(book: zipfile.ZipFile, part: str) -> Iterator[Fault]:
    row = col = told = 0
    for one in _elements(book, part, "row"):
        row, col = int(one.get("r", row + 1)), 0
        for cell in one:
            col = _column(cell.get("r", "")) or col + 1
            inner = {_tag(child): child.text or "" for child in cell}
            kind, value = cell.get("t", "n"), inner.get("v", "")
            if kind == "e" or ("f" in inner and not value and kind != "str" and "is" not in inner):
                told += 1
                if told <= FAULTS:
                    yield row, col, value or f"={inner.get('f', '')}"


def _column(place: str) -> int:
    """The number of a column: 28 of ``AB7``."""
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _faults_of_ods(book: zipfile.ZipFile) -> dict[str, list[Fault]]:
    """Rows and cells may stand for many that are alike; the last ones often for all the rest of the sheet."""
    found: dict[str, list[Fault]] = {}
    for table in _elements(book, "content.xml", "table"):
        name = _attribute(table, "name")
        faults = found.setdefault(name, [])
        row = 1
        for one in table.iter():
            if _tag(one) == "table-row":
                faults += [(row, col, text) for col, text in _faults_of_row(one)][: FAULTS - len(faults)]
                row += int(_attribute(one, "number-rows-repeated") or 1)
    return found


def _faults_of_row(row: Element) -> Iterator[tuple[int, str]]:
    col = 1
    for cell in row:
        formula, kinds = _attribute(cell, "formula"), {v for k, v in cell.attrib.items() if k.endswith("}value-type")}
        if "error" in kinds or (formula and not kinds):
            yield col, "".join(cell.itertext()) or f"={formula.partition('=')[2]}"
        col += int(_attribute(cell, "number-columns-repeated") or 1)


def _attribute(one: Element, name: str) -> str:
    return next((value for key, value in one.attrib.items() if key.endswith(f"}}{name}")), "")


def _elements(book: zipfile.ZipFile, part: str, wanted: str = "") -> Iterator[Element]:
    """The elements of a file of the archive, each when it is whole; what was looked at is let go."""
    with book.open(part) as file:
        for _event, one in iterparse(file):  # noqa: S314  # bounded by this process's limits
            if not wanted or _tag(one) == wanted:
                yield one
                if wanted:
                    one.clear()


def _tag(one: Element) -> str:
    return str(one.tag).rpartition("}")[2]


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
