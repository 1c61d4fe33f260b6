"""Files as people really have them: opened in Excel, put together, with totals, words for nothing, shares among counts."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from tests.importers.exports import extract, said
from toolkit.importers import Extract

HEAD = "Date;Impressions;Likes;Unfollows\n"


def days(rows: str) -> Extract:
    return extract(HEAD + rows)


@pytest.mark.parametrize("cell", ["–", "—", "-", "k.A.", "k. A.", "n. v.", "N/A", "#NV", "#N/A", "keine Angabe", ""])  # noqa: RUF001  # dashes as people write them
def test_a_word_for_nothing_is_missing_and_not_zero(cell: str) -> None:
    """The day has its other values, and nothing is said."""
    found = days(f"2026-07-14;4000;{cell};2\n")
    assert said(found) == []
    assert {one.metric for one in found.observations} == {"views", "unfollows"}


@pytest.mark.parametrize("cell", ["12 %", "12,5%", "1:02:03", "12,5", "-3", "=1+1", "@SUM(A1)", "1.2K", "#DIV/0!"])
def test_what_is_no_count_is_a_problem_at_its_cell(cell: str) -> None:
    """Shares, durations, fractions, negatives, formulas, abbreviations: none becomes a number of likes."""
    found = days(f"2026-07-14;4000;{cell};2\n")
    assert not found.clean
    assert said(found)[0].startswith("export.csv:2:17: ")
    assert {one.metric for one in found.observations} == {"views", "unfollows"}


def test_a_share_in_a_workbook_is_no_count_either() -> None:
    """A cell with the format of per cent holds 0.125."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Date", "Impressions", "Likes", "Unfollows"])
    sheet.append(["2026-07-14", 4000, 0.125, 2])
    stream = io.BytesIO()
    book.save(stream)
    found = extract(stream.getvalue(), "a.xlsx")
    assert said(found) == ["a.xlsx#Sheet:2:3: 0.125 is no whole number, but this column counts (import)"]


def test_german_and_english_numbers_in_one_file() -> None:
    """In a column of counts a mark groups, whichever it is; two decimal marks in one column are read as they prove."""
    found = days("2026-07-14;1.234;1,234;1.234.567\n")
    assert sorted(one.value for one in found.observations) == [1234, 1234, 1234567]
    general = "subject;channel;metric;value;observed_at\n"
    rows = "01A;x;view_time;12,5;2026-07-14\n01B;x;view_time;3.25;2026-07-14\n01C;x;view_time;1.234;2026-07-14\n"
    found = extract(general + rows)
    assert [one.value for one in found.observations] == [12.5, 3.25]
    assert "1.234 can be 1234 or a fraction" in said(found)[0]


def test_files_put_together_have_their_header_again() -> None:
    """The second header is no row of data, and said so; in the general file it is passed over as well."""
    found = days("2026-07-14;4000;50;2\n" + HEAD + "2026-07-15;3000;40;1\n")
    assert (found.clean, found.rows, len(found.observations)) == (True, 2, 6)
    assert "the header stands here again" in said(found)[0]
    general = "subject;channel;metric;value;observed_at\n"
    again = extract(general + "01A;x;likes;1;2026-07-14\n" + general + "01B;x;likes;2;2026-07-14\n")
    assert (said(again), len(again.observations)) == ([], 2)


@pytest.mark.parametrize("row", ["Gesamt;7000;90;3\n", ";Summe;90;3\n", "Total;7000;90;3\n"])
def test_a_row_of_totals_is_not_added(row: str) -> None:
    """It would be a day of its own, or hold the file back."""
    found = days("2026-07-14;4000;50;2\n2026-07-15;3000;40;1\n" + row)
    assert (found.clean, found.rows, len(found.observations)) == (True, 2, 6)
    assert "a row of totals" in said(found)[0]


def test_a_post_called_total_is_a_post() -> None:
    """Only a row that names no post and no day sums up."""
    text = "Post id,Date,Post text,Impressions\n1900000000000000001,2026-07-14,Total,500\n"
    assert len(extract(text).observations) == 1


def test_a_day_that_excel_made_a_number_is_asked_back() -> None:
    """Nobody knows whether 46217 was a day, so the sentence shows which it would be."""
    found = days("46217;4000;50;2\n")
    sentence = "46217 is how spreadsheets keep a day, maybe 2026-07-14; format the column as a date and save it again"
    assert said(found) == [f"export.csv:2:1: {sentence} (import)"]


def test_ids_that_excel_rounded_are_refused() -> None:
    """A CSV that was opened and saved has 1,9E+18 for every post: they would become one."""
    text = "Post id;Date;Post text;Impressions\n1,9E+18;2026-07-14;Neu;500\n1,9E+18;2026-07-15;Neuer;400\n"
    found = extract(text)
    assert found.observations == ()
    assert all("was rounded by a spreadsheet" in one for one in said(found))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Post id", "Date", "Post text", "Impressions"])
    sheet.append([1900000000000000001, "2026-07-14", "Neu", 500])
    stream = io.BytesIO()
    book.save(stream)
    assert "was rounded by a spreadsheet" in said(extract(stream.getvalue(), "a.xlsx"))[0]


def test_a_formula_in_a_title_stays_text() -> None:
    """It is kept as it was written; whoever writes tables escapes it there."""
    text = 'Post id,Date,Post text,Impressions\n1900000000000000001,2026-07-14,"=HYPERLINK(""http://x"")",500\n'
    (subject,) = extract(text).subjects
    assert subject.title == '=HYPERLINK("http://x")'


@pytest.mark.parametrize("quotes", ["„Mag ich“", '""Mag ich""', "„Mag ich”", "»Mag ich«"])
def test_headers_are_the_same_in_any_quotes(quotes: str) -> None:
    """YouTube writes them in one way and spreadsheets in another."""
    likes = f'"{quotes}-Bewertungen"'
    head = f"Inhalte,Videotitel,Veröffentlichungszeitpunkt des Videos,Aufrufe,{likes},Kommentare hinzugefügt\n"
    found = extract(head + "abc123,Röstung,2026-07-14,400,12,3\n")
    assert {one.metric: one.value for one in found.observations} == {"views": 400, "likes": 12, "comments": 3}


def test_utf_16_without_a_mark_and_windows_letters_are_read() -> None:
    """German letters in either do not change a number."""
    text = "Post id;Datum;Beitragstext;Impressionen\n1900000000000000001;2026-07-14;Röstung für Übermüdete;1.234\n"
    for encoding in ("utf-16-le", "utf-16-be", "cp1252"):
        found = extract(text.encode(encoding))
        assert [one.value for one in found.observations] == [1234], encoding
        assert found.subjects[0].title == "Röstung für Übermüdete"
