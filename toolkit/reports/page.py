"""From an executed notebook to one HTML file: code hidden, outputs cleaned, nothing loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toolkit.messages import _
from toolkit.reports.sanitise import clean
from toolkit.tokens import Brand, Colour, brand_css, readable, say_hex, say_variables
from toolkit.values import dataclass

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATES: Final = Path(__file__).parent
# What a page can show, the best first.
SHOWN: Final = ("image/svg+xml", "text/html", "image/png", "image/jpeg", "text/markdown", "text/plain")
# Good and bad news are also written on boxes, for which the brand's own green and red need not be meant.
_MOODS: Final = {"good": "success", "bad": "danger"}
_KEPT: Final = threading.local()
_HEADING: Final = re.compile(r'<h2 id="([\w-]+)">(.*?)</h2>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """The words around the notebook's outputs, in the report's language."""

    language: str
    title: str
    brand: str
    heading: str
    made: str
    footer: str
    css: str
    failures: tuple[str, ...] = ()
    contents: tuple[tuple[str, str], ...] = ()
    created: str = ""  # ISO 8601, for the PDF's properties


def find_failures(notebook: NotebookNode) -> tuple[str, ...]:
    """``cell: error: message`` for every cell that failed, in order."""
    return tuple(
        f"{cell.get('id', index)}: {output.ename}: {output.evalue}"
        for index, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    )


def find_contents(notebook: NotebookNode) -> tuple[tuple[str, str], ...]:
    """Anchor and text of every section heading in the outputs."""
    shown = (
        output.get("data", {}).get("text/html", "") for cell in notebook.cells for output in cell.get("outputs", [])
    )
    return tuple(
        (match[1], unescape(re.sub(r"<[^>]+>", "", match[2]))) for html in shown for match in _HEADING.finditer(html)
    )


def make_page(notebook: NotebookNode, page: Page) -> str:
    """The whole HTML document."""
    script = read_template("report.js")
    words = {
        **asdict(page),
        "script": script,
        "script_hash": _script_hash(script),
        "skip": _("Skip to the content"),
        "contents_title": _("Contents"),
        "failed": _("This report is incomplete. These cells failed:"),
    }
    html, _resources = _exporter().from_notebook_node(_tidy(notebook), resources={"page": words})
    return str(html)


def _exporter() -> Any:
    """This thread's own. It is kept: reading its templates takes longer than making a page of them."""
    if not hasattr(_KEPT, "exporter"):
        _KEPT.exporter = _make_exporter()
    return _KEPT.exporter


def _make_exporter() -> Any:
    from nbconvert import HTMLExporter

    exporter: Any = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="template", extra_template_basedirs=[str(TEMPLATES)]
    )
    exporter.exclude_input = True
    exporter.exclude_raw = True
    exporter.optimistic_validation = True  # once, and not after each of its steps
    filters = {"clean": clean, "picture": _picture, "alternative": _alternative, "caption": _caption}
    for name, function in filters.items():
        exporter.register_filter(name, function)
    return exporter


def page_css(brand: Brand) -> str:
    """The whole style sheet of a page in the brand's colours."""
    light, dark = (say_variables({f"--{name}": _mood(roles, role) for name, role in _MOODS.items()})
                   for roles in (brand.light, brand.dark))  # fmt: skip
    moods = f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f"{brand_css(brand)}\n{moods}\n{read_template('report.css')}"


def _mood(roles: Mapping[str, Colour], role: str) -> str:
    """The role's colour, moved as little as it takes to be read on the page and on its boxes."""
    return say_hex(readable(roles[role], roles["background"], roles["surface"]))


def read_template(name: str) -> str:
    """One of the files that every page is made with."""
    return (TEMPLATES / "template" / name).read_text(encoding="utf-8")


def _script_hash(script: str) -> str:
    """The one script that a page may run, as its policy names it; what a notebook brings has another hash."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _tidy(notebook: NotebookNode) -> NotebookNode:
    """A copy with only what the page shows: no parameters, no warnings, one form of each output."""
    tidy: NotebookNode = deepcopy(notebook)
    tidy.cells = [cell for cell in tidy.cells if "papermill-error-cell-tag" not in cell.metadata.get("tags", [])]
    for cell in tidy.cells:
        kept = [output for output in cell.get("outputs", []) if output.get("name") != "stderr"]
        for output in kept:
            if "data" in output:
                best = next((kind for kind in SHOWN if kind in output.data), None)
                output.data = {best: output.data[best]} if best else {}
        if cell.cell_type == "code":
            cell.outputs = kept
    return tidy


def _picture(svg: str) -> str:
    """An SVG as base64: inside an image nothing can run or be loaded."""
    return base64.b64encode(svg.encode()).decode()


def _alternative(output: Mapping[str, Any]) -> str:
    """The alternative text that the output brings, for whichever kind it was shown as."""
    return _about(output, "alt")


def _caption(output: Mapping[str, Any]) -> str:
    """The caption that the output brings, as an element; nothing without one."""
    text = _about(output, "caption")
    return f"<figcaption>{escape(text)}</figcaption>" if text else ""


def _about(output: Mapping[str, Any], key: str) -> str:
    metadata = output.get("metadata", {})
    kinds = (metadata.get(kind) for kind in SHOWN)
    texts = (kind.get(key, "") for kind in kinds if isinstance(kind, Mapping))
    return str(next(filter(None, texts), metadata.get(key, "")))
