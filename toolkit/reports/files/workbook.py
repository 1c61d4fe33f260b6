"""The tables of a report as an XLSX workbook: a sheet each, and a first one that says what they are made from.

Numbers, shares and days are numbers, shares and days. Texts are texts whatever they begin with: a caption that looks like
a formula is never one, neither in the workbook nor in what somebody copies out of it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, cast

from toolkit.messages import _
from toolkit.reports.files.layout import WIDEST, Column, lay_out, set_print, set_widths
from toolkit.reports.files.tables import Cell, Shown, columns
from toolkit.reports.files.typed import Typed, Value, day_form, read_value
from toolkit.values import dataclass

if TYPE_CHECKING:
    from openpyxl.cell import Cell as Square
    from openpyxl.worksheet.worksheet import Worksheet

# With these a spreadsheet program takes a text for a formula, or for a command of long ago.
STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_NAME: Final = 31  # of a sheet, as Excel has it
LONGEST_TEXT: Final = 32_767  # of a cell
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# "und", "with", and a comma before them: where a name is cut it does not end so.
_SMALL_END: Final = re.compile(r"(?:,? (?:[^\W\d]{1,3}|with|from)|,)+$")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_DATED: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class About:
    """What the first sheet says: a heading, label and value pairs, when it was made (aware), in which language."""

    heading: str
    facts: Sequence[tuple[str, Value]]
    made: datetime
    language: str


def make_workbook(tables: Iterable[Shown], about: About) -> bytes:
    """The workbook; the same tables give the same bytes."""
    from openpyxl import Workbook

    kept = list(tables)
    book = Workbook()
    first: Worksheet = book.active  # type: ignore[assignment]  # a new workbook has one sheet
    first.title = _name(_("About"), ())
    names = [first.title]
    for number, table in enumerate(kept, 1):
        names.append(_name(f"{number} {table.caption or table.section or _('Table')}", names))
        _fill(book.create_sheet(names[-1]), table, about.language)
    _introduce(first, about, list(zip(names[1:], kept, strict=True)))
    target = io.BytesIO()
    book.save(target)
    return _undated(target.getvalue(), about.made)


def safe_text(text: str) -> str:
    """A text that no spreadsheet program takes for a formula; for formats that know only texts, such as CSV."""
    kept = _CONTROL.sub("", text)
    return f"'{kept}" if kept.startswith(STARTS) else kept


def _fill(sheet: Worksheet, table: Shown, language: str) -> None:
    from openpyxl.styles import Font

    places = list(columns(table))
    rows = [list(_read(row, places, language)) for row in table.rows]
    heads = list(_heads(table, places))
    for at, (text, _number) in enumerate(heads, 1):
        _put(sheet, (1, at), Typed(text)).font = Font(bold=True)
    for number, row in enumerate(rows, 2):
        for at, (typed, _text) in enumerate(row, 1):
            _put(sheet, (number, at), typed)
    shown = [Column(head, tuple(row[at][1] for row in rows), numeric) for at, (head, numeric) in enumerate(heads)]
    lay_out(sheet, shown, _CONTROL.sub("", ": ".join(filter(None, (table.section, table.caption)))))


def _heads(table: Shown, places: Sequence[tuple[int, bool]]) -> Iterator[tuple[str, bool]]:
    """The columns' names, and whether numbers are in them; notes stand in a column beside what they are about."""
    for at, noted in places:
        head = table.head[at] if at < len(table.head) else ""
        yield head, any(at < len(row) and row[at].number for row in table.rows)
        if noted:
            yield _("{column}: note").format(column=head), False


def _read(row: Sequence[Cell], places: Sequence[tuple[int, bool]], language: str) -> Iterator[tuple[Typed, str]]:
    """What each cell of the sheet holds, and how that is read."""
    for at, noted in places:
        cell = row[at] if at < len(row) else Cell("")
        yield type_cell(cell, language), cell.text
        if noted:
            yield read_value(cell.note, language), cell.note


def type_cell(cell: Cell, language: str) -> Typed:
    """A number where the column holds numbers, a day where there is one, else the text."""
    typed = read_value(cell.text, language, cell.exact)
    if cell.number or cell.exact is not None or not isinstance(typed.value, int | float):
        return typed
    return Typed(cell.text)


def _put(sheet: Worksheet, at: tuple[int, int], typed: Typed) -> Square:
    square = cast("Square", sheet.cell(*at))
    if isinstance(typed.value, str):
        text = _CONTROL.sub("", typed.value)[:LONGEST_TEXT]
        square.value = text or None
        if text.startswith(STARTS):
            square.data_type = "s"  # openpyxl makes formulas of what begins like one
            square.quotePrefix = True
        return square
    square.value = typed.value
    square.number_format = typed.shown_as or "General"
    return square


def _introduce(sheet: Worksheet, about: About, tables: Sequence[tuple[str, Shown]]) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    _put(sheet, (1, 1), Typed(about.heading)).font = Font(bold=True, size=14)
    row = 3
    for label, value in about.facts:
        _put(sheet, (row, 1), Typed(label)).font = Font(bold=True)
        _put(sheet, (row, 2), Typed(value, day_form(value, about.language) if isinstance(value, date) else ""))
        row += 1
    row += 1
    _put(sheet, (row, 1), Typed(_("Sheet"))).font = Font(bold=True)
    _put(sheet, (row, 2), Typed(_("Contents"))).font = Font(bold=True)
    for name, table in tables:
        row += 1
        link = _put(sheet, (row, 1), Typed(name))
        place = name.replace("'", "''")
        link.hyperlink = Hyperlink(link.coordinate, location=f"'{place}'!A1")
        link.style = "Hyperlink"
        _put(sheet, (row, 2), Typed(": ".join(filter(None, (table.section, table.caption)))))
    _set_front(sheet, about.heading)


def _set_front(sheet: Worksheet, heading: str) -> None:
    """The first sheet is read as a page: two columns, numbers to the left as the texts, long texts broken."""
    from openpyxl.styles import Alignment

    for square in sheet["B"][2:]:
        square.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    names = tuple(str(square.value) for square in sheet["A"][2:] if square.value)
    set_widths(sheet, (Column("", names), Column("", ("x" * WIDEST,))))
    set_print(sheet, _CONTROL.sub("", heading))


def _name(text: str, taken: Sequence[str]) -> str:
    """A sheet's name that Excel takes and no other sheet has; names that differ in case only are the same to it."""
    plain = " ".join(_FORBIDDEN.sub(" ", text).split()).strip("'") or "-"
    used = {one.casefold() for one in taken}
    if len(plain) > LONGEST_NAME:
        words = _SMALL_END.sub("", plain[: LONGEST_NAME + 1].rpartition(" ")[0])
        plain = words if len(words) > LONGEST_NAME // 3 else plain
    found, number = plain[:LONGEST_NAME].strip(" '"), 2
    while found.casefold() in used or found.casefold() == "history":
        ending = f" {number}"
        found, number = plain[: LONGEST_NAME - len(ending)].rstrip() + ending, number + 1
    return found


def _undated(data: bytes, made: datetime) -> bytes:
    """The same file with the report's date in the place of the clock's."""
    target = io.BytesIO()
    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            inside = old.read(name)
            if name == "docProps/core.xml":
                inside = _DATED.sub(lambda match: match[1] + stamp, inside)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, inside)
    return target.getvalue()
