"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Text to the left, numbers to the right."""
    body = [[str(cell) for cell in row] for row in rows]
    left = [not any(row[column][:1].isdigit() for row in body) for column in range(len(heads))]
    widths = [max(len(line[column]) for line in [list(heads), *body]) for column in range(len(heads))]
    rule = ["-" * width if text else "-" * (width - 1) + ":" for width, text in zip(widths, left, strict=True)]
    return "\n".join(_line(cells, widths, left) for cells in [list(heads), rule, *body])


def _line(cells: Sequence[str], widths: Sequence[int], left: Sequence[bool]) -> str:
    padded = [
        cell.ljust(width) if text else cell.rjust(width) for cell, width, text in zip(cells, widths, left, strict=True)
    ]
    return f"| {' | '.join(padded)} |"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f}"


def at(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")
