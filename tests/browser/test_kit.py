from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import Visit, serve
from toolkit.cli import execute

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

KIT = "kits/2026/12/tuer-01/instagram/"
ROOT = Path(__file__).parents[2]
TEXT = "Tür 1 ist auf. Dahinter: Winterleuchten, die Röstung, die es nur bei Dunkelheit gibt.\n\nHandgriff des Tages"


def clipboard(window: Visit) -> str:
    return str(window.page.evaluate("navigator.clipboard.readText()"))


def copy(window: Visit, name: str) -> str:
    """What a button puts into the clipboard, and says."""
    window.page.get_by_role("button", name=name).click()
    said = window.page.locator(".ls-kit-said")
    said.filter(has_text="copied").wait_for()
    return clipboard(window)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_button_fills_the_clipboard(visit: Callable[..., Visit], width: int) -> None:
    """Text with its line breaks, alt text and command get into the clipboard, and the page says so."""
    window = visit(width)
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.go(KIT)
    assert copy(window, "Copy: Text").startswith(TEXT)
    assert window.page.locator(".ls-kit-said").inner_text() == "Text: copied"
    assert copy(window, "Copy: Alt text of medium 1").startswith("Eine blaue Tür mit der Zahl 1")
    assert copy(window, "Copy: Command") == "leitstand confirm 01M727V5M2AABTS8VD0BRPK88Q instagram URL"
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_copies(visit: Callable[..., Visit]) -> None:
    """A button that has the focus copies with the space bar, and its focus can be seen."""
    window = visit()
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.go(KIT)
    button = window.page.get_by_role("button", name="Copy: Hashtags")
    button.focus()
    window.page.keyboard.press("Space")
    window.page.locator(".ls-kit-said").filter(has_text="Hashtags: copied").wait_for()
    assert clipboard(window) == "#Adventskalender"


def test_without_a_clipboard_the_old_way_copies(visit: Callable[..., Visit]) -> None:
    """On a page without https there is no clipboard for scripts; the text is copied from its selection."""
    window = visit()
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.page.add_init_script(
        "const own = navigator.clipboard; Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "window.readBack = () => own.readText()"
    )
    window.go(KIT)
    window.page.get_by_role("button", name="Copy: Hashtags").click()
    window.page.locator(".ls-kit-said").filter(has_text="Hashtags: copied").wait_for()
    assert window.page.evaluate("window.readBack()") == "#Adventskalender"


def test_without_javascript_the_text_can_be_selected(chromium: Browser, address: str) -> None:
    """No button is shown, and the text stands there to be marked by hand."""
    page = chromium.new_page(java_script_enabled=False)
    page.goto(address + KIT)
    assert page.locator("button[data-copy]:visible").count() == 0
    text = page.locator("#copy-text-1")
    assert text.is_visible()
    assert text.inner_text().startswith(TEXT)
    page.close()


def test_a_picture_is_saved_under_its_name(visit: Callable[..., Visit]) -> None:
    """The link downloads the cut picture, and the file says whose it is."""
    window = visit()
    window.go(KIT)
    with window.page.expect_download() as started:
        window.page.get_by_role("link", name="adventskalender-tuer-1-instagram-1.jpg").click()
    assert started.value.suggested_filename == "adventskalender-tuer-1-instagram-1.jpg"
    assert started.value.path().read_bytes().startswith(b"\xff\xd8")


def test_from_home_to_a_kit(visit: Callable[..., Visit]) -> None:
    """What is due today stands on the home page and leads to its kit, as does the post's page."""
    window = visit()
    window.go("")
    window.page.locator("section[aria-labelledby='byhand'] a", has_text="Hafenleuchten").click()
    window.page.wait_for_url("**/kits/2026/11/hafenleuchten/linkedin/")
    assert "Do not publish now." in window.page.locator(".ls-kit").inner_text()
    window.go("posts/2026/12/tuer-01/")
    window.page.get_by_role("link", name="Kit to publish it by hand").click()
    window.page.wait_for_url(f"**/{KIT}")


def test_a_kit_in_a_folder_works_alone(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written by `leitstand kit`, it copies, fits a phone, asks for nothing, and axe has nothing to say."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    now = "2026-11-21T12:00+01:00"
    target = tmp_path / "kit"
    assert execute(["kit", "tuer-01", "-o", str(target), "--now", now, "-w", str(ROOT)], {"LEITSTAND_LANG": "en"}) == 0
    (target / "favicon.ico").write_bytes(b"")
    with serve(target) as address:
        window = Visit(chromium.new_page(viewport={"width": 390, "height": 800}), address)
        window.listen()
        window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        window.go("index.html")
        assert copy(window, "Copy: Text").startswith(TEXT)
        assert window.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert window.page.locator("img").first.evaluate("image => image.naturalWidth") == 960
        assert violations(window.page) == []
        window.page.close()
    assert window.complaints == []
