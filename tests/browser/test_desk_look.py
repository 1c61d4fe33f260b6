"""How the desk looks and is reached, in Chromium: every page, phone and desk, light and dark, German and English."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.desk_screens import Look, axe, crisis_pages, morning_pages, open_window, sign_in
from benchmarks.deskhouse import RunningDesk, live_through, make_house, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, StorageState

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk-look")]

PAGES = (
    "today",
    "inbox",
    "inbox-nothing",
    "conversation",
    "conversation-long",
    "replies",
    "approvals",
    "posts",
    "post",
    "pause",
    "crisis",
    "incident",
    "audit",
    "login",
    "missing",
)
# Each size, scheme and language once: what is wrong with one of them is wrong on whatever the others are.
LOOKS = (Look("desktop", "light", "de"), Look("phone", "dark", "en"))
# Nearest phone, a desk at 200 %, a tablet both ways.
WIDTHS = (360, 640, 768, 1024)
FINGER = 44  # pixels


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk in whose house a morning has been lived through, and an incident runs."""
    house = make_house(tmp_path_factory.mktemp("look") / "house")
    live_through(house)
    with running(house, "wiebke") as found:
        yield found


@pytest.fixture(scope="module")
def pages(desk: RunningDesk) -> dict[str, str]:
    """Name → address."""
    return morning_pages(desk) | crisis_pages(desk)


@pytest.fixture(scope="module")
def session(chromium: Browser, desk: RunningDesk) -> StorageState:
    """What the browser keeps of a manager who has signed in."""
    return sign_in(chromium, desk)


Open = Callable[[str, Look], "Page"]


@pytest.fixture
def visit(chromium: Browser, desk: RunningDesk, pages: dict[str, str], session: StorageState) -> Iterator[Open]:
    """Opens a page by its name in a new window."""
    opened: list[Page] = []

    def go(name: str, look: Look) -> Page:
        page = open_window(chromium, look, session)
        opened.append(page)
        page.goto(desk.url + pages[name], wait_until="load")
        return page

    yield go
    for page in opened:
        page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit: Open, name: str) -> None:
    """axe-core is silent in both schemes, languages and sizes; from 360 pixels on no page is wider than its window."""
    for look in LOOKS:
        page = visit(name, look)
        said = axe(page)
        assert said == [], f"{look.name}: {json.dumps(said, indent=1, ensure_ascii=False)}"
        for width in WIDTHS if look is LOOKS[0] else ():
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"at {width}"


@pytest.mark.parametrize("name", ["inbox", "conversation", "approvals", "posts", "pause", "incident", "today"])
def test_a_finger_hits_everything(visit: Open, name: str) -> None:
    """On a phone every press, field and entry of a bar is at least 44 pixels high; only links within sentences are smaller."""
    page = visit(name, Look("phone", "light", "de"))
    small = page.evaluate(
        """least => [...document.querySelectorAll('button, summary.button, .button, select, .nav a, label.tick,'
             + 'input:not([type=hidden], [type=checkbox], [type=radio]), textarea, .tabs a, .row-pick')]
             .filter(one => one.checkVisibility() && !one.matches('.unseen') && one.getBoundingClientRect().height < least - .5)
             .map(one => one.outerHTML.slice(0, 120))""",
        FINGER,
    )
    assert small == []


def test_the_keyboard_goes_the_way_of_the_eye(visit: Open) -> None:
    """The first tab offers to skip to the content, which it does; each further stop is in view and has a visible outline."""
    page = visit("inbox", Look("desktop", "light", "en"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _stop in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const one = document.activeElement, row = one.closest('.row'), drawn = one.matches('.row-link') ? row : one;
                       const style = getComputedStyle(drawn), box = drawn.getBoundingClientRect();
                       return {html: one.outerHTML.slice(0, 100), width: parseFloat(style.outlineWidth), style: style.outlineStyle,
                               inside: box.bottom > 0 && box.top < innerHeight}; }"""
        )
        assert seen["style"] == "solid", seen
        assert seen["width"] >= 2, seen
        assert seen["inside"], seen


def test_light_and_dark_are_a_choice_that_stays(visit: Open) -> None:
    """Who chooses dark on a light device stays on the page, has it dark there and on the next page, and light again on request."""
    page = visit("posts", Look("desktop", "light", "en"))
    ground = "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)"
    here = page.url
    assert min(page.evaluate(ground)) > 200
    for label, dark in (("Dark", True), ("As the device", False)):
        page.locator(".top summary").click()
        with page.expect_navigation():
            page.get_by_role("button", name=label, exact=True).click()
        assert page.url == here
        page.goto(here.replace("/posts", "/pause"))
        assert (max(page.evaluate(ground)) < 80) is dark
        page.goto(here)


def test_what_can_be_done_with_chosen_rows_shows_itself(visit: Open) -> None:
    """The bar below the list is not there until a box is ticked, says how many are, and goes again."""
    page = visit("inbox", Look("phone", "light", "en"))
    bar = page.locator(".bulk")
    assert not bar.is_visible()
    for number in range(2):
        page.locator(".row-pick").nth(number).click()
    assert bar.is_visible()
    assert page.locator(".bulk-count").inner_text() == "2"
    for number in range(2):
        page.locator(".row-pick").nth(number).click()
    assert not bar.is_visible()


def test_a_menu_closes_with_escape_and_with_a_press_elsewhere(visit: Open) -> None:
    """Escape gives the focus back to what opened the menu."""
    page = visit("today", Look("desktop", "light", "en"))
    summary = page.locator(".top summary")
    summary.click()
    assert page.locator(".top .menu-items").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".top .menu-items").is_visible()
    assert summary.evaluate("one => one === document.activeElement")
    summary.click()
    page.locator("h1").click()
    assert not page.locator(".top .menu-items").is_visible()


def test_nothing_moves_for_who_wants_no_motion(visit: Open) -> None:
    """With reduced motion no element of any page has an animation or a transition that lasts."""
    for name in ("inbox", "incident"):
        page = visit(name, Look("desktop", "light", "en"))
        page.emulate_media(reduced_motion="reduce")
        longest = page.evaluate(
            """Math.max(...[...document.querySelectorAll('*')].flatMap(one => { const style = getComputedStyle(one);
               return [style.transitionDuration, style.animationDuration].flatMap(all => all.split(',').map(parseFloat)); }))"""
        )
        assert longest <= 0.001


def test_the_browser_complains_of_nothing(
    chromium: Browser, desk: RunningDesk, pages: dict[str, str], session: StorageState
) -> None:
    """Under the strict content policy no page asks elsewhere, and none writes an error or a warning to the console."""
    context = chromium.new_context(storage_state=session)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda ask: None if ask.url.startswith((desk.url, "data:")) else complaints.append(ask.url))
    for name, path in pages.items():
        if name != "missing":  # its 404 is told to the console
            page.goto(desk.url + path, wait_until="load")
            assert complaints == [], name
    context.close()


def test_every_rule_of_the_sheet_has_something_to_draw() -> None:
    """No class of the style sheet is left that no template, script or page of ours has any more."""
    room = Path(__file__).parents[2] / "toolkit" / "desk"
    rules = (room / "assets" / "desk.css").read_text("utf-8")
    plain = re.sub(r"/\*.*?\*/|\d\.\w+|\"[^\"]*\"", "", rules, flags=re.DOTALL)
    drawn = set(re.findall(r"\.(-?[a-z][\w-]*)", plain))
    users = [*room.rglob("*.html"), *room.rglob("*.js"), *room.rglob("*.py")]
    words = set(re.findall(r"[\w-]+", " ".join(path.read_text("utf-8") for path in users)))
    made = {name for name in drawn if name.startswith(("net-", "htmx-"))}  # from a network's name; by htmx itself
    assert drawn - words - made == set()
