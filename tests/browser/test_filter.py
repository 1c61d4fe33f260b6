"""The filter of a page in a real browser: the bar, the address, the links that carry it along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import serve
from toolkit.pages.filters import Choice, filter_bar, filter_marks
from toolkit.pages.markup import div, link, tag
from toolkit.pages.script import read_asset

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

BAR = filter_bar(
    [
        Choice("channel", "Channel", {"mastodon": "Mastodon", "bluesky": "Bluesky"}),
        Choice("person", "Person", {"jule": "Jule", "mai": "Mai"}),
    ]
)
ITEMS = (
    ("one", filter_marks(channel=["mastodon", "bluesky"], person=["jule"])),
    ("two", filter_marks(channel=["mastodon"], person=["mai"])),
    ("three", filter_marks(channel=["bluesky"], person=[])),
    ("band", filter_marks(channel=["bluesky"])),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with four items in two groups, a folded one among them, and a link to another page."""
    folder = tmp_path_factory.mktemp("filtered")
    items = {name: tag("p", name, id=name, **marks) for name, marks in ITEMS}
    body = (
        BAR
        + div(
            tag("section", items["one"], items["two"], id="first", data_f_group=True),
            tag("section", items["three"], tag("details", tag("summary", "more"), items["band"]), data_f_group=True),
            data_filter=True,
        )
        + link("other.html?page=2", "Next", id="next", data_filter_keep=True)
    )
    (folder / "filter.js").write_text(read_asset("scripts/filter.js"))
    (folder / "filter.css").write_text(read_asset("styles/filter.css"))
    head = '<!doctype html><link rel="icon" href="data:,"><link rel="stylesheet" href="filter.css">'
    for name in ("index.html", "other.html"):
        Path(folder, name).write_text(f'{head}<div class="ls md-typeset">{body}</div><script src="filter.js"></script>')
    with serve(folder) as found:
        yield found


@pytest.fixture
def window(opened: Callable[..., Page], address: str) -> Callable[..., Page]:
    """Opens an address of the page, with or without scripts."""
    return lambda query="", *, scripts=True: opened(f"{address}{query}", scripts=scripts)


def address_of(page: Page) -> str:
    """Where the page itself says it is; what the browser tells us of it comes later."""
    return str(page.evaluate("location.href"))


def shown(page: Page) -> list[str]:
    """The items that one sees."""
    return [name for name, _marks in ITEMS if page.locator(f"#{name}").is_visible()]


def test_a_choice_shows_what_fits_and_stands_in_the_address(window: Callable[..., Page], address: str) -> None:
    """Of several channels one is enough, of several fields all count; whoever opens the address sees the same."""
    page = window()
    page.get_by_text("Channel").click()
    page.get_by_label("Bluesky").check()
    assert shown(page) == ["one", "three", "band"]
    assert address_of(page) == f"{address}?channel=bluesky"
    assert page.get_by_role("status").inner_text() == "2 of 3 shown", "the band carries no person and is not counted"
    page.get_by_text("Person").click()
    page.get_by_label("Jule").check()
    assert shown(page) == ["one", "band"]
    again = window(address_of(page).removeprefix(address))
    assert shown(again) == ["one", "band"]
    assert again.get_by_label("Jule").is_checked()


def test_the_next_page_is_filtered_alike(window: Callable[..., Page]) -> None:
    """A link that keeps the choice carries it beside what it says itself."""
    page = window("?channel=mastodon&h=word")
    page.locator("#next").click()
    page.wait_for_url("**/other.html?page=2&channel=mastodon")
    assert shown(page) == ["one", "two"]


def test_nothing_fits(window: Callable[..., Page], address: str) -> None:
    """An unknown value is shown as chosen, a sentence says that nothing fits, and one press shows all again."""
    page = window("?channel=telegram&person=jule")
    assert shown(page) == []
    assert page.get_by_label("telegram").is_checked()
    page.get_by_role("button", name="Show all").last.click()
    assert shown(page) == ["one", "two", "three"], "what is folded is folded again"
    assert address_of(page) == address


def test_groups_without_items_go(window: Callable[..., Page]) -> None:
    """A section whose items are all gone is gone with them."""
    page = window("?person=mai")
    assert page.locator("#first").is_visible()
    assert page.locator("section:visible").count() == 2, "the band is not concerned by people"
    page = window("?channel=telegram")
    assert page.locator("section:visible").count() == 0


def test_a_keyboard_is_enough(window: Callable[..., Page]) -> None:
    """Tab and space choose, Escape closes the menu and leaves the focus on it."""
    page = window()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert shown(page) == ["one", "two"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not page.get_by_label("Mastodon").is_visible()


def test_an_address_cannot_put_markup_on_the_page(window: Callable[..., Page]) -> None:
    """What the address names is shown as text."""
    page = window("?channel=%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D1%22%3E")
    assert page.locator("img").count() == 0
    assert page.title() == ""


def test_without_scripts_everything_is_shown(window: Callable[..., Page]) -> None:
    """Nobody is offered a bar that does nothing."""
    page = window("?channel=bluesky", scripts=False)
    assert shown(page)[:3] == ["one", "two", "three"]
    assert page.locator("form:visible").count() == 0
