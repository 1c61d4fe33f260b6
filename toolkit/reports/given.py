"""What a notebook can be given: the names in its cell of parameters, each read as what stands there is."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.reports.notebook import read_notebook
from toolkit.settings import unknown_name

if TYPE_CHECKING:
    from nbformat import NotebookNode

Given = str | float | bool | tuple[str, ...]  # an int is a float to a type checker

TAG: Final = "parameters"
# The verb gives these itself: each is the same for all of a run, and a report's place depends on them.
_OF_THE_VERB: Final[Mapping[str, str]] = {
    "month": "--month",
    "channels": "--channel",
    "language": "--language",
    "now": "--now",
    "workspace": "--workspace",
    "state": "",
    "before": "",
}
_WORDS: Final[Mapping[str, bool]] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def read_given(texts: Iterable[str], notebook: Path) -> tuple[tuple[str, Given], ...]:
    """``name=value`` texts as what the notebook's own parameters are, by name; raises `UsageError`.

    A list is given with commas, or item by item.
    """
    known, found = defaults(read_notebook(notebook)), dict[str, Given]()
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise UsageError(_("--set takes name=value, not {text!r}").format(text=text))
        _check_name(name, known, notebook)
        read = _read(name, value, known[name])
        earlier = found.get(name)
        if isinstance(earlier, tuple) and isinstance(read, tuple):
            read = (*earlier, *read)
        elif earlier is not None:
            raise UsageError(_("--set: {name} is given twice").format(name=name))
        found[name] = read
    return tuple(sorted(found.items()))


def defaults(notebook: NotebookNode) -> dict[str, object]:
    """Name → what stands in the cells of parameters; what is no plain value is left out."""
    found: dict[str, object] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and TAG in cell.metadata.get("tags", []):
            found |= dict(_assigned(cell.source))
    return found


def _assigned(source: str) -> Iterator[tuple[str, object]]:
    try:
        lines = ast.parse(source).body
    except SyntaxError:  # the run will say so, with its place
        return
    for line in lines:
        targets = (
            line.targets if isinstance(line, ast.Assign) else [line.target] if isinstance(line, ast.AnnAssign) else []
        )
        if (
            len(targets) != 1
            or not isinstance(targets[0], ast.Name)
            or not isinstance(line, ast.Assign | ast.AnnAssign)
        ):
            continue
        try:
            yield targets[0].id, ast.literal_eval(line.value) if line.value is not None else None
        except ValueError:
            continue


def _check_name(name: str, known: Mapping[str, object], notebook: Path) -> None:
    if name in _OF_THE_VERB:
        option = _OF_THE_VERB[name]
        words = _("--set: {name} is given by {option}") if option else _("--set: {name} is given by Leitstand itself")
        raise UsageError(words.format(name=name, option=option))
    if name not in known:
        free = {one: None for one in known if one not in _OF_THE_VERB}
        what = _("parameter of the report {report}").format(report=notebook.stem)
        raise UsageError(unknown_name(what, name, free))


def _read(name: str, text: str, default: object) -> Given:
    """A text as the kind of its default; raises `UsageError`."""
    if isinstance(default, bool):
        if text.strip().lower() in _WORDS:
            return _WORDS[text.strip().lower()]
        raise UsageError(_("--set: {name} is true or false, not {text!r}").format(name=name, text=text))
    if isinstance(default, int):
        return _number(name, text, whole=True)
    if isinstance(default, float):
        return _number(name, text, whole=False)
    if isinstance(default, str):
        return text
    if isinstance(default, list | tuple) and all(isinstance(one, str) for one in default):
        return tuple(part for one in text.split(",") if (part := one.strip()))
    message = _(
        "--set: {name} is no text, number or list of texts in the notebook; change it in a copy of the notebook"
    )
    raise UsageError(message.format(name=name))


def _number(name: str, text: str, *, whole: bool) -> float:
    try:
        value = int(text) if whole else float(text)
    except ValueError:
        value = math.nan
    if math.isfinite(value):
        return value
    words = (
        _("--set: {name} is a whole number, not {text!r}") if whole else _("--set: {name} is a number, not {text!r}")
    )
    raise UsageError(words.format(name=name, text=text))


def plain(given: Sequence[tuple[str, Given]]) -> dict[str, object]:
    """As a notebook is given it: lists are lists."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given}


def given_then(parameters: Mapping[str, object], ours: Collection[str]) -> tuple[tuple[str, Given], ...]:
    """What was given besides `ours` to a report that was made with these parameters, as its manifest holds them."""
    kept = {name: tuple(value) if isinstance(value, list) else value for name, value in parameters.items()}
    found = {name: value for name, value in kept.items() if name not in ours}
    return tuple(sorted((name, value) for name, value in found.items() if isinstance(value, str | float | int | tuple)))


def short_name(given: Sequence[tuple[str, Given]]) -> str:
    """What tells a report with these from the plain one, as part of a folder's name; "" for none."""
    words = "-".join(f"{name}-{_flat(value)}" for name, value in given)
    safe = re.sub(r"[^\w.-]+", "_", words)[:60]
    return safe if safe == words else f"{safe}-{sha256(repr(given).encode()).hexdigest()[:8]}"


def _flat(value: Given) -> str:
    if isinstance(value, tuple):
        return "+".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
