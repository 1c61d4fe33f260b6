"""An executed notebook made by hand, so that what becomes of its outputs can be seen without a kernel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from toolkit.reports.manifest import Manifest, file_hash, write_manifest
from toolkit.reports.page import Page, find_contents, make_page, page_css
from toolkit.source import FolderTree
from toolkit.tokens import open_brand

SETTINGS = """format = 1

[workspace]
id = "probe"
name = "Probe & Söhne"
timezone = "Europe/Berlin"
languages = ["en"]
interface = "en"
url = "https://site.example.com"

[people.tarek]
name = "Tarek"
roles = ["manager"]
email = "tarek@example.com"
deputy = "wiebke"
absences = [{ from = 2026-11-20, to = 2026-11-23 }]

[people.wiebke]
name = "Wiebke"
roles = ["manager"]
email = "wiebke@example.com"

[people.ines]
name = "Ines"
roles = ["analyst"]
email = "ines@example.com"

[people.mai]
name = "Mai"
roles = ["community"]

[reports]
mail = ["manager", "ines", "mai"]
"""
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


@pytest.fixture
def report_folder(tmp_path: Path) -> Path:
    """A workspace in which October's report has been made: its folder, with page, notebook and manifest."""
    (tmp_path / "leitstand.toml").write_text(SETTINGS)
    folder = tmp_path / "state/reports/monthly/2026-10"
    folder.mkdir(parents=True)
    notebook = executed(
        shown("text/html", '<p class="stage provisional">Provisional: it waits for the counts of X.</p>'),
        shown("text/html", '<h2 id="summary">Summary</h2><ol class="summary"><li>Ten posts.</li><li>All &amp; well.</li></ol>'),
        shown("text/html", rows({"Likes": "1,234"})),
    )  # fmt: skip
    nbformat.write(notebook, folder / "monthly.ipynb")  # type: ignore[no-untyped-call]  # nbformat is untyped
    (folder / "index.html").write_text(page_of(notebook))
    write_manifest(folder, manifest_of(folder))
    return folder


def manifest_of(folder: Path) -> Manifest:
    """The manifest of what lies in a folder."""
    return Manifest(
        report="monthly",
        key="sha256:0",
        basis={"parameters": {"month": "2026-10", "language": "en", "channels": [], "workspace": "/secret/place"}},
        commit="",
        made_at="2026-11-21T12:00:00+01:00",
        seconds=1.0,
        cpu_seconds=1.0,
        isolation=None,
        failures=(),
        outputs={path.name: file_hash(path) for path in sorted(folder.iterdir())},
    )
