"""Two months of the table of all months in a real browser: the choice, the change with its interval, the address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import serve
from tests.pages.conftest import Studio
from tests.pages.results.test_periods import report
from toolkit.pages.script import read_asset

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of two reported months; each said something of the month before and of a year ago as well."""
    root, state, folder = (tmp_path_factory.mktemp(name) for name in ("house", "state", "pairs"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEITSTAND_LANG", "en")
        report(state, "2026-09", "September 2026", now=41, low=30, before=20)
        report(state, "2026-10", "October 2026", now=82, low=70, before=40)
        body = Studio(root, state).page("reports/compare.md")
    (folder / "pairs.js").write_text(read_asset("scripts/pairs.js"))
    styles = "".join(read_asset(f"styles/{name}.css") for name in ("home", "results"))
    (folder / "site.css").write_text(styles)
    head = '<!doctype html><html lang="en"><link rel="icon" href="data:,"><link rel="stylesheet" href="site.css">'
    (folder / "index.html").write_text(f'{head}<div class="md-typeset">{body}</div><script src="pairs.js"></script>')
    with serve(folder) as found:
        yield found


@pytest.fixture
def window(opened: Callable[..., Page], address: str) -> Callable[..., Page]:
    """Opens an address of the page, with or without scripts."""
    return lambda query="", *, scripts=True: opened(f"{address}{query}", scripts=scripts)


def row(page: Page) -> list[str]:
    """What one sees of the first key figure."""
    return [" ".join(one.split()) for one in page.locator("tbody tr").first.locator("td:visible").all_inner_texts()]


def test_two_months_and_the_change_between_them(window: Callable[..., Page]) -> None:
    """At first the latest and the one before. 82 (70 to 90) over 41 (30 to 90) doubles, and may be a fall by a tenth."""
    page = window()
    assert row(page) == ["Likes", "82 70 to 90", "41 30 to 90", "+100% \N{MINUS SIGN}10% to +177%"]
    page.get_by_label("beside").select_option("2025-10")
    assert row(page) == ["Likes", "82 70 to 90", "40", "+105%"], "without an interval of one month there is none"
    assert str(page.evaluate("location.search")) == "?months=2026-10%2C2025-10"


def test_the_address_can_be_sent(window: Callable[..., Page]) -> None:
    """Whoever opens it sees the same two months, the later first, in whichever order they were chosen."""
    assert row(window("?months=2026-08,2026-10")) == ["Likes", "82 70 to 90", "20", "+310%"]
    assert row(window("?months=1999-01,x"))[1:3] == ["82 70 to 90", "41 30 to 90"]


def test_without_a_script_all_months_stand_there(window: Callable[..., Page]) -> None:
    """The whole table, and no list that does nothing."""
    page = window(scripts=False)
    assert not page.locator("form").is_visible()
    assert row(page) == ["Likes", "82 70 to 90", "41 30 to 90", "20", "40", "40"]
