"""Cells of tables: exact numbers behind rounded ones, links that lead somewhere, and nothing that escapes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpis import KPIS, Interval, Result
from toolkit.reports.blocks import Cell, Table, Tile, Tiles
from toolkit.reports.compared import judged, value_cell
from toolkit.reports.files.tables import Cell as Read
from toolkit.reports.files.tables import _Reader as Reader
from toolkit.reports.sanitise import clean


def html(*cells: Cell) -> str:
    return clean(Table("t", ("a", "b"), (cells,), frozenset({1})).to_html())


def test_a_rounded_value_has_its_number_behind_it() -> None:
    """For programs as a plain number, for people as a title, and both survive the cleaning of the page."""
    shown = html(Cell("x"), Cell("0.51%", exact=0.005109))
    assert 'data-value="0.005109"' in shown
    assert 'title="0.005109"' in shown


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_every_number_comes_back_as_it_was(value: float) -> None:
    """What the workbook reads from the page is the number itself; one that is none stands nowhere."""
    reader = Reader()
    reader.feed(html(Cell("x"), Cell("≈", exact=value)))
    reader.end()
    (table,) = reader.found
    cell = table.rows[0][1]
    assert isinstance(cell, Read)
    assert cell.exact == (value if value - value == 0 else None)


def test_a_title_leads_to_its_post() -> None:
    """The row's head is a link; its text and address are escaped."""
    shown = html(Cell('<b>"', href='https://social.example/1?a="b&c'), Cell("1"))
    assert '<a href="https://social.example/1?a=&quot;b&amp;c"' in shown
    assert "&lt;b&gt;" in shown


def test_a_tile_tells_its_number() -> None:
    """A big number is rounded too."""
    assert 'title="1234.5"' in Tiles((Tile("Revenue", "1,235", exact=1234.5),)).to_html()


def test_a_change_of_one_post_is_neither_good_nor_bad() -> None:
    """Fifteen times as many clicks with n = 1 say nothing; with enough posts on both sides they do."""
    one, many = (Result("", 9.0, None, n, None, None) for n in (1, 9))
    assert judged(14.0, KPIS["clicks"], one, many) == ""
    assert judged(14.0, KPIS["clicks"], many, many) == "good"
    assert judged(14.0, KPIS["visits"], one, one) == "good"


def test_how_many_posts_there_were_has_no_interval() -> None:
    """It is counted, not drawn: other KPIs keep theirs."""
    from toolkit.reports.wording import Wording

    class Scope:
        wording = Wording("en")

    result = Result("", 38.0, None, 38, 1.0, Interval(30.0, 45.0))
    assert value_cell(Scope(), KPIS["posts"], result).note == ""  # type: ignore[arg-type]  # only its words are used
    assert value_cell(Scope(), KPIS["likes"], result).note == "30 to 45"  # type: ignore[arg-type]  # only its words are used
