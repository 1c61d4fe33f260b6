"""Pages of the handbook while they are written: what is wrong with the rule blocks in them."""

from __future__ import annotations

from toolkit.lsp.page import Page
from toolkit.model import Problem


def page_problems(page: Page) -> list[Problem]:
    """The problems of the page's rule blocks."""
    if "rule" not in page.text:
        return []
    from toolkit.style.blocks import read_blocks  # an editor of posts alone waits for no rule engine

    _rules, problems = read_blocks(page.text, page.path)
    return problems
