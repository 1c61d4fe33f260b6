"""The handbook's pages in a real browser: looking words up, taking texts and files away, nothing cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import violations
from tests.browser.test_kit import clipboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

WORDS = "handbook/woerter/"


def test_a_word_is_found_as_one_types(visit: Callable[..., Visit]) -> None:
    """By what is right and by what is not, whatever its case and dots; Escape brings all back, and all is said aloud."""
    window = visit()
    window.go(WORDS)
    field, words = window.page.get_by_role("searchbox", name="Look up a word"), window.page.locator(".ls-word:visible")
    said = window.page.locator("[data-find-said]")
    every = words.count()
    field.press_sequentially("ROEST")
    said.filter(has_text="Nothing here").wait_for()
    field.fill("webshop")
    said.filter(has_text="1 word").wait_for()
    assert words.locator("b").all_inner_texts() == ["Onlineshop"]
    field.fill("röster")
    assert "Rösterei" in words.locator("b").all_inner_texts()
    field.press("Escape")
    assert words.count() == every
    window.go(f"{WORDS}#wort-onlineshop")
    assert window.page.locator("#wort-onlineshop").is_visible()


def test_a_reply_is_copied_as_it_is_sent(visit: Callable[..., Visit]) -> None:
    """One line a paragraph, with its placeholders; the page says so."""
    window = visit()
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.go("handbook/replies/lieferverzug/")
    window.page.get_by_role("button", name="Copy: Reply 1").click()
    window.page.locator(".ls-kit-said").filter(has_text="Reply 1: copied").wait_for()
    assert clipboard(window).startswith(
        "Das soll nicht so lange dauern, {vorname}. Wir haben dir gerade eine private Nach"
    )
    assert "\n" not in clipboard(window)


def test_a_file_is_taken_away_under_its_name(visit: Callable[..., Visit]) -> None:
    """The button downloads the file of the handbook, and the archive has all of a block."""
    window = visit()
    window.go("handbook/material/")
    with window.page.expect_download() as one:
        window.page.get_by_role("link", name="Download: Logo in Nacht (SVG)").click()
    assert one.value.suggested_filename == "logo-nacht.svg"
    with window.page.expect_download() as every:
        window.page.get_by_role("link", name="Download all 5 files").click()
    assert every.value.suggested_filename == "material-logo.zip"


def test_a_key_of_the_reference_is_found_as_one_types(visit: Callable[..., Visit]) -> None:
    """By its name, its meaning or its heading; headings without a find go, and the address of a key leads to its row."""
    window = visit()
    window.go("handbook/referenz/front-matter/")
    field = window.page.get_by_role("searchbox", name="Look up a key")
    rows, headings = window.page.locator(".ls-keys tbody tr:visible"), window.page.locator("article h2:visible")
    every, sections = rows.count(), headings.count()
    field.fill("uid leitstand new")
    assert rows.locator("td:first-child").all_inner_texts() == ["uid"]
    assert headings.count() == 1
    field.press("Escape")
    assert (rows.count(), headings.count()) == (every, sections)
    address = rows.first.locator("a.ls-key").get_attribute("href")
    window.go(f"handbook/referenz/front-matter/{address}")
    assert window.page.locator("tr:target").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_reference_is_read_on_a_desk_and_on_a_phone(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    """Rules, one rule and settings: axe finds nothing, nothing is cut off, and a rule is found by its severity."""
    window = visit(width, scheme)
    for page in ("regeln/", "regeln/contrast/", "leitstand-toml/", "netzwerke/"):
        window.go(f"handbook/referenz/{page}")
        assert violations(window.page) == [], page
        assert window.page.evaluate("document.documentElement.scrollWidth") <= width, page
    window.go("handbook/referenz/regeln/")
    window.page.get_by_role("searchbox", name="Look up a rule").fill("alt-text")
    assert window.page.locator(".ls-rules > li:visible").count() == 1
