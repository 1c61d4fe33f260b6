"""A real report and the pages of key figures in a browser: readable for everybody, by keyboard, on a phone, offline."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import BUT_CONTRAST, CONTRAST, violations
from tests.browser.conftest import NOW, ROOT, Visit, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def call(*command: str, state: Path) -> None:
    """Run a command on the repository's own workspace, with state of its own."""
    environ = {
        **os.environ,
        "LEITSTAND_NOW": NOW,
        "LEITSTAND_STATE_DIR": str(state),
        "LEITSTAND_LANG": "de",
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environ, timeout=300, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's numbers, and the monthly report made of them."""
    state = tmp_path_factory.mktemp("numbers")
    leitstand = (sys.executable, "-m", "toolkit")
    call(*leitstand, "sample", "history", str(state / "exports"), "--now", NOW, state=state)
    call(*leitstand, "import", str(state / "exports"), "--now", NOW, state=state)
    call(*leitstand, "report", "monthly", "--month", "2026-10", "--now", NOW, state=state)
    return state


@pytest.fixture(scope="module")
def report(state: Path) -> str:
    """The report's address as a file: nothing serves it."""
    return (state / "reports/monthly/2026-10/index.html").as_uri()


@pytest.fixture(scope="module")
def site(state: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with the report and the pages of key figures."""
    folder = tmp_path_factory.mktemp("site")
    config = str(ROOT / "mkdocs.yml")
    call(sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", config, "-d", str(folder), state=state)
    with serve(folder) as address:
        yield address


def open_page(chromium: Browser, width: int = 1280, scheme: str = "light") -> Page:
    return chromium.new_page(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )


@pytest.mark.parametrize(
    ("width", "scheme", "asked"), [(1280, "light", {}), (1280, "dark", CONTRAST), (390, "light", BUT_CONTRAST)]
)
def test_axe_finds_nothing_in_a_report(
    chromium: Browser, report: str, width: int, scheme: str, asked: dict[str, object]
) -> None:
    """With all its numbers unfolded: contrast, names, roles, headings; and nothing is wider than the window."""
    page = open_page(chromium, width, scheme)
    page.goto(report)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.locator("figure img").count() >= 5, "charts"
    assert page.locator("section#community, h2#community").count() == 1
    assert violations(page, asked) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.close()


def test_a_report_asks_for_nothing(chromium: Browser, report: str) -> None:
    """Opened as a file it loads nothing but itself, and the browser complains of nothing; its pictures are in it."""
    window = Visit(open_page(chromium), report)
    window.listen()
    window.go("")
    assert window.page.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 0)")
    assert window.complaints == []
    window.page.close()


def test_the_keyboard_reaches_everything(chromium: Browser, report: str) -> None:
    """Tab reaches the skip link first, then each table that scrolls and each fold, which Enter opens; a column's head sorts."""
    page = open_page(chromium, 390)
    page.goto(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _step in range(400):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.localName + '.' + document.activeElement.className"))
        if page.evaluate("document.activeElement === document.body"):
            break
    assert {"div.table", "summary.", "button.", "a."} <= reached
    fold = page.locator("details").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.get_attribute("open") is not None
    head = page.locator("table").first.locator("thead button").first
    head.focus()
    page.keyboard.press("Enter")
    assert page.locator("table").first.locator("th[aria-sort]").count() == 1
    page.close()


def test_a_chart_can_be_read_on_a_phone(chromium: Browser, report: str) -> None:
    """No text in a chart is drawn smaller than 10 pixels on a phone, and each chart says in words what it shows."""
    page = open_page(chromium, 390)
    page.goto(report)
    sizes = list(_texts(page))
    assert sizes
    assert all(words > 40 for words, _size in sizes)
    assert min(size for _words, size in sizes) >= 10
    page.close()


def _texts(page: Page) -> Iterator[tuple[int, float]]:
    """Of each chart: letters of its alternative text, and pixels of its smallest letters as drawn."""
    for image in page.locator("figure img").all():
        svg = base64.b64decode((image.get_attribute("src") or "").partition(",")[2]).decode()
        box, fonts = re.search(r'viewBox="0 0 ([\d.]+) ', svg), re.findall(r"font-size: ([\d.]+)px", svg)
        assert box is not None
        assert "system-ui" in svg, "the reader's own font"
        width = image.evaluate("image => image.clientWidth")
        yield len(image.get_attribute("alt") or ""), min(map(float, fonts)) * width / float(box[1])


@pytest.mark.parametrize(("scheme", "asked"), [("light", {}), ("dark", CONTRAST)])
@pytest.mark.parametrize("path", ["kpis/", "kpis/engagement_rate_followers/", "kpis/reach/", "reports/"])
def test_axe_finds_nothing_in_key_figures_and_the_archive(
    chromium: Browser, site: str, path: str, scheme: str, asked: dict[str, object]
) -> None:
    """The pages of key figures and of reports, and they fit a phone."""
    page = open_page(chromium, 1280, scheme)
    page.goto(site + path)
    assert violations(page, asked) == []
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.close()
