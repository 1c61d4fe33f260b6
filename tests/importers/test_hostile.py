"""Nothing that a file holds crashes an importer, costs more than its bounds, or is taken over by half."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.importers.exports import document, said
from tests.importers.xls import Value, write_xls
from toolkit.importers import all_importers, choose, open_export
from toolkit.importers.archive import MEMBERS, is_archive, read_archive
from toolkit.importers.workbook import read_workbook

BERLIN = ZoneInfo("Europe/Berlin")
HEADERS = [
    "Post ID,Page ID,Publish time,Views,Reach\n",
    "Post ID,Account username,Publish time,Views,Saves\n",
    'sep=,\n"Facebook follows"\nDate,Primary\n',
    "Post link,Created date,Impressions,Likes\n",
    "Post id,Date,Post text,Impressions\n",
    "Date,Impressions,Unfollows\n",
    "Page total likes,Type,Post Month,Post Weekday,Post Hour,Lifetime Post Total Reach\n",
    "status_id,status_published,num_reactions,num_likes\n",
    "subject,metric,value,observed_at\n",
]


def try_all(data: bytes) -> None:
    """Every importer is asked to recognise and to read the bytes, also those that should not."""
    export = open_export("export.csv", data)
    choose(export)
    for importer in all_importers().values():
        found = importer.extract(replace(document(data), opened=export))
        assert all(problem.span.line >= 1 and problem.span.col >= 1 for problem in found.problems)


@given(st.binary(max_size=300))
def test_no_bytes_crash_an_importer(data: bytes) -> None:
    """Bytes that are no text, no table, or anything else are answered with problems."""
    if not data.startswith(
        (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    ):  # workbooks start a process; they have their own tests
        try_all(data)


CELL = st.text(alphabet="0123456789.,;/-:+% \"'\n\tabPM€=@", max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(HEADERS), st.lists(st.lists(CELL, max_size=7), max_size=4), st.sampled_from(",;\t"))
def test_no_row_crashes_its_importer(header: str, rows: list[list[str]], mark: str) -> None:
    """Whatever stands below a header that is recognised becomes observations or problems."""
    text = header.replace(",", mark).replace("sep" + "=" + mark, "sep=" + mark)
    try_all((text + "\n".join(mark.join(row) for row in rows)).encode())


@given(st.text(alphabet="0123456789.,%€ -+", max_size=12))
def test_no_number_becomes_infinite_or_guessed(text: str) -> None:
    """A value that was taken over is finite; each other cell is a problem or empty."""
    found = all_importers()["x-days"].extract(document(f'Date;Impressions;Unfollows\n2026-07-14;"{text}";0\n'))
    assert all(abs(one.value) < float("inf") for one in found.observations)


def test_truncated_workbooks_are_one_problem() -> None:
    """Cut anywhere, an XLS or XLSX is read or is one problem; it is never half an import."""
    book = Workbook()
    book.active.append(["Date", "Impressions", "Unfollows"])  # type: ignore[union-attr]  # a new book has a sheet
    stream = io.BytesIO()
    book.save(stream)
    rows: list[list[Value]] = [["07/14/2026", float(number)] for number in range(600)]
    for whole in (write_xls({"A": rows}), stream.getvalue()):
        for share in (0.02, 0.4, 0.95):
            sheets, problems = read_workbook("a.xls", whole[: int(len(whole) * share)])
            assert (len(sheets), len(problems)) == (0, 1)
            assert "download it again" in str(problems[0])


def test_a_cell_at_the_end_of_the_world_is_refused() -> None:
    """Two cells can claim seventeen thousand million; the process that reads them ends, and ours goes on."""
    book = Workbook()
    book.active["A1"] = 1  # type: ignore[index]  # a new book has a sheet
    book.active["XFD1048576"] = 1  # type: ignore[index]  # a new book has a sheet
    stream = io.BytesIO()
    book.save(stream)
    sheets, problems = read_workbook("a.xlsx", stream.getvalue())
    assert sheets == ()
    assert "claims more cells than can be read" in str(problems[0])


def test_a_workbook_that_unpacks_to_gigabytes_is_refused() -> None:
    """A megabyte of ZIP with a sheet of a gigabyte stays within the reader's bounds."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as bomb:
            for _turn in range(64):
                bomb.write(b"<" + b" " * (1 << 20))
    export = open_export("a.xlsx", stream.getvalue())
    assert export.sheets == ()
    assert len(export.problems) == 1


def test_formulas_are_their_saved_values() -> None:
    """A cell that starts with = is text, and a formula without a saved value is empty: nothing is ever computed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["subject", "metric", "value", "observed_at", "title", "channel"])
    sheet.append(["01A", "likes", "=1+1", "2026-10-31", "=cmd|'/c calc'!A1", "x"])
    sheet["E2"].data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    found = all_importers()["csv"].extract(document(stream.getvalue(), "a.xlsx"))
    assert found.observations == (), "the formula was never calculated, so there is no value"
    assert said(found) == []


def zip_of(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 8, 30, 0)), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def test_an_archive_is_its_files() -> None:
    """Members keep their own dates; folders in their names are dropped, and macOS's notes are left out."""
    data = zip_of(**{"../../etc/a.csv": b"x", "b.csv": b"y", "__MACOSX/b.csv": b"z", ".DS_Store": b""})
    assert is_archive(data)
    members, problems = read_archive("e.zip", data, BERLIN)
    assert problems == []
    assert [(one.path, one.data) for one in members] == [("e.zip/a.csv", b"x"), ("e.zip/b.csv", b"y")]
    assert members[0].modified is not None
    assert members[0].modified.isoformat() == "2026-11-01T08:30:00+01:00"


def test_what_an_archive_claims_is_not_believed() -> None:
    """Too many members, more bytes than are read, a lie about sizes: the archive is refused as a whole."""
    many = zip_of(**{f"{number}.csv": b"" for number in range(MEMBERS + 1)})
    assert "501 files" in str(read_archive("e.zip", many, BERLIN)[1][0])
    bomb = zip_of(**{f"{number}.csv": b"0" * (64 << 20) for number in range(5)})
    assert len(bomb) < 1 << 20
    members, problems = read_archive("e.zip", bomb, BERLIN)
    assert members == []
    assert "256 MB" in str(problems[0])
    small = zip_of(**{"a.csv": b"0" * 1000})
    at = small.rindex(b"PK\x01\x02") + 24
    lie = small[:at] + struct.pack("<I", 1 << 30) + small[at + 4 :]
    members, problems = read_archive("e.zip", lie, BERLIN)
    assert (members == []) == (len(problems) == 1)


@settings(max_examples=60)
@given(st.data())
def test_damaged_archives_are_problems(data: st.DataObject) -> None:
    """Cut or with a byte changed anywhere, an archive yields whole files or a problem and never an exception."""
    whole = zip_of(**{"a.csv": b"x" * 200, "b.csv": b"y" * 50})
    at = data.draw(st.integers(4, len(whole) - 1))
    damaged = data.draw(st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]]))
    is_archive(damaged)
    members, problems = read_archive("e.zip", damaged, BERLIN)
    assert members == [] or problems == []


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 x", "choose CSV"),
        (b"<!DOCTYPE html><table><tr>", "sign in to the network"),
        (b"\xff\xfea\x00\x00", "download it again"),
        (b"a,b\n\x81\x8d\n", "save the file as UTF-8"),
    ],
)
def test_what_is_no_table_says_what_to_do(data: bytes, remedy: str) -> None:
    """A web page called .xls, a PDF, half a UTF-16 file: each has its own remedy."""
    export = open_export("a.xls", data)
    assert export.sheets == ()
    assert remedy in str(export.problems[0])
