"""The table as a workbook: times are times, choices are lists to choose from, and what a row looked like is hidden."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.planning.tables.columns import MARKS, PATH, UID
from toolkit.planning.tables.forms import FORMULAS, Kind, as_moment, guard_quotes
from toolkit.planning.tables.rows import Plan

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST: Final = 32_767  # characters of a cell, as Excel has it
_SHOWN: Final = {Kind.DAY: "yyyy-mm-dd", Kind.MOMENT: "yyyy-mm-dd hh:mm"}
_AS_TEXT: Final = "@"
_WIDTHS: Final = {"publish": 17, "status": 9, "title": 34, "channels": 26, "language": 9, PATH: 30, UID: 12}
_WIDE: Final = 60  # a text
_USUAL: Final = 16
_MEDIUM: Final = 28
# XML has no characters for these; a workbook spells them so, and what looks spelled is spelled itself.
_SPELLED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_workbook(plan: Plan, choices: Mapping[str, Sequence[str]]) -> bytes:
    """The file. `choices`: column → what its cells are chosen from. Raises `UsageError` for a text too long for a cell."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = _("Plan")
    kinds = {column.name: column.kind for column in plan.columns}
    for at, name in enumerate(plan.header, 1):
        _put(sheet, 1, at, name)
    for number, row in enumerate(plan.rows, 2):
        for at, name in enumerate(plan.header, 1):
            _fill(sheet, (number, at), row, name, kinds.get(name, Kind.TEXT))
    _lay_out(sheet, plan)
    _offer(sheet, plan, choices)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(sheet: Worksheet, at: tuple[int, int], row: Mapping[str, str], name: str, kind: Kind) -> None:
    text = row[name]
    moment = as_moment(text) if kind in _SHOWN and (":" in text) == (kind is Kind.MOMENT) else None
    if moment is None:
        if len(_spell(text)) > LONGEST:
            message = _(
                "{path}: {column} is longer than a cell of a workbook may be; export to a file that ends in .csv"
            )
            raise UsageError(message.format(path=row[PATH], column=name))
        _put(sheet, *at, text)
        if kind in _SHOWN and not text:
            cast("Cell", sheet.cell(*at)).number_format = _SHOWN[kind]
        return
    cell = cast("Cell", sheet.cell(*at))
    cell.value = moment.date() if kind is Kind.DAY else moment
    cell.number_format = _SHOWN[kind] + (":ss" if kind is Kind.MOMENT and moment.second else "")


def _put(sheet: Worksheet, row: int, col: int, text: str) -> None:
    """A text that stays a text, also where it begins like a formula or is a number, and so will one that is typed here."""
    cell = cast("Cell", sheet.cell(row, col))
    cell.number_format = _AS_TEXT
    if not text:
        return
    cell.value = _spell(guard_quotes(text))
    cell.data_type = "s"
    if text.startswith(FORMULAS):
        cell.quotePrefix = True


def _spell(text: str) -> str:
    return _SPELLED.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def _lay_out(sheet: Worksheet, plan: Plan) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    kinds = {column.name: column.kind for column in plan.columns}
    texts = {column.name for column in plan.columns if column.channel is not None}
    media = {column.name for column in plan.columns if column.medium is not None}
    for at, name in enumerate(plan.header, 1):
        cast("Cell", sheet.cell(1, at)).font = Font(bold=True)
        usual = _WIDE if name in texts else _MEDIUM if name in media else _USUAL
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width = _WIDTHS.get(name, usual)
        dimension.hidden = name == MARKS
        # For rows that somebody adds below: what begins like a formula is a text there too.
        dimension.number_format = _SHOWN.get(kinds.get(name, Kind.TEXT), _AS_TEXT)
        for row in range(2, len(plan.rows) + 2):
            cell = cast("Cell", sheet.cell(row, at))
            cell.alignment = Alignment(vertical="top", wrap_text=name in texts | media | {"title"})
    sheet.freeze_panes = f"{get_column_letter(plan.header.index('title') + 2)}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(plan.header))}{len(plan.rows) + 1}"


def _offer(sheet: Worksheet, plan: Plan, choices: Mapping[str, Sequence[str]]) -> None:
    """Lists to choose from; a hint and no wall, since a workspace may know more by the time of the import."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for name, words in choices.items():
        listed = ",".join(words)
        if name not in plan.header or not listed or '"' in listed or len(listed) > 250:
            continue
        offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(plan.header.index(name) + 1)
        offer.add(f"{letter}2:{letter}{len(plan.rows) + 500}")
        sheet.add_data_validation(offer)
