from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_kit import clipboard
from toolkit.source import FolderTree
from toolkit.tokens import colour_of, open_tokens

pytestmark = pytest.mark.browser

PAGE = "handbook/farben/"
ROOT = Path(__file__).parents[2]
TOKENS = open_tokens(FolderTree(ROOT))[0]
# What the browser paints, as bytes of red, green and blue.
PAINTED = "all => all.map(one => getComputedStyle(one).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))"


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_cut_off(visit: Callable[..., Visit], width: int) -> None:
    """On a desk and on a phone."""
    window = visit(width)
    window.go(PAGE)
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML)"
    assert window.page.locator(".ls-swatch").evaluate_all(cut) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_swatch_is_painted_as_the_file_says(visit: Callable[..., Visit], scheme: str) -> None:
    """The colours on the screen are the token's, in the file's order, whatever the scheme."""
    window = visit(scheme=scheme)
    window.go(PAGE)
    expected = [list(colour_of(token).rgb) for token in TOKENS.group("color.palette").values()]
    assert window.page.locator(".ls-swatch-colour").evaluate_all(PAINTED) == expected
    shown = window.page.locator(".ls-swatch-hex").all_inner_texts()
    assert shown == [colour_of(token).hex for token in TOKENS.group("color.palette").values()]


def test_a_button_copies_the_value(visit: Callable[..., Visit]) -> None:
    """With a click and with the keyboard, and the page says whose value it was."""
    window = visit()
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.go(PAGE)
    said = window.page.locator(".ls-kit-said")
    window.page.get_by_role("button", name="Copy: Fjord").click()
    said.filter(has_text="Fjord: copied").wait_for()
    assert clipboard(window) == "#2b6777"
    window.page.get_by_role("button", name="Copy: Kupfer").focus()
    window.page.keyboard.press("Enter")
    said.filter(has_text="Kupfer: copied").wait_for()
    assert clipboard(window) == "#a84e28"


def test_the_site_wears_the_brands_colours(visit: Callable[..., Visit]) -> None:
    """Variables of the page are the tokens: the roles that the matrix names are those that are drawn."""
    window = visit()
    window.go(PAGE)
    found = window.page.evaluate("getComputedStyle(document.body).getPropertyValue('--brand-color-light-primary')")
    assert re.fullmatch(r"\s*#2b6777\s*", found)
