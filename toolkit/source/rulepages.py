"""Where the handbook explains a rule of the house: found by its id, so that nobody waits for the engine that runs it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from toolkit.model import find_fenced
from toolkit.source.tree import Tree

_HANDBOOK: Final = "guidelines"
_ID: Final = re.compile(r"(?m)^id:[ \t]*[\"']?([\w.-]+)")


def rule_pages(tree: Tree) -> Mapping[str, tuple[str, int]]:
    """Rule → path of its page and line (from 1) of its id; a page that cannot be read has none."""
    found: dict[str, tuple[str, int]] = {}
    for path in tree.paths(_HANDBOOK, ".md"):
        text = _read(tree, path)
        for block in find_fenced(text) if "rule" in text else ():
            if block.kind == "rule" and (named := _ID.search(text, block.first, block.last)):
                line = text.count("\n", 0, named.start()) + 1
                found.setdefault(named[1], (path, line))
    return found


def page_address(path: str, rule: str) -> str:
    """The address of a rule on the site, below the site's own: ``stimme/#BRAND012``."""
    page = path.removeprefix(f"{_HANDBOOK}/").removesuffix(".md")
    page = page.removesuffix("index") if page == "index" or page.endswith("/index") else f"{page}/"
    return f"{page}#{rule}"


def _read(tree: Tree, path: str) -> str:
    try:
        return tree.read(path).decode("utf-8", "replace")
    except OSError:
        return ""
