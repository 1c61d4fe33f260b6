"""What somebody prints: pages of the site on A4, with the margins that the site asks for."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

POST = "posts/2026/11/gewuerzsirup/"
# At least what a page says must fit; the rest of a further sheet would be waste.
SHEETS = {
    "": 1,
    "home/manager/": 2,
    "calendar/": 1,
    "posts/2026-12/": 1,
    "campaigns/advent-2026/": 3,
    "team/": 2,
    "handbook/briefings/advent-2026/": 1,
}
# Pairs of elements of `outer` that lie on each other.
COVERED = """([outer, first, second]) => [...document.querySelectorAll(outer)].flatMap((one) => {
  const [a, b] = [first, second].map((inner) => one.querySelector(inner)?.getBoundingClientRect());
  const over = a && b && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return over ? [one.textContent] : [];
})"""


@pytest.mark.parametrize(("path", "most"), SHEETS.items())
def test_a_page_takes_no_more_sheets_than_it_needs(visit: Callable[..., Visit], path: str, most: int) -> None:
    """And leads nowhere on paper: no tabs, no ways to other views."""
    window = visit()
    window.go(path)
    sheets = PdfReader(BytesIO(window.page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(sheets) <= most
    window.page.emulate_media(media="print")
    assert window.page.locator(":is(.md-tabs, .md-sidebar, .ls-places, .ls-views, .ls-steps):visible").count() == 0


def test_previews_are_as_wide_on_paper_as_on_a_phone(visit: Callable[..., Visit]) -> None:
    """Two beside each other, and the facts below them rather than beside."""
    window = visit(width=700)
    window.go(POST)
    window.page.emulate_media(media="print")
    cards = [card.bounding_box() for card in window.page.locator(".ls-card").all()]
    assert cards
    assert all(card and card["width"] > 300 for card in cards)


@pytest.mark.parametrize(("media", "width"), [("print", 700), ("screen", 390), ("screen", 1280)])
def test_no_word_lies_on_another(visit: Callable[..., Visit], media: str, width: int) -> None:
    """In the word list, on paper, on a phone and on a desk."""
    window = visit(width=width)
    window.go("handbook/woerter/")
    window.page.emulate_media(media="print" if media == "print" else "screen")
    assert window.page.evaluate(COVERED, [".ls-word", ".ls-word-name", ".ls-word-why"]) == []


@pytest.mark.parametrize(("media", "width"), [("print", 700), ("screen", 1280)])
def test_a_key_of_the_references_is_one_line(visit: Callable[..., Visit], media: str, width: int) -> None:
    """And not one letter below the other."""
    window = visit(width=width)
    window.go("handbook/referenz/front-matter/")
    window.page.emulate_media(media="print" if media == "print" else "screen")
    box = window.page.locator("a.ls-key").first.bounding_box()
    assert box
    assert box["width"] > box["height"]
