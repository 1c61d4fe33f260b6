"""Sheets of the workbook can be read without moving a column first, and be printed."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.reports.files.layout import LEAST, WIDEST, Column
from toolkit.reports.files.tables import Cell, Shown
from toolkit.reports.files.workbook import About, make_workbook

MADE = datetime(2026, 11, 21, 11, tzinfo=UTC)
LONG = "Interactions, saved posts and clicks, as far as the network counts them; never compare them with interactions."
TABLE = Shown(
    "Key figures & goals",
    "Figures",
    ("KPI", "Engagement rate (followers)", "Definition"),
    (
        (Cell("Rate"), Cell("1.85 %", number=True, exact=0.01853184598776538), Cell(LONG)),
        (Cell("Leads"), Cell("no data", number=True), Cell("Contacts")),
    ),
)


def sheet_of(table: Shown, language: str = "en") -> Worksheet:
    """The table's sheet, read back from the file."""
    about = About("Report", (("Made", MADE.replace(tzinfo=None)), ("Import", LONG)), MADE, language)
    return openpyxl.load_workbook(io.BytesIO(make_workbook([table], about))).worksheets[1]


def test_a_column_is_as_wide_as_what_is_read_in_it() -> None:
    """A rounded share needs the room of its six characters, not of the number behind it; a head is broken between words."""
    sheet = sheet_of(TABLE)
    assert sheet.column_dimensions["B"].width == len("(followers)") + 4
    assert sheet["B1"].alignment.wrap_text
    assert sheet.column_dimensions["C"].width == WIDEST


def test_long_texts_are_broken_and_words_among_numbers_stand_to_the_right() -> None:
    """Nothing of a definition is hidden by the next column."""
    sheet = sheet_of(TABLE)
    assert sheet["C2"].alignment.wrap_text
    assert (sheet["B1"].alignment.horizontal, sheet["B3"].alignment.horizontal) == ("right", "right")
    assert sheet["A2"].alignment.vertical == "top"


def test_a_sheet_prints_on_the_width_of_paper_with_its_head_again_on_each_page() -> None:
    """A4 across; the caption, too long for the sheet's name, stands above with its ampersand."""
    sheet = sheet_of(TABLE)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)  # type: ignore[union-attr]  # it was written
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.left.text == "Figures: Key figures && goals"  # type: ignore[union-attr]  # it was written


@pytest.mark.parametrize(("language", "text", "form"), [("de", "31.10.2026", "dd.mm.yyyy"), ("en", "31 Oct 2026", "yyyy-mm-dd")])  # fmt: skip
def test_days_look_as_their_readers_write_them(language: str, text: str, form: str) -> None:
    """German sheets show 31.10.2026, English ones what nobody takes for another month."""
    sheet = sheet_of(Shown("Days", "", ("KPI", "Day"), ((Cell("Last"), Cell(text)),)), language)
    assert sheet["B2"].number_format == form
    assert sheet["B2"].value == datetime(2026, 10, 31)  # noqa: DTZ001  # as openpyxl reads days


@settings(max_examples=50)
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=5))
def test_widths_stay_within_reason(head: str, texts: list[str]) -> None:
    """Whatever a notebook shows, a column can be read and the next one is on the screen."""
    assert LEAST <= Column(head, tuple(texts)).width <= WIDEST
