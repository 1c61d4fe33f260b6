"""What somebody gave to a tool's import: whether it can be read at all, and which tool it comes from if not from this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError, UsageError
from toolkit.messages import _
from toolkit.migration.archive import Archive, Reading, Tool
from toolkit.migration.tools import TOOLS

_ZIP: Final = b"PK\x03\x04"


def read_sources(tool: Tool, paths: Sequence[Path], reading: Reading) -> Archive:
    """The archive in `paths`. Raises `LeitstandError` where there is no post in it, with the tool that it looks like."""
    for path in paths:
        _check(path)
    try:
        archive = tool.read(paths, reading)
    except IsADirectoryError as error:
        message = _("{path} is a folder; give what {tool} exports: {wants}")
        told = message.format(path=error.filename, tool=tool.title, wants=tool.wants)
        raise UsageError(_with_hint(told, tool, paths, reading)) from None
    except UsageError as error:
        raise UsageError(_with_hint(str(error), tool, paths, reading)) from None
    if not archive.items:
        told = "\n".join(map(str, archive.problems)) or _("there is no post in it")
        raise LeitstandError(
            _("{problems}\nnothing was written").format(problems=_with_hint(told, tool, paths, reading))
        )
    return archive


def _check(path: Path) -> None:
    if not path.exists():
        near = _near(path)
        hint = _("; did you mean {close}?").format(close=near) if near else ""
        raise UsageError(_("{path} does not exist").format(path=path) + hint)
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(len(_ZIP))
            if not head:
                raise UsageError(_("{path} is empty; make the export again").format(path=path))
            if head == _ZIP:
                raise UsageError(_("{path} is a ZIP archive; unpack it and give what is in it").format(path=path))


def _near(path: Path) -> Path | None:
    try:
        names = [one.name for one in path.parent.iterdir()]
    except OSError:
        return None
    found = get_close_matches(path.name, names, n=1)
    return path.parent / found[0] if found else None


def _with_hint(told: str, tool: Tool, paths: Sequence[Path], reading: Reading) -> str:
    other = _recognise((one for one in TOOLS.values() if one is not tool), paths, reading)
    if other is None:
        return told
    return (
        told + "\n" + _("it looks like {tool}: leitstand import-posts {name}").format(tool=other.title, name=other.name)
    )


def _recognise(tools: Iterable[Tool], paths: Sequence[Path], reading: Reading) -> Tool | None:
    """The tool that finds posts there, and nothing that it cannot read."""
    for tool in tools:
        try:
            archive = tool.read(paths, reading)
        except (LeitstandError, OSError):
            continue
        if archive.items and not archive.problems:
            return tool
    return None
