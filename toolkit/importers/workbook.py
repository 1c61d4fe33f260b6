"""XLS, XLSX and ODS → sheets. The reading itself happens in a bounded process, see `toolkit.importers.cells`."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.importers import cells
from toolkit.importers.problems import file_problem
from toolkit.importers.rows import Cell, Row
from toolkit.importers.sheet import Sheet
from toolkit.messages import _
from toolkit.model import Problem

SECONDS: Final = 120.0

Raw = str | float | bool | dict[str, str] | None


class NoWorkbooksError(LeitstandError):
    """The library that reads workbooks is not installed."""


def read_workbook(path: str, data: bytes, *, faults: bool = False) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The sheets that hold anything; macros, charts and formulas stay unread.

    With `faults` a cell that is an error, or a formula without the value it came to, is told from an empty one.
    """
    if find_spec("python_calamine") is None:
        raise NoWorkbooksError(_("workbooks need: pip install 'leitstand[metrics]'; or save the file as CSV"))
    # -I: neither the folder that we are in nor PYTHONPATH lends the child a module.
    command = [sys.executable, "-I", str(Path(cells.__file__)), *(["--faults"] if faults else [])]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return (), [file_problem(path, _too_large())]
    if done.returncode:
        return (), [file_problem(path, _refusal(done.returncode))]
    sheets = tuple(_sheet(path, **one) for one in json.loads(done.stdout))
    return tuple(sheet for sheet in sheets if sheet.rows), []


def _too_large() -> str:
    return _("the workbook claims more cells than can be read; save the sheet with the numbers as CSV")


def _refusal(code: int) -> str:
    if code == 3:
        return _("a password guards the workbook; save it without one")
    if code in (1, 4):
        return _("the workbook or archive is damaged or not whole; download it again, or save it as CSV")
    return _too_large()


def _sheet(path: str, *, name: str, row: int, col: int, rows: list[list[Raw]]) -> Sheet:
    read = (_row(values, row + down, col) for down, values in enumerate(rows))
    return Sheet(f"{path}#{name}", tuple(one for one in read if not one.empty), name)


def _row(values: list[Raw], row: int, col: int) -> Row:
    known = tuple(_cell(value, row, col + right) for right, value in enumerate(values))
    return Row(tuple(cell.text for cell in known), row, known=known)


def _cell(raw: Raw, row: int, col: int) -> Cell:
    if raw is None:
        return Cell("", row, col)
    if isinstance(raw, dict):
        if "fault" in raw:
            return Cell("", row, col, fault=raw["fault"])
        at = datetime.fromisoformat(raw["at"])
        # Midnight is how workbooks keep a bare day.
        bare = at.time() == time()
        return Cell(f"{at:%Y-%m-%d}" if bare else f"{at:%Y-%m-%d %H:%M:%S}", row, col, at)
    if isinstance(raw, str | bool):
        return Cell(str(raw).strip(), row, col)
    return Cell(f"{raw:.15g}", row, col, raw)
