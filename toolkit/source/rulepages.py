"""Where a rule is explained: found by its name, so that nobody waits for the engine that runs it.

A rule of the house stands in the page that explains it, or in a Vale package; a built-in one has a page of the
reference. Everything that leads to a rule (problems in every form, the language server) asks here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from toolkit.model import find_fenced
from toolkit.source.tree import Tree
from toolkit.values import dataclass

_HANDBOOK: Final = "guidelines"
_STYLES: Final = f"{_HANDBOOK}/styles/"
_REFERENCE: Final = f"{_HANDBOOK}/referenz/regeln"
# Where the site has the handbook.
_SITE: Final = "handbook"
_ID: Final = re.compile(r"(?m)^id:[ \t]*[\"']?([\w.-]+)")
_NAME: Final = re.compile(r"[\w-]+", re.ASCII)
_LINK: Final = re.compile(r"(?m)^link:[ \t]*[\"']?(https?://[^\s\"']+)")


@dataclass(frozen=True, slots=True)
class RulePage:
    """The file that explains a rule, the line (from 1) to look at, and the address elsewhere that the rule itself names.

    `anchor` is the rule's box on the page; "" where the whole page is about it, or the site does not show the file.
    """

    path: str
    line: int = 1
    link: str = ""
    anchor: str = ""

    def address(self, url: str) -> str:
        """On the site at `url`, or where the rule says; "" for a file that the site does not show, and without a site."""
        if self.link or not url or not self.path.endswith(".md"):
            return self.link
        return f"{url}/{page_address(self.path, self.anchor)}"


def rule_pages(tree: Tree) -> Mapping[str, RulePage]:
    """Rule of the house → where it stands; a file that cannot be read has none, and the first of two counts."""
    found: dict[str, RulePage] = {}
    for path in tree.paths(_HANDBOOK, ".md"):
        for rule, page in _on_page(path, _read(tree, path)):
            found.setdefault(rule, page)
    for path in tree.paths(_STYLES.rstrip("/"), ".yml"):
        parts = PurePosixPath(path.removeprefix(_STYLES)).with_suffix("").parts
        if len(parts) > 1 and parts[0] != "config":
            link = _LINK.search(_read(tree, path))
            found.setdefault(".".join(parts), RulePage(path, link=link[1] if link else ""))
    return found


def find_page(tree: Tree, rule: str, house: Mapping[str, RulePage]) -> RulePage | None:
    """Where `rule` is explained: in the `house`, as `rule_pages` has it, else in the reference; None for neither."""
    path = f"{_REFERENCE}/{rule}.md"
    return house.get(rule) or (RulePage(path) if _NAME.fullmatch(rule) and tree.exists(path) else None)


def page_address(path: str, anchor: str = "") -> str:
    """The address of a page of the handbook, below the site's own: ``handbook/stimme/#BRAND012``."""
    page = path.removeprefix(f"{_HANDBOOK}/").removesuffix(".md")
    page = page.removesuffix("index") if page == "index" or page.endswith("/index") else f"{page}/"
    return f"{_SITE}/{page}" + (f"#{anchor}" if anchor else "")


def _on_page(path: str, text: str) -> Iterator[tuple[str, RulePage]]:
    for block in find_fenced(text) if "rule" in text else ():
        if block.kind == "rule" and (named := _ID.search(text, block.first, block.last)):
            line = text.count("\n", 0, named.start()) + 1
            link = _LINK.search(text, block.first, block.last)
            yield named[1], RulePage(path, line, link[1] if link else "", named[1])


def _read(tree: Tree, path: str) -> str:
    try:
        return tree.read(path).decode("utf-8", "replace")
    except OSError:
        return ""
