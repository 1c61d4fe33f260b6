"""What a notebook reads besides a month's window, as far as its cells show it.

The workspace, the store and the moment are given to a notebook as parameters. While it hands them on to `open_report`
only, it sees what that lets in; once it uses one of them itself, everything behind it may play a part.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nbformat import NotebookNode

GIVEN: Final = frozenset({"workspace", "state", "now"})
_OPENERS: Final = frozenset({"open_report", "open_scope"})
# Ways to data that need none of the parameters.
_ROUNDABOUT: Final = ("open_store", "load_workspace", "read_parquet", "duckdb", "environ", "datetime", "time")


def used_freely(notebook: NotebookNode) -> frozenset[str]:
    """Those of `GIVEN` that the notebook uses itself; all, when its code cannot be read or finds its own way."""
    names: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type != "code" or "parameters" in cell.metadata.get("tags", []):
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:  # a magic, perhaps
            return GIVEN
        names |= set(_names(tree))
    return GIVEN if names.intersection(_ROUNDABOUT) else GIVEN & names


def _names(tree: ast.AST) -> Iterator[str]:
    """Every name that is read, imported or called in the code, except what an opener is given."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _OPENERS:
            handed = [*node.args, *(keyword.value for keyword in node.keywords)]
            yield from (name for part in handed if not isinstance(part, ast.Name) for name in _names(ast.Expr(part)))
            continue
        if isinstance(node, ast.Name):
            yield node.id
        if isinstance(node, ast.Attribute):
            yield node.attr
        if isinstance(node, ast.alias):
            yield from node.name.split(".")
        yield from _names(node)
