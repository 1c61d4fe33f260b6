"""Tables that are lists on a phone: our own, and those that people wrote in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from toolkit.messages import _
from toolkit.pages.markup import HOLE, Child, Element, Html, hidden, join, mould, tag

# A table, or the heading that those below it stand under.
_TABLE: Final = re.compile(r'(?s)<table>.*?</table>|<h[1-6] id="(?P<heading>[^"]*)"')
# Narrower tables fit beside a table of contents; wider ones scroll, and what scrolls must be reached by keyboard.
_WIDE: Final = 4
# Narrower tables fit on a phone; of wider ones each row is a small list there, and each cell says what it is.
_STACKED: Final = 3
_HEADING: Final = re.compile(r"(?s)<th\b[^>]*>(.*?)</th>")
_HEAD: Final = re.compile(r"(?s)<thead>.*?</thead>\s*")
_ROW: Final = re.compile(r"(?s)<tr>.*?</tr>")
_CELL: Final = re.compile(r"<td\b")
_TAG: Final = re.compile(r"<[^>]*>")
_WORDLESS: Final = re.compile(r"\W+")
# A row that says what a key or a parameter means.
_KEY: Final = re.compile(r"<tr>\s*<td><code>(?P<key>[^<]+)</code></td>")


def table(
    heads: Sequence[str],
    rows: Iterable[Html],
    caption: str,
    class_: str = "ls-table",
    *,
    numbers: Iterable[int] = (),
    small: bool = False,
) -> Html:
    """A table whose rows the style sheet stacks on a phone, the first cell as their heading; see `row`.

    `numbers` are the columns, counted from 0, whose figures stand below each other from the right; a `small` one has so
    few and short columns that it stays a table on a phone.
    """
    marks = [class_, *(f"ls-n{at + 1}" for at in numbers), *(["ls-small"] if small else [])]
    return tag(
        "table",
        tag("caption", hidden(caption)),
        tag(
            "thead",
            tag("tr", *(tag("th", one, scope="col", role="columnheader") for one in heads), role="row"),
            role="rowgroup",
        ),
        tag("tbody", *rows, role="rowgroup"),
        class_=" ".join(marks),
        # The posts themselves are found; every list they stand in would only be noise.
        data_search_exclude=True,
        role="table",
    )


def row(*cells: tuple[str, Child], **marks: str) -> Html:
    """A row of label and content; the label shows only where the head of the table does not. `marks` are attributes."""
    shown = _cells(*(label for label, _content in cells))(*(content for _label, content in cells))
    return tag("tr", shown, role="row", **marks)


# All rows of a table have the same.
@lru_cache(maxsize=64)
def _cells(*labels: str) -> Element:
    return mould(join(tag("td", HOLE, data_label=label, role="cell") for label in labels))


def wrap_tables(html: str) -> str:
    """HTML in which wide tables scroll inside a box that the keyboard reaches, and are lists on a phone.

    In a table of keys each row has an address: ``#posts.uid`` for the key ``uid`` below the heading ``posts``.
    """
    heading, taken = "", set[str]()

    def address(row: re.Match[str]) -> str:
        name = f"{heading}.{_WORDLESS.sub('-', row['key']).strip('-')}"
        if not heading or name in taken:
            return row[0]
        taken.add(name)
        return f'<tr id="{name}">\n<td><a class="ls-key" href="#{name}"><code>{row["key"]}</code></a></td>'

    def replace(found: re.Match[str]) -> str:
        nonlocal heading
        if found["heading"] is None:
            return _wrap(_KEY.sub(address, found[0]) if _is_keys(found[0]) else found[0])
        heading = found["heading"]
        return found[0]

    return _TABLE.sub(replace, html)


def _is_keys(table: str) -> bool:
    """Whether each row is a key and what it means."""
    rows = table.count("<td")
    return rows > 0 and rows == 2 * len(_KEY.findall(table))


def _wrap(table: str) -> str:
    headings = [_TAG.sub("", found[1]).strip() for found in _HEADING.finditer(table.partition("</tr>")[0])]
    if not any(headings):
        # Markdown knows no table without a head; one that nobody wrote is none to a screen reader either.
        table = _HEAD.sub("", table, count=1)
    if len(headings) < _STACKED:
        names = "ls-doc ls-keys" if 'class="ls-key"' in table else "ls-doc"
        return table.replace("<table>", f'<table class="{names}">', 1)
    named = table.replace("<table>", '<table class="ls-doc ls-stacked">', 1)
    named = _ROW.sub(lambda row: _label(row[0], headings), named)
    if len(headings) < _WIDE:
        return named
    opening = tag("div", class_="ls-scroll", role="group", tabindex="0", aria_label=_("Table")).removesuffix("</div>")
    return f"{opening}{named}</div>"


def _label(row: str, headings: Sequence[str]) -> str:
    """A row in which each cell carries its column's heading, which is HTML already."""
    names = iter(headings)
    return _CELL.sub(lambda cell: f'{cell[0]} data-label="{next(names, "").replace(chr(34), "&quot;")}"', row)
