"""Pages of the handbook while they are written: what is wrong with the rule blocks in them."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.lsp.page import Page
from toolkit.model import Problem

# Reads the text of a page: its rule blocks cannot be used until these problems are gone.
ReadPage = Callable[[str, str], list[Problem]]


def page_problems(page: Page, read: ReadPage | None = None) -> list[Problem]:
    """The problems of the page's rule blocks."""
    return read(page.text, page.path) if read is not None else []
