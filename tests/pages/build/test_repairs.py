"""Tables of the handbook, made for phones on the way out."""

from __future__ import annotations

import pytest
from markdown import markdown  # type: ignore[import-untyped]  # it ships no types

from toolkit.pages.tables import wrap_tables

ROWS = "| Right | Not | *Why* “so” |\n|---|--:|---|\n| Shop | Store | a <b>b</b> |\n| E-mail | | |\n"


def table(source: str) -> str:
    return wrap_tables(markdown(source, extensions=["tables"]))


def test_each_cell_of_a_wide_table_says_its_column() -> None:
    """On a phone a row is a small list: every cell carries its heading, as text, the empty ones included."""
    html = table(ROWS)
    assert '<table class="ls-doc ls-stacked">' in html
    assert html.count("data-label=") == 6
    assert '<td data-label="Right">Shop</td>' in html
    assert '<td data-label="Not" style="text-align: right;">Store</td>' in html
    assert '<td data-label="Why “so”">a <b>b</b></td>' in html
    assert html.count("<th") == 1 + 3  # the headings themselves stay as they are


def test_a_heading_closes_no_attribute() -> None:
    """What stands in a heading, such as a quotation mark, stays inside the attribute."""
    html = table('| a | b | "x" onclick="y" |\n|---|---|---|\n| 1 | 2 | 3 |\n')
    assert 'data-label="&quot;x&quot; onclick=&quot;y&quot;">3' in html


@pytest.mark.parametrize(("columns", "stacked", "scrolls"), [(2, False, False), (3, True, False), (4, True, True)])
def test_only_what_does_not_fit_changes(columns: int, stacked: bool, scrolls: bool) -> None:
    """Two columns fit on a phone; from four on the box scrolls on a desk."""
    html = table("|" + " a |" * columns + "\n|" + "---|" * columns + "\n|" + " 1 |" * columns + "\n")
    assert ("ls-stacked" in html, "ls-scroll" in html) == (stacked, scrolls)


def test_a_head_that_nobody_wrote_is_none() -> None:
    """Markdown wants a head for every table; an empty one is left out, and the rows stay."""
    html = table("| | |\n|---|---|\n| Für wen | alle |\n")
    assert "<th" not in html
    assert "<td>Für wen</td>" in html
