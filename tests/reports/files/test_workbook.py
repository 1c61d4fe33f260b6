"""The workbook of a report: numbers that calculate, texts that cannot, and where everything comes from."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.files.conftest import executed, rows, shown
from toolkit.reports.files.sheets import make_sheets, write_csv
from toolkit.reports.files.tables import Cell, Shown, read_tables
from toolkit.reports.files.workbook import STARTS, About, make_workbook

ABOUT = About("Report", (("Period", "2026-10"), ("Made", datetime(2026, 11, 21, 12))), datetime(2026, 11, 21, 11, tzinfo=UTC), "en")  # fmt: skip  # noqa: DTZ001  # Excel knows no zones
FORMULAS = ['=HYPERLINK("http://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "\n=1"]


def opened(*tables: Shown) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(make_workbook(tables, ABOUT)))


def table(*texts: str, caption: str = "Key figures") -> Shown:
    return Shown(caption, "Section", ("KPI", "Value"), tuple((Cell(text), Cell(text, number=True)) for text in texts))


def test_a_table_of_the_report_becomes_a_sheet_that_calculates() -> None:
    """Counts, shares, euros and days have their types and formats; a note stands in a column of its own."""
    values = {
        "Likes": "1,234<br><small class='good'>▲ +18%</small>",
        "Rate": "2.35%",
        "Revenue": "€10,691",
        "Last count": "21 Nov 2026",
        "Leads": "no data",
    }
    sheet = opened(*read_tables(executed(shown("text/html", "<h2>Figures</h2>" + rows(values))))).worksheets[1]
    cells = [[square.value for square in row] for row in sheet.iter_rows()]
    assert cells[0] == ["KPI", "Value", "Value: note"]
    assert [row[1] for row in cells[1:4]] == [1234, pytest.approx(0.0235), 10691]
    assert cells[1][2] == pytest.approx(0.18)
    assert cells[4][1] == datetime(2026, 11, 21)  # noqa: DTZ001  # as openpyxl reads days
    assert cells[5][1] == "no data"
    assert [sheet.cell(at, 2).number_format for at in (2, 3, 5)] == ["#,##0", "0.00%", "yyyy-mm-dd"]
    assert sheet.freeze_panes == "B2"
    assert sheet.column_dimensions["A"].width > 8


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_never_a_formula(text: str) -> None:
    """Neither in cells, heads, notes and captions of the workbook, nor in the CSV."""
    hostile = Shown(text, text, (text, text), ((Cell(text, text), Cell(text, text, number=True)),))
    book = opened(hostile)
    kinds = {
        square.data_type for sheet in book for row in sheet.iter_rows() for square in row if square.value is not None
    }
    assert "f" not in kinds
    for row in csv.reader(io.StringIO(write_csv(hostile, "en"))):
        assert not [cell for cell in row if cell.startswith(STARTS) and not cell.lstrip("+-").isdigit()]


@settings(max_examples=25)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6))
def test_any_texts_make_a_workbook_that_opens(texts: list[str]) -> None:
    """Control characters, colons, apostrophes and equal captions give valid sheets with different names."""
    tables = [table(*texts, caption=text) for text in texts]
    book = opened(*tables)
    names = [name.casefold() for name in book.sheetnames]
    assert len(names) == len(set(names)) == len(texts) + 1
    assert all(len(name) <= 31 for name in names)
    assert all(square.data_type != "f" for sheet in book for row in sheet.iter_rows() for square in row)


def test_the_first_sheet_says_what_it_is_made_from() -> None:
    """Heading, parameters, and a list of sheets that lead to them."""
    book = opened(table("5"), table("7", caption="Channels"))
    first = book.worksheets[0]
    assert first["A1"].value == "Report"
    assert [first["A3"].value, first["B3"].value] == ["Period", "2026-10"]
    assert first["B4"].value == datetime(2026, 11, 21, 12)  # noqa: DTZ001  # Excel knows no zones
    links = [square.hyperlink.location for row in first.iter_rows() for square in row if square.hyperlink]
    assert links == ["'1 Key figures'!A1", "'2 Channels'!A1"]


def test_a_sheet_whose_name_is_cut_ends_in_a_word_that_says_something() -> None:
    """Excel takes 31 letters; "im" and "with" at the end would promise more."""
    captions = [
        "Website, Suche und Shop im Oktober 2026",
        "Interactions by month, with intervals (90%)",
        "w" * 40,
        "Reach",
    ]
    names = opened(*(table("5", caption=caption) for caption in captions)).sheetnames
    assert names[1:] == ["1 Website, Suche und Shop", "2 Interactions by month", f"3 {'w' * 29}", "4 Reach"]


def test_the_same_tables_give_the_same_bytes() -> None:
    """Nothing of the clock is in the file, so it can be verified by its hash."""
    assert make_workbook([table("5")], ABOUT) == make_workbook([table("5")], ABOUT)


def test_csv_is_for_programs() -> None:
    """One file per table, points in numbers, shares from 0 to 1, days as ISO has them."""
    values = {"Likes": "1.234", "Rate": "2,35 %", "Day": "31.10.2026"}
    packed = make_sheets(read_tables(executed(shown("text/html", rows(values)))), "de")
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        assert files.namelist() == ["01-key-figures.csv"]
        text = files.read("01-key-figures.csv").decode()
    assert text == "KPI,Value\nLikes,1234\nRate,0.0235\nDay,2026-10-31\n"


def test_tables_of_other_libraries_are_read_too() -> None:
    """A data frame has no caption; it gets the name of its section, spans are filled, an open table ends."""
    frame = (
        '<h2>Own figures</h2><table class="dataframe"><thead><tr><th></th><th colspan="2">likes</th></tr></thead>'
        "<tbody><tr><th>0</th><td>12</td><td>007</td></tr>"
    )
    found = read_tables(executed(shown("text/html", frame), shown("text/html", "<table></table>")))
    assert len(found) == 1
    assert (found[0].caption, found[0].section, found[0].head) == ("", "Own figures", ("", "likes", "likes"))
    assert [cell.text for cell in found[0].rows[0]] == ["0", "12", "007"]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["<table>", "</table>", "<tr>", "</tr>", "<td>", "<th>", "</td>", "x", "<caption>", '<td colspan="99999999">', "<small>", "<h2>", "<!--", "<td data-value='nan'>"]), max_size=30).map("".join))  # fmt: skip
def test_no_mixture_of_tags_breaks_the_reading(html: str) -> None:
    """Whatever a notebook shows, there is a workbook."""
    tables = read_tables(executed(shown("text/html", html)))
    assert all(len(row) < 10_000 for one in tables for row in one.rows)
    assert make_workbook(tables, ABOUT).startswith(b"PK")


def test_days_are_days() -> None:
    """A day has no time of day that a zone could move."""
    assert isinstance(date(2026, 10, 31), date)
    sheet = opened(table("31 Oct 2026")).worksheets[1]
    assert sheet["B2"].value == datetime(2026, 10, 31)  # noqa: DTZ001  # as openpyxl reads days
    assert sheet["B2"].number_format == "yyyy-mm-dd"
