"""An executed notebook made by hand, so that what becomes of its outputs can be seen without a kernel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from toolkit.reports.page import Page, find_contents, make_page, page_css
from toolkit.source import FolderTree
from toolkit.tokens import open_brand

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 150" width="360pt" height="150pt">'
    "<style>:root{--primary:#2b6777;--text:#12263a;}\n@media screen and (prefers-color-scheme:dark){:root{--primary:#fff;}}"
    '</style><rect width="300" height="100" fill="var(--primary)"/><text x="9" y="130" fill="var(--text)">Mastodon</text></svg>'
)
TABLE = (
    '<div class="table" role="region" aria-label="Key figures" tabindex="0"><table><caption>Key figures</caption>'
    '<thead><tr><th scope="col">KPI</th><th scope="col" class="number">Value</th></tr></thead><tbody>{rows}</tbody></table></div>'
)


def shown(kind: str, data: str, **about: str) -> NotebookNode:
    """One output of a cell."""
    metadata = {kind: about} if about else {}
    return nbformat.from_dict({"output_type": "display_data", "data": {kind: data}, "metadata": metadata})  # type: ignore[no-untyped-call,no-any-return]  # nbformat is untyped


def executed(*outputs: NotebookNode) -> NotebookNode:
    """A notebook with one executed cell."""
    cell = {
        "cell_type": "code",
        "id": "c1",
        "source": "",
        "execution_count": 1,
        "metadata": {},
        "outputs": list(outputs),
    }
    whole = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return nbformat.from_dict(whole)  # type: ignore[no-untyped-call,no-any-return]  # nbformat is untyped


def rows(pairs: Mapping[str, str]) -> str:
    """The rows of a table whose first column names them."""
    cells = (f'<tr><th scope="row">{name}</th><td class="number">{value}</td></tr>' for name, value in pairs.items())
    return TABLE.format(rows="".join(cells))


def page_of(notebook: NotebookNode, language: str = "en") -> str:
    """The page of a notebook, with the brand of a folder that has none of its own."""
    page = Page(
        language=language,
        title="Monthly report October 2026, Probe & Söhne",
        brand="Probe & Söhne",
        heading="Monthly report October 2026",
        made="As of 21 Nov 2026, 12:00",
        footer="Made by Leitstand.",
        css=page_css(open_brand(FolderTree(Path(__file__).parent))),
        contents=find_contents(notebook),
        created="2026-11-21T12:00:00+01:00",
    )
    return make_page(notebook, page)


@pytest.fixture(scope="session")
def long_notebook() -> NotebookNode:
    """Sections with a table of a hundred rows and charts: more than fits on a few sheets of paper."""
    outputs = []
    for number in range(4):
        outputs += [
            shown("text/html", f'<h2 id="part-{number}">Part {number}</h2>'),
            shown("text/html", rows({f"Row {number}.{at}": f"{at}.5" for at in range(40)})),
            shown("image/svg+xml", SVG, alt=f"Bars of part {number}: Mastodon leads", caption=f"Chart {number}"),
        ]
    return executed(*outputs)
