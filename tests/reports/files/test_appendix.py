"""On paper the numbers behind a chart stand beside it or in an appendix, and nothing that could be unfolded is lost."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from pypdf import PdfReader

from tests.reports.files.conftest import SVG, executed, page_of, shown
from tests.reports.files.test_paper import root_of, tags
from toolkit.reports.blocks import Cell, Folded, Table
from toolkit.reports.files.appendix import HIGHEST, WIDEST, set_tables
from toolkit.reports.files.cells import rows_of, text_of, width_of
from toolkit.reports.files.paper import make_pdf

MARGIN = 17 / 25.4 * 72  # points
HEAD = shown("text/html", '<h2 id="trend">Trend</h2>')
CHART = shown("image/svg+xml", SVG, alt="Bars by month", caption="Interactions by month")


def monthly(count: int, caption: str = "Interactions by month") -> Table:
    """A row per month with a value and what it rests on."""
    rows = tuple((f"Month {number}", Cell(f"{number * 11}", exact=number * 11.0), "7") for number in range(count))
    return Table(caption, ("Month", "Value", "n"), rows, frozenset({1, 2}))


def folded(table: Table, kind: str = "numbers") -> NotebookNode:
    return shown("text/html", Folded(f"The numbers: {table.caption}", table, kind).to_html())


def laid(*outputs: NotebookNode) -> Element:
    """The page as it is laid out for paper."""
    root: Element = weasyprint.HTML(string=page_of(executed(*outputs))).etree_element
    set_tables(root)
    return root


def found(root: Element, kind: str) -> list[Element]:
    """Every element with this name in its class."""
    return [one for one in root.iter() if kind in one.get("class", "").split()]


def test_the_numbers_of_a_chart_stand_beside_it() -> None:
    """Thirteen months fit; the chart keeps its caption, and no appendix is made."""
    root = laid(HEAD, CHART, folded(monthly(13)))
    (beside,) = found(root, "beside")
    assert [one.tag for one in beside] == ["figure", "table"]
    assert len(rows_of(beside)) == 13
    assert found(root, "appendix") == found(root, "pointer") == []
    assert list(root.iter("details")) == []


@pytest.mark.parametrize(
    "table",
    [
        monthly(HIGHEST + 1),
        Table("Wide", tuple(f"Channel {one}" for one in range(9)), (tuple(f"{one}.000" for one in range(9)),)),
    ],
    ids=["long", "wide"],
)
def test_a_table_too_large_for_that_goes_to_the_appendix(table: Table) -> None:
    """A line below the chart leads to it, and the contents name the appendix."""
    root = laid(HEAD, CHART, folded(table))
    (pointer,) = found(root, "pointer")
    assert [one.tag for one in found(root, "charted")[0]] == ["figure", "p"], "no sheet ends between them"
    target = (pointer[0].get("href") or "").removeprefix("#")
    (appendix,) = found(root, "appendix")
    assert [text_of(one) for one in appendix if one.get("id") == target] == ["A1 Interactions by month"]
    assert len(rows_of(appendix)) == len(table.rows)
    entries = [one.get("href") for one in root.findall(".//nav//a")]
    assert entries[-1] == f"#{appendix[0].get('id')}"
    main = next(root.iter("main"))
    assert [one.tag for one in main][-2:] == ["footer", "section"], "what it was made from ends the text"
    assert len(list(root.iter("footer"))) == 1


def test_the_line_names_the_sheet_on_which_the_table_is() -> None:
    """What is printed is the number of the sheet where the table's rows are."""
    lists = [f"<p>{'Words about the month. ' * 60}</p>" for _part in range(6)]
    html = page_of(executed(HEAD, CHART, folded(monthly(40)), *(shown("text/html", one) for one in lists)))
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(html))).pages]
    printed = re.search(r"table A1 on page (\d+)", texts[0])
    assert printed is not None
    assert int(printed[1]) > 1
    assert "Month 20" in texts[int(printed[1]) - 1]


def test_what_the_table_below_says_is_not_said_twice() -> None:
    """Each row of the chart's numbers is in the table that everybody sees; one value of its own, and it is shown."""
    below = Table("All", ("Month", "Change", "n", "Value"), (("Month 0", "–", "7", "0"), ("Month 1", "+3", "7", "11")))  # noqa: RUF001  # a dash, as reports have it
    root = laid(HEAD, CHART, folded(monthly(2)), shown("text/html", below.to_html()))
    assert found(root, "beside") == found(root, "appendix") == []
    assert len(found(laid(HEAD, CHART, folded(monthly(3)), shown("text/html", below.to_html())), "beside")) == 1


def test_a_table_below_the_next_chart_is_none_of_the_first() -> None:
    """Each chart answers for the tables up to the next one."""
    below = shown("text/html", monthly(3).to_html())
    root = laid(HEAD, CHART, folded(monthly(3)), CHART, folded(monthly(3)), below)
    assert len(found(root, "beside")) == 1


def test_only_the_definitions_that_the_report_needs_are_kept() -> None:
    """A name in a table or on a tile needs its definition; without any the table is left out."""
    words = Table("Words", ("KPI", "Definition"), (("Likes", "approvals"), ("Reach", "people"), ("Leads", "contacts")))
    seen = Table("Key figures", ("KPI", "Value"), (("Likes", "3"),))
    tile = shown("text/html", '<dl class="tiles"><div><dt>Reach</dt><dd class="value">9</dd></div></dl>')
    root = laid(shown("text/html", seen.to_html()), tile, folded(words, "definitions"))
    assert rows_of(found(root, "appendix")[0]) == [["Likes", "approvals"], ["Reach", "people"]]
    assert found(laid(HEAD, folded(words, "definitions")), "appendix") == []


def test_what_is_folded_and_no_table_is_unfolded() -> None:
    """An analyst's own fold is printed where it stands, and so is the text after a table that moves."""
    own = "<details><summary>Why</summary><p>The jug recall.</p></details>"
    moving = Folded("More", monthly(40)).to_html() + "after it"
    text = text_of(laid(shown("text/html", own), shown("text/html", moving)).find(".//main"))
    assert "The jug recall." in text
    assert "after it" in text
    pages = PdfReader(io.BytesIO(make_pdf(page_of(executed(shown("text/html", own)))))).pages
    assert "The jug recall." in pages[0].extract_text()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=6))
def test_no_row_is_lost(parts: Sequence[tuple[bool, int]]) -> None:
    """Whatever charts and folds follow each other: each row of each table is on paper, and no fold is left."""
    outputs = [HEAD]
    for at, (charted, count) in enumerate(parts):
        rows = tuple((f"{at}-{number}", "1") for number in range(count))
        outputs += [*([CHART] if charted else []), folded(Table(f"Part {at}", ("Row", "Value"), rows))]
    root = laid(*outputs)
    wanted = [f"{at}-{number}" for at, (_charted, count) in enumerate(parts) for number in range(count)]
    assert sorted(row[0] for row in rows_of(root)) == sorted(wanted)
    assert list(root.iter("details")) == []
    assert len(found(root, "pointer")) == len([one for one in found(root, "appendix") for two in one.iter("table")])


def test_the_tables_on_paper_are_tagged() -> None:
    """Beside a chart and in columns a table is one to a screen reader, each cell once."""
    html = page_of(executed(HEAD, CHART, folded(monthly(13)), CHART, folded(monthly(40))))
    names = [name for name, _node in tags(root_of(PdfReader(io.BytesIO(make_pdf(html))))["/StructTreeRoot"]["/K"])]
    assert names.count("/TD") == 2 * (13 + 40)
    assert names.count("/Figure") == 2
    assert names.count("/Table") >= 2


def test_the_widest_table_beside_a_chart_stays_on_the_sheet() -> None:
    """Every word of it begins left of the margin."""
    row = ("Wednesdays", "1,234,567.00", Cell("1.00 % to 1.00 %"))
    widest = Table("Wide", ("Weekday", "Value", "Interval"), (row,) * 3, frozenset({1, 2}))
    places: list[float] = []
    page = PdfReader(io.BytesIO(make_pdf(page_of(executed(HEAD, CHART, folded(widest)))))).pages[0]
    page.extract_text(
        visitor_text=lambda text, cm, tm, *_font: places.append(tm[4] * cm[0] + cm[4] if text.strip() else 0.0)
    )
    table = next(one for one in laid(HEAD, CHART, folded(widest)).iter("table"))
    assert WIDEST - 3 < width_of(table) <= WIDEST
    assert max(places) < float(page.mediabox.width) - MARGIN
