"""What spreadsheet programs make of cells: read as it was meant, or told at the cell; it never empties a text."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importers.xls import write_xls
from tests.planning.tables.conftest import DOOR, Write, edit, export, join, new_row, take
from tests.planning.tables.test_table_edits import errors
from tests.planning.tables.test_table_round_trip import load, post_text
from toolkit.model import Severity
from toolkit.planning.tables import Kind, make_plan, merge_table, read_table, write_csv, write_workbook
from toolkit.planning.tables.forms import FORMULAS, plain
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Change = Callable[["Worksheet", list[str]], None]


def through_workbook(workspace: Workspace, change: Change) -> bytes:
    """The exported workbook after `change`, which is given the sheet and its header, as openpyxl saves it: no formula calculated."""
    from openpyxl import load_workbook as open_book

    book = open_book(io.BytesIO(export(workspace, "plan.xlsx")))
    sheet = cast("Worksheet", book.active)
    change(sheet, [str(cell.value) for cell in sheet[1]])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def put(row: int, name: str, value: str | float, kind: str = "") -> Change:
    """A cell that somebody typed over, of a type of cells where the program said which."""

    def change(sheet: Worksheet, header: list[str]) -> None:
        cell = cast("Cell", sheet.cell(row, header.index(name) + 1))
        cell.value = value
        cell.number_format = "General"
        if kind:
            cell.data_type = kind

    return change


@pytest.mark.parametrize(
    ("name", "error"),
    [
        *(("text", error) for error in ("#NAME?", "#REF!", "#N/A")),
        *((name, "#NAME?") for name in ("title", "text @x", "publish", "labels", "uid", "path", "as written")),
    ],
)
def test_an_error_never_reaches_a_file(brand: Write, name: str, error: str) -> None:
    """A text that Excel took for a formula and lost is told at its cell, with what to do; the post is left alone."""
    workspace = brand()
    for data, place in (
        (through_workbook(workspace, put(2, name, error, "e")), "plan.xlsx#Plan:2:"),
        (edit(export(workspace), 0, **{name.replace("@", "at_"): error}), "plan.csv:"),
    ):
        merge = take(workspace, data, place.partition("#")[0].rstrip(":"))
        (said,) = errors(merge)
        assert said.startswith(place)
        assert f"row 2, {name}: {error}: the program took a text that begins with" in said
        assert "give the cell the format Text and write the text again" in said
        assert merge.changed == []


@pytest.mark.parametrize("formula", ["=-Kaffee", "=Tür+1", '="a"&"b"', "=@redaktion"])
def test_a_formula_without_a_result_is_told(brand: Write, formula: str) -> None:
    """A program that does not calculate saves formulas alone; read as empty they would take the text out of the post."""
    workspace = brand()
    (said,) = errors(take(workspace, through_workbook(workspace, put(2, "text", formula, "f")), "plan.xlsx"))
    assert f"row 2, text: {formula} is a formula without a result" in said


def test_a_new_row_of_errors_alone_is_told(brand: Write) -> None:
    """A row below the last one that holds nothing but an error is no empty row."""
    workspace = brand()
    merge = take(workspace, through_workbook(workspace, put(5, "title", "#NAME?", "e")), "plan.xlsx")
    assert ["row 5, title: #NAME?" in said for said in errors(merge)] == [True]
    assert merge.fresh == []


def test_a_formula_that_was_calculated_is_its_result(brand: Write) -> None:
    """Whoever joins texts by a formula gets the text; one that came to an empty text is an empty cell."""
    workspace = brand()
    data = through_workbook(workspace, put(2, "title", "STANDIN"))
    merge = take(workspace, in_sheet(data, "<is><t>STANDIN</t></is>", "<f>A1</f><v>Neu</v>", "str"), "plan.xlsx")
    assert [one.differences[0].after for one in merge.changed] == ["Neu"]
    data = through_workbook(workspace, put(2, "campaign", "STANDIN"))
    merge = take(workspace, in_sheet(data, "<is><t>STANDIN</t></is>", "<f>A9</f><v></v>", "str"), "plan.xlsx")
    assert (merge.same, merge.problems) == (1, [])


def in_sheet(book: bytes, old: str, new: str, kind: str) -> bytes:
    """The workbook with other words for one cell in the XML of its sheet."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = data.decode()
                assert text.count(old) == 1
                head, _old, rest = text.partition(old)
                start = head.rindex("<c ")
                cell = head[start:].replace('t="inlineStr"', f't="{kind}"')
                data = (head[:start] + cell + new + rest).encode()
            copy.writestr(name, data)
    return target.getvalue()


def test_open_document_errors_are_told(brand: Write) -> None:
    """LibreOffice saves an error as a text of the type error; rows and cells that stand for many are counted."""
    workspace = brand()
    header, row = csv.reader(io.StringIO(export(workspace).decode("utf-8-sig"), newline=""), delimiter=";")
    at = header.index("text")
    broken = (
        '<table:table-cell table:formula="of:=#NAME?" office:value-type="string" office:string-value=""'
        ' calcext:value-type="error"><text:p>#NAME?</text:p></table:table-cell>'
    )
    whole = take(workspace, ods([header, row]), "plan.ods")
    assert whole.problems == []
    merge = take(workspace, ods([header, row], {(1, at): broken}), "plan.ods")
    assert ["row 2, text: #NAME?: the program" in said for said in errors(merge)] == [True]
    assert "plan.ods#Plan:2:" in errors(merge)[0]


MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""


def ods(rows: list[list[str]], instead: dict[tuple[int, int], str] | None = None) -> bytes:
    """A table as OpenDocument has it: equal empty cells in one, line ends as paragraphs."""
    lines = []
    for down, row in enumerate(rows):
        cells = [
            (instead or {}).get((down, right))
            or (
                '<table:table-cell office:value-type="string">'
                + "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
                + "</table:table-cell>"
                if cell
                else '<table:table-cell table:number-columns-repeated="1"/>'
            )
            for right, cell in enumerate(row)
        ]
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {spaces} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Plan">{"".join(lines)}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", MANIFEST)
    return target.getvalue()


@pytest.mark.parametrize("error", ["#WERT!", "#NV", "#BEZUG!", "Err:509"])
def test_errors_in_words_are_told(brand: Write, error: str) -> None:
    """CSV has errors as a German Excel or LibreOffice shows them."""
    merge = take(brand(), edit(export(brand()), 0, text=error))
    assert [f"row 2, text: {error}: the program" in said for said in errors(merge)] == [True]


def test_a_text_that_looks_like_an_error_may_stay(brand: Write) -> None:
    """A post whose title really is #NAME? comes back as it went."""
    workspace = brand(door=DOOR.replace('"Tür 1: offen"', '"#NAME?"'))
    for name in ("plan.csv", "plan.xlsx"):
        merge = take(workspace, export(workspace, name), name)
        assert (merge.same, merge.problems) == (1, [])


def test_an_old_workbook_is_refused(brand: Write) -> None:
    """XLS does not let anybody tell an error from an empty cell, so it is not read, whatever its name is."""
    data = write_xls({"Plan": [["uid", "title", "text"], ["01JDK3V7Q2M8X4T6R9A0B1C2D3", "T", "Text"]]})
    for name in ("plan.xls", "plan.xlsx"):
        (said,) = errors(take(brand(), data, name))
        assert "save the workbook as XLSX" in said


BEGINNING = st.tuples(st.sampled_from([*FORMULAS, "'", "'=", "''-", "#NAME?", "=1+"]), st.text(max_size=12)).map(
    "".join
)
TYPED = BEGINNING.filter(lambda text: "\0" not in text and text.isprintable())


@given(TYPED, TYPED)
def test_what_begins_like_a_formula_comes_back(title: str, body: str) -> None:
    """Titles and texts that begin with =, +, -, @ or a quote: the same cells after each form, and no byte changed."""
    post, workspace = load(post_text(title, "2026-12-01 07:30", [title], body))
    table = make_plan([post], workspace.settings)
    for name, data in (("a.csv", write_csv(table, ";")), ("b.xlsx", write_workbook(table, {}))):
        merge = merge_table(workspace, read_table(name, data, workspace.settings), lambda: "")
        assert (merge.changed, merge.newer, merge.problems, merge.same) == ([], [], [], len(table.rows)), name


def test_cells_to_be_typed_into_are_texts(brand: Write) -> None:
    """Empty cells and the rows below have the format Text, so that Excel keeps “- Kaffee” and “1.12.” as they are typed."""
    from openpyxl import load_workbook as open_book
    from openpyxl.utils import get_column_letter

    sheet = cast("Worksheet", open_book(io.BytesIO(export(brand(), "plan.xlsx"))).active)
    for at, name in enumerate([str(cell.value) for cell in sheet[1]], 1):
        wanted = {"publish": "yyyy-mm-dd hh:mm", "due": "yyyy-mm-dd"}.get(name, "@")
        assert sheet.column_dimensions[get_column_letter(at)].number_format == wanted
        assert cast("Cell", sheet.cell(2, at)).number_format == wanted


@pytest.mark.parametrize(
    "written",
    [
        "1.12.2026 7:30",
        "01.12.26 07:30",
        "1.12.2026 7.30 Uhr",
        "1.12.2026, 7:30 Uhr",
        "1.12.2026 um 7:30 Uhr",
        "Di, 1.12.2026 7:30",
        "Dienstag, 1. Dezember 2026, 7:30 Uhr",
        "1. Dez. 2026 7:30",
        "Tue, Dec 1, 2026 7:30 AM",
        "2026-12-01T07:30",
        "1.\u00a012.\u00a02026 7:30",
        "46357.3125",
        "46357,3125",
    ],
)
def test_moments_as_people_and_programs_write_them(brand: Write, written: str) -> None:
    """Each is the moment that the file has already, so nothing changes."""
    merge = take(brand(), edit(export(brand()), 0, publish=f" {written} "))
    assert (merge.same, merge.problems) == (1, []), merge


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("1.12.2026 9 Uhr", "2026-12-01 09:00"),
        ("24.12.2026 18 Uhr", "2026-12-24 18:00"),
        ("12/24/2026 6:00 PM", "2026-12-24 18:00"),
        ("46380", "2026-12-24"),
        ("46380.75", "2026-12-24 18:00"),
    ],
)
def test_moments_in_words(written: str, moment: str) -> None:
    """A clock without minutes says that it is one; a day as Excel counts it is a day."""
    assert plain(Kind.MOMENT, written) == moment


@pytest.mark.parametrize(
    "written",
    [
        "9 Uhr",
        "9:00",
        "24.12.",
        "24.12.2026 9",
        "Mo, 24.12.2026",
        "nicht 24.12.2026",
        "24.12.2026 25 Uhr",
        "13 PM",
        "46",
        "x" * 99,
    ],
)
def test_no_moment(brand: Write, written: str) -> None:
    """A time without a day, a day of the week that is another, an hour that is none: told at the cell, never guessed."""
    merge = take(brand(), edit(export(brand()), 0, publish=written))
    assert ["row 2, publish: " in said for said in errors(merge)] == [True]


def test_days_counted_by_a_workbook(brand: Write) -> None:
    """A date cell that lost its format is a number, and still the same moment."""
    workspace = brand()
    merge = take(workspace, through_workbook(workspace, put(2, "publish", 46357.3125)), "plan.xlsx")
    assert (merge.same, merge.problems) == (1, [])


def test_an_english_excel_saves_its_own_dates(brand: Write) -> None:
    """12/1/2026 can be two days; a row that nobody edited tells which number is the month, for the edited ones too."""
    workspace = brand(door=DOOR, zwei=DOOR.replace("A0B1C2D3", "A0B1C2D9").replace("12-01", "12-02"))
    data = edit(edit(export(workspace), 0, publish="12/1/2026 7:30"), 1, publish="12/3/2026 7:30")
    merge = take(workspace, data)
    assert [[d.after for d in one.differences] for one in merge.changed] == [["2026-12-03 07:30"]]
    british = edit(edit(export(workspace), 0, publish="01/12/2026 7:30"), 1, publish="03/12/2026 7:30")
    assert [[d.after for d in one.differences] for one in take(workspace, british).changed] == [["2026-12-03 07:30"]]


def test_a_column_too_narrow_for_its_day(brand: Write) -> None:
    """CSV has what the screen showed: hashes instead of a day are told as that."""
    (said,) = errors(take(brand(), edit(export(brand()), 0, publish="########")))
    assert "row 2, publish: ######## is a column too narrow" in said


def test_headers_may_be_written_large(brand: Write) -> None:
    """Title is title; a column without a name but with words in it is told."""
    workspace = brand()
    merge = take(workspace, b"UID;Title;\r\n01JDK3V7Q2M8X4T6R9A0B1C2D3;Anders;huhu\r\n")
    assert [[(d.column, d.after) for d in one.differences] for one in merge.changed] == [[("title", "Anders")]]
    assert "plan.csv:1:11: this column has no name and is left out" in str(merge.problems[0])
    assert merge.problems[0].severity is Severity.WARNING


def test_empty_cells_at_the_end_may_be_missing_or_more(brand: Write) -> None:
    """Excel leaves out the last empty cells of a row and adds others; a row that lost cells of a post is refused."""
    workspace = brand()
    data = new_row(export(workspace), 1, title="Neu", text="Neuer Text")
    header, row, new = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    merge = take(workspace, join([header, [*row, "", ""], new[:-3]]))
    assert (merge.problems, merge.same, len(merge.fresh)) == ([], 1, 1)
    assert errors(take(workspace, join([header, row, new[:-5]]))) != []


def test_a_second_sheet_of_posts_is_told(brand: Write) -> None:
    """Whoever copies the sheet to try something is told which of the two counts."""
    workspace = brand()

    def copy(sheet: Worksheet, _header: list[str]) -> None:
        book = sheet.parent
        assert book is not None
        book.copy_worksheet(sheet).title = "Versuch"

    merge = take(workspace, through_workbook(workspace, copy), "plan.xlsx")
    assert merge.same == 1
    assert "the sheet 'Versuch' is a table of posts too and is left out; only 'Plan' is read" in str(merge.problems[0])


def test_a_deleted_row_deletes_nothing(brand: Write) -> None:
    """A post whose row is gone stays, and the import counts it; a table of new rows alone says nothing of the others."""
    workspace = brand(door=DOOR, zwei=DOOR.replace("A0B1C2D3", "A0B1C2D9"))
    header, first, _second = csv.reader(io.StringIO(export(workspace).decode("utf-8-sig"), newline=""), delimiter=";")
    merge = take(workspace, join([header, first]))
    assert (merge.same, merge.unlisted, merge.changed) == (1, 1, [])
    assert take(workspace, b"title;text\r\nNeu;Text\r\n").unlisted == 0
