"""The tables of a page as an element tree: what their cells say, and how much room they take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

GAP: Final = 2  # letters between two columns


def rows_of(table: Element) -> list[list[str]]:
    """The rows of the body: what each cell says, without the notes below."""
    return [[text_of(cell, notes=False) for cell in row] for body in table.iter("tbody") for row in body.iter("tr")]


def says_again(one: Element, other: Element) -> bool:
    """Whether every row of `one` is said by a row of `other`, whatever else that says."""
    known = [set(row) for row in rows_of(other)]
    return all(any(set(row) <= more for more in known) for row in rows_of(one))


def width_of(table: Element) -> int:
    """Letters in a line of the table when words are kept whole, and numbers with their units."""
    columns: dict[int, int] = {}
    for row in table.iter("tr"):
        for at, cell in enumerate(row):
            columns[at] = max(columns.get(at, 0), _longest(cell))
    return sum(columns.values()) + GAP * max(len(columns) - 1, 0)


def _longest(cell: Element) -> int:
    text = text_of(cell)
    whole = cell.tag == "td" and "number" in classes_of(cell)
    return len(text) if whole else max(map(len, text.split()), default=0)


def classes_of(element: Element) -> list[str]:
    """The names in the element's class."""
    return element.get("class", "").split()


def text_of(element: Element | None, *, notes: bool = True) -> str:
    """The element's text on one line; "" without an element."""
    return "" if element is None else " ".join("".join(_parts(element, notes=notes)).split())


def _parts(element: Element, *, notes: bool) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if notes or child.tag != "small":
            yield from _parts(child, notes=notes)
        yield child.tail or ""
