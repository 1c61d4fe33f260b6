"""The map of the rooms in `toolkit/__init__.py`, in the layers and in the rooms' own tables is the tree as it is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import toolkit

TOOLKIT = Path(__file__).parents[1] / "toolkit"
WORD = re.compile(r"[a-z_]+")


def modules(folder: Path) -> set[str]:
    """Rooms and single modules of a folder, without what starts with an underscore."""
    rooms = {path.parent.name for path in folder.glob("*/__init__.py")}
    return rooms | {path.stem for path in folder.glob("*.py") if not path.name.startswith("_")}


def test_every_room_is_told() -> None:
    """The docstring of the package names every room."""
    assert modules(TOOLKIT) <= set(WORD.findall(toolkit.__doc__ or ""))


def test_every_room_has_its_layer() -> None:
    """A room that no layer names could import whatever it likes."""
    settings = tomllib.loads((TOOLKIT.parent / "pyproject.toml").read_text("utf-8"))
    [layers] = [one["layers"] for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers"]
    assert modules(TOOLKIT) <= set(re.findall(r"toolkit\.(\w+)", " ".join(layers)))


@pytest.mark.parametrize(
    "room", ["desk", "dispatch", "findings", "language", "ledger", "lsp", "pages", "pages/build", "style", "tokens"]
)
def test_the_table_of_a_large_room_is_complete(room: str) -> None:
    """Each module stands in the room's table, and the table names none that is gone."""
    head = (TOOLKIT / room / "__init__.py").read_text("utf-8").split('"""')[1]
    table = re.split(r"^=+  =+$", head, flags=re.MULTILINE)[1]
    told = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split("  ")[0])}
    assert modules(TOOLKIT / room) == told
