"""The PDF of a report: readable by people, by screen readers, and without loading anything."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import pytest
from nbformat import NotebookNode
from pypdf import PdfReader

from tests.reports.files.conftest import SVG, executed, page_of, shown
from toolkit.reports.files.paper import light_picture, make_pdf


@pytest.fixture(scope="module")
def pdf(long_notebook: NotebookNode) -> bytes:
    return make_pdf(page_of(long_notebook))


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def root_of(reader: PdfReader) -> Any:
    """The catalogue of the document, untyped as PDF is."""
    root: Any = reader.trailer["/Root"]
    return root


def tags(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every structure element below a node, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from tags(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"], node
        if "/K" in node:
            yield from tags(node["/K"])


def test_it_is_tagged_and_says_what_it_is(reader: PdfReader) -> None:
    """Marked, with a language, a title that viewers show, an author, and the claim of PDF/UA-1."""
    root = root_of(reader)
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert reader.metadata is not None
    assert reader.metadata.title == "Monthly report October 2026, Probe & Söhne"
    assert reader.metadata.author == "Probe & Söhne"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()


def test_every_part_has_its_tag(reader: PdfReader) -> None:
    """One H1, an H2 per section, tables with head and body, and each chart is a figure with its words."""
    found = list(tags(root_of(reader)["/StructTreeRoot"]["/K"]))
    names = [name for name, _node in found]
    assert (names.count("/H1"), names.count("/H2")) == (1, 4)
    assert names.count("/TD") == 4 * 40
    assert names.count("/TH") == 4 * 40 + 2 * names.count("/Table")  # the head comes again on each sheet
    figures = [node["/Alt"] for name, node in found if name == "/Figure"]
    assert figures == [f"Bars of part {number}: Mastodon leads" for number in range(4)]


def test_bookmarks_lead_to_the_sections(reader: PdfReader) -> None:
    """The outline is the sections in their order, each on the sheet where its heading stands."""
    entries = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry.title for entry in entries] == [f"Part {number}" for number in range(4)]
    for entry in entries:
        number = reader.get_destination_page_number(entry)
        assert number is not None
        assert str(entry.title) in reader.pages[number].extract_text()


def test_each_sheet_has_its_number_and_all_but_the_first_a_running_head(reader: PdfReader) -> None:
    """Brand and period stand at the head, the number of sheets at the foot."""
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) > 3
    assert all(f"{number} / {len(texts)}" in text for number, text in enumerate(texts, 1))
    assert all("Monthly report October 2026" in text and "Probe & Söhne" in text for text in texts[1:])


def test_a_table_over_two_sheets_repeats_its_head_and_none_ends_with_its_first_row(reader: PdfReader) -> None:
    """Whoever looks at the second sheet sees the names of the columns."""
    for page in reader.pages:
        lines = page.extract_text().splitlines()
        held = [at for at, line in enumerate(lines) if line.startswith("Row ")]
        if held:
            assert any(line.startswith("KPI") for line in lines[: held[0]])
            assert len(held) > 1


def test_fonts_are_inside(reader: PdfReader) -> None:
    """It reads the same on a machine without the brand's fonts."""
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = [font.get_object() for one in resources for font in one["/Font"].values()]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert any(key.startswith("/FontFile") for key in inner["/FontDescriptor"])


def test_the_same_page_gives_the_same_bytes(pdf: bytes, long_notebook: NotebookNode) -> None:
    """So a PDF can be verified by its hash."""
    assert make_pdf(page_of(long_notebook)) == pdf


def test_charts_are_drawn_in_their_light_colours() -> None:
    """WeasyPrint knows no variables inside pictures; unknown ones become the colour of text."""
    light = light_picture(SVG.encode()).decode()
    assert 'fill="#2b6777"' in light
    assert "var(" not in light
    assert light_picture(b'<svg fill="var(--gone)"/>') == b'<svg fill="currentColor"/>'


@pytest.mark.parametrize("address", ["file://{path}", "http://127.0.0.1:9/pixel.png", "{path}", "//127.0.0.1:9/x"])
def test_the_document_loads_nothing(address: str, tmp_path: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a file of this machine nor an address of the network gets in, also not from inside a picture."""
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>canary-91c2</text></svg>')
    target = address.format(path=secret)
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image href="{target}" xlink:href="{target}" width="9" height="9"/></svg>'
    html = (
        f'<html lang="en"><head><title>t</title><link rel="stylesheet" href="{target}"></head><body><h1>t</h1>'
        f'<img alt="a" src="{target}"><p style="background:url({target})">kept</p>'
        f'<img alt="b" src="data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"></body></html>'
    )
    reader = PdfReader(io.BytesIO(make_pdf(html)))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "kept" in text
    assert "canary-91c2" not in text


def test_a_notebook_cannot_style_the_paper() -> None:
    """A style sheet in an output is gone before the page becomes a PDF."""
    hostile = shown("text/html", "<style>@page{size:1mm}</style><p>kept</p>")
    reader = PdfReader(io.BytesIO(make_pdf(page_of(executed(hostile)))))
    assert "kept" in reader.pages[0].extract_text()
    assert round(float(reader.pages[0].mediabox.width)) == 595  # A4
