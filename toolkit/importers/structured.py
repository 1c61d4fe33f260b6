"""JSON of an export, read within bounds and looked into without trust: what is not there, or of another kind, is None."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final, TypeAlias

from toolkit.importers.export import Export

Tree: TypeAlias = "bool | int | float | str | list[Tree] | dict[str, Tree] | None"

_LOOK: Final = 64  # bytes in which the first bracket stands


@lru_cache(maxsize=1)  # each importer looks at the same file in turn
def _parse(data: bytes) -> Tree:
    try:
        tree: Tree = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return tree


def _refuse(word: str) -> None:
    """NaN and Infinity are no JSON, and no number that anybody could count."""
    raise ValueError(word)


def read_tree(export: Export) -> Tree:
    """The file's JSON; None where it is none."""
    return _parse(export.data) if export.data[:_LOOK].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else None


def at(tree: Tree, *keys: str) -> Tree:
    """What stands below some keys."""
    for key in keys:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


def rows(tree: Tree) -> list[dict[str, Tree]]:
    """The objects of a list."""
    return [one for one in tree if isinstance(one, dict)] if isinstance(tree, list) else []


def text(tree: Tree, *keys: str) -> str:
    """A text or a number as text, "" for anything else."""
    found = at(tree, *keys)
    return str(found).strip() if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def number(tree: Tree, *keys: str) -> float | None:
    """A number, also where it stands as a text with a decimal point, as APIs write money."""
    found = at(tree, *keys)
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        value = float(found)
    except (ValueError, OverflowError):
        return None
    return value if abs(value) < 1e15 else None
