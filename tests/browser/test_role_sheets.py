"""The guides of one page, on paper."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SHEETS = ("redaktion", "leitung", "community", "analyse", "betrieb")


@pytest.mark.parametrize("role", SHEETS)
def test_a_guide_of_one_page_is_one_sheet(chromium: Browser, address: str, role: str) -> None:
    """Printed on A4 with ordinary margins, the guide of each role is one sheet, with its last line on it."""
    from pypdf import PdfReader

    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}handbook/anleitung/kurz/{role}/")
    sheet = page.pdf(format="A4", margin={"top": "12mm", "bottom": "12mm", "left": "14mm", "right": "14mm"})
    paper = PdfReader(BytesIO(sheet))
    page.close()
    assert len(paper.pages) == 1
    assert "Mehr:" in paper.pages[0].extract_text()
