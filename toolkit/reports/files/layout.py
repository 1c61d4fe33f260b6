"""How a sheet of the workbook looks: columns as wide as what is read in them, long texts broken, ready to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from toolkit.values import dataclass

if TYPE_CHECKING:
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

LEAST: Final = 8  # characters
WIDEST: Final = 60
BUTTON: Final = 4  # characters that the filter's button takes of a head
LONGEST_LINE: Final = 250  # of what is printed above a sheet; Excel takes 255


@dataclass(frozen=True, slots=True)
class Column:
    """A column as people read it: its head, its values as they are shown, whether they are numbers."""

    head: str
    texts: tuple[str, ...]
    number: bool = False

    @property
    def width(self) -> int:
        """Characters; a head is broken between its words, and a text beyond `WIDEST`."""
        longest = max(map(len, self.texts), default=0) + 2
        words = max(map(len, self.head.split()), default=0) + BUTTON
        return min(max(longest, words, LEAST), WIDEST)


def lay_out(sheet: Worksheet, columns: Sequence[Column], caption: str) -> None:
    """Widths, alignment, the frozen and filtered head of a table that begins in A1, and how it is printed."""
    set_widths(sheet, columns)
    _align(sheet, columns)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    set_print(sheet, caption)


def set_widths(sheet: Worksheet, columns: Iterable[Column]) -> None:
    """Each column as wide as it needs."""
    from openpyxl.utils import get_column_letter

    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width


def set_print(sheet: Worksheet, caption: str) -> None:
    """A4 across, as wide as the sheet of paper, the whole caption above and the page's number below."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = 9  # A4, in Excel's own numbers
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many sheets as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddHeader is not None and sheet.oddFooter is not None:
        sheet.oddHeader.left.text = " ".join(caption.split())[: LONGEST_LINE // 2].replace("&", "&&")
        sheet.oddFooter.right.text = "&P / &N"


def _align(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Heads above what they name, texts among numbers to the right, long ones broken."""
    from openpyxl.styles import Alignment

    kinds = list(_alignments(columns))
    for number, row in enumerate(sheet.iter_rows()):
        for square, column, kind in zip(row, columns, kinds, strict=False):
            if number == 0:
                square.alignment = Alignment(horizontal=kind.horizontal, vertical="bottom", wrap_text=True)
            elif isinstance(square.value, str) or not column.number:
                square.alignment = kind


def _alignments(columns: Iterable[Column]) -> Iterator[Alignment]:
    """Of the texts in each column."""
    from openpyxl.styles import Alignment

    for column in columns:
        yield Alignment(horizontal="right" if column.number else "left", vertical="top", wrap_text=not column.number)
