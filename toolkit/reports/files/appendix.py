"""What a page unfolds on a click has a place of its own on paper, where nobody can click.

The numbers of a chart stand beside it when they are few. Longer tables go to an appendix, and a line says on which sheet.
What the table below a chart says anyway is not said twice, and of the definitions those are kept that the report needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from toolkit.messages import _
from toolkit.reports.files.cells import classes_of, rows_of, says_again, text_of, width_of
from toolkit.values import dataclass

HIGHEST: Final = 14  # rows beside a chart
WIDEST: Final = 42  # letters beside a chart
NARROW: Final = 40  # letters of a long table that is set in columns
DEFINITIONS: Final = "definitions"
_ANCHOR: Final = "paper-tables"


@dataclass(frozen=True, slots=True)
class _Fold:
    """A folded table in its output; `chart` is the output before it, if that is a chart with these numbers."""

    element: Element
    output: Element
    table: Element
    chart: Element | None
    below: Sequence[Element]  # tables of the cell that everybody sees, after the chart and before the next

    @property
    def name(self) -> str:
        """What the chart is called, else the fold."""
        caption = None if self.chart is None else self.chart.find("figure/figcaption")
        return text_of(caption) or text_of(self.element.find("summary"))

    @property
    def label(self) -> str:
        """What the line says that leads to the table: below a chart its name need not be repeated."""
        return self.name if self.chart is None else _("The numbers")

    def replace(self, *others: Element) -> None:
        """Put `others` in its place; text after it stays."""
        at, tail = list(self.output).index(self.element), self.element.tail or ""
        self.output.remove(self.element)
        for offset, other in enumerate(others):
            self.output.insert(at + offset, other)
        before = self.output[at + len(others) - 1] if at + len(others) else None
        if before is None:
            self.output.text = (self.output.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail


def set_tables(root: Element) -> None:
    """Give every folded table of the page its place on paper. What is folded and is no table is only unfolded."""
    main = root.find(".//main")
    if main is None:
        return
    moved: list[tuple[str, Element]] = []
    for fold in [fold for cell in main.iter("section") for fold in _folds(cell)]:
        moved += _place(fold, main, len(moved) + 1)
    if moved:
        _append(root, main, moved)


def _folds(cell: Element) -> Iterator[_Fold]:
    outputs = cell.findall("div")
    for at, output in enumerate(outputs):
        for element in output.findall("details"):
            table = element.find(".//table")
            if table is not None:
                first = at and output[0] is element
                chart = outputs[at - 1] if first and [one.tag for one in outputs[at - 1]] == ["figure"] else None
                yield _Fold(element, output, table, chart, list(_open(outputs[at:])))


def _open(outputs: Sequence[Element]) -> Iterator[Element]:
    for output in outputs:
        if output.find("figure") is not None:
            return
        yield from output.findall("div/table")


def _place(fold: _Fold, main: Element, number: int) -> Iterator[tuple[str, Element]]:
    """Set one table; yields its name and itself where it goes to the appendix, as `number` there."""
    if fold.chart is not None and any(says_again(fold.table, one) for one in fold.below):
        fold.replace()
    elif fold.chart is not None and _is_small(fold.table):
        fold.replace()
        fold.chart.set("class", "output beside")
        fold.chart.append(fold.table)
    elif DEFINITIONS in classes_of(fold.element) and not _keep_needed(fold.table, main):
        fold.replace()
    else:
        pointer = _pointer(fold.label, number)
        if fold.chart is not None:
            fold.replace()
            fold.chart.set("class", "output charted")
            fold.chart.append(pointer)
        else:
            fold.replace(pointer)
        yield fold.name, fold.table


def _is_small(table: Element) -> bool:
    return len(rows_of(table)) <= HIGHEST and width_of(table) <= WIDEST


def _keep_needed(table: Element, main: Element) -> bool:
    """Leave only the rows whose names stand in other tables and on tiles; says whether there are any."""
    own = set(table.iter("th"))
    needed = {text_of(one) for tag in ("th", "dt") for one in main.iter(tag) if one not in own}
    for body in table.iter("tbody"):
        for row in [row for row in body if text_of(row.find("th")) not in needed]:
            body.remove(row)
    return bool(rows_of(table))


def _pointer(label: str, number: int) -> Element:
    """Where the table is; the style sheet adds the number of the sheet."""
    pointer = Element("p", {"class": "pointer"})
    link = SubElement(pointer, "a", {"href": f"#{_ANCHOR}-{number}"})
    link.text = _("{label}: table A{number} on page").format(label=label, number=number)
    return pointer


def _end_text(root: Element, main: Element) -> None:
    """What the report was made from ends its text: behind the appendix it would often be alone on the last sheet."""
    body = root.find(".//body")
    footer = None if body is None else body.find("footer")
    if body is not None and footer is not None:
        body.remove(footer)
        main.append(footer)


def _append(root: Element, main: Element, moved: Sequence[tuple[str, Element]]) -> None:
    _end_text(root, main)
    title = _("Appendix: tables")
    section = SubElement(main, "section", {"class": "appendix"})
    SubElement(section, "h2", {"id": _ANCHOR}).text = title
    for number, (name, table) in enumerate(moved, 1):
        SubElement(section, "h3", {"id": f"{_ANCHOR}-{number}"}).text = f"A{number} {name}"
        long = len(rows_of(table)) > HIGHEST and width_of(table) <= NARROW
        SubElement(section, "div", {"class": "long" if long else "table"}).append(table)
    contents = root.find(".//nav/ul")
    if contents is not None:
        SubElement(SubElement(contents, "li"), "a", {"href": f"#{_ANCHOR}"}).text = title
