from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.absent import without_server

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "calendar/",
    "calendar/2026-11/",
    "posts/",
    "posts/2026-11/",
    "posts/2026/12/tuer-01/",
    "campaigns/",
    "campaigns/advent-2026/",
    "channels/",
    "channels/mastodon/",
    "ideas/",
    "ideas/fruehschicht/",
    "ideas/occasions/",
    "ideas/topics/",
    "team/",
    "team/reviews/",
    "team/decisions/",
    "team/tarek/",
    "home/manager/",
    "home/community/",
    "home/editor/",
    "home/reader/",
    "home/first-day/",
    "calendar/slots/",
    "experiments/frage-am-ende/",
    "research/",
    "handbook/strategy/",
    "reports/",
    "problems/",
    "handbook/",
    "handbook/farben/",
)
# Those whose markup differs most from a phone to a desk.
ON_A_PHONE = (
    "",
    "calendar/2026-11/",
    "posts/2026-11/",
    "posts/2026/12/tuer-01/",
    "handbook/farben/",
    "ideas/",
    "team/",
    "home/manager/",
    "home/editor/",
    "research/",
    "campaigns/advent-2026/",
    "handbook/strategy/",
)
LOOKS = (
    *((path, 1280, scheme) for path in PAGES for scheme in ("light", "dark")),
    *((path, 390, "light") for path in ON_A_PHONE),
)


def test_from_home_to_a_post_and_a_report(visit: Callable[..., Visit]) -> None:
    """One gets from home through the calendar to a post, its list and a report by links alone, and the browser complains of nothing."""
    window = visit()
    page = window.page
    window.go("")
    assert page.get_by_role("heading", level=1).inner_text() == "Nordlicht Kaffee"
    page.locator("#week").locator("..").get_by_role("link", name="Calendar").click()
    page.wait_for_url("**/calendar/2026-11/")
    page.get_by_role("link", name="December 2026", exact=True).click()
    page.wait_for_url("**/calendar/2026-12/")
    page.locator(".ls-month a", has_text="Adventskalender, Tür 1").first.click()
    page.wait_for_url("**/posts/2026/12/tuer-01/")
    assert page.get_by_role("article").count() >= 3, "one card per channel"
    picture = page.locator(".ls-gallery img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert picture.evaluate("image => image.naturalWidth") > 0
    page.get_by_role("link", name="December 2026", exact=True).first.click()
    page.get_by_role("link", name="List", exact=True).click()
    page.wait_for_url("**/posts/2026-12/")
    page.get_by_role("link", name="Results").first.click()
    page.wait_for_url("**/reports/")
    page.get_by_role("link", name="Report of October").click()
    page.wait_for_url("**/monthly/2026-10/index.html")
    assert page.frame_locator("iframe").get_by_role("heading").inner_text() == "October", "not made here: in a frame"


def test_search_finds_a_post(visit: Callable[..., Visit]) -> None:
    """What a post says is found by typing it."""
    window = visit()
    window.go("")
    window.page.keyboard.press("/")
    window.page.keyboard.type("Winterleuchten Dunkelheit")
    window.page.locator(".ls-hit[href*='posts/2026/12/tuer-01']").first.wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_never_scrolls_sideways(visit: Callable[..., Visit], path: str) -> None:
    """At 390 pixels every page is as wide as the screen."""
    window = visit(390)
    window.go(path)
    assert window.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_dark_scheme_is_dark(visit: Callable[..., Visit]) -> None:
    """Who prefers dark gets dark ground and light text, and the switch leads to the other scheme."""
    window = visit(scheme="dark")
    window.go("")
    ground = "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)"
    ink = "getComputedStyle(document.querySelector('.ls h1')).color.match(/[0-9]+/g).map(Number)"
    assert max(window.page.evaluate(ground)) < 80
    assert min(window.page.evaluate(ink)) > 180
    window.page.locator("label[title='Switch to the light scheme']").click()
    assert min(window.page.evaluate(ground)) > 200


def test_the_calendar_is_a_list_on_a_phone(visit: Callable[..., Visit]) -> None:
    """On a phone, days without posts are gone and each day says its full date; on a desk the week stands in a row."""
    window = visit(390)
    window.go("calendar/2026-11/")
    label = window.page.locator(".ls-today .ls-label")
    assert label.inner_text() == "Saturday, 21 November 2026"
    assert window.page.locator("td.ls-none:visible").count() == 0
    first, second = (window.page.locator(".ls-item").nth(number).bounding_box() for number in (0, 1))
    assert first is not None
    assert second is not None
    assert second["y"] > first["y"]
    assert second["x"] == first["x"]


def test_the_keyboard_reaches_the_content_at_once(visit: Callable[..., Visit]) -> None:
    """The first press of the tab key offers to skip the navigation."""
    window = visit()
    window.go("calendar/2026-11/")
    window.page.keyboard.press("Tab")
    assert window.page.evaluate("document.activeElement.innerText") == "Skip to content"
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("location.hash") == "#content"


def test_a_printed_month_keeps_its_grid(visit: Callable[..., Visit]) -> None:
    """On paper the month is a table, and what only a screen needs is gone."""
    window = visit()
    window.go("calendar/2026-11/")
    window.page.emulate_media(media="print")
    assert window.page.evaluate("getComputedStyle(document.querySelector('.ls-month')).display") == "table"
    assert not window.page.locator(".ls-steps").is_visible()


@pytest.mark.parametrize(("path", "width", "scheme"), LOOKS)
def test_axe_finds_nothing(visit: Callable[..., Visit], path: str, width: int, scheme: str) -> None:
    """axe-core has nothing to say about any kind of page: contrast, names, roles, order of headings."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        without_server("axe-playwright-python", "it stands in the dependency group dev")
        return
    script = (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    window = visit(width, scheme)
    window.go(path)
    window.page.evaluate(script)
    found = window.page.evaluate("axe.run().then(result => result.violations)")
    said = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
    assert said == [], json.dumps(said, indent=1, ensure_ascii=False)
