from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import BUT_CONTRAST, CONTRAST, violations

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

# Nothing but all pages of the handbook once more, a megabyte of what is looked at one by one.
TOO_LONG = frozenset({"handbook/all/"})
# Pages that are of a kind with others by their address, and have things of their own.
MORE = (
    *(f"handbook/{page}/" for page in ("farben", "barrierefreiheit", "woerter", "material", "changes")),
    *("handbook/netzwerke/instagram/", "handbook/replies/lieferverzug/", "kits/2026/12/tuer-01/instagram/"),
    *("reports/monthly/2026-10/", "404.html"),
)
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 900}
# Where the focus is: its element as a word, and whether somebody can see it.
FOCUS = """() => {
  const one = document.activeElement, shown = one.labels?.[0] ?? one, box = shown.getBoundingClientRect();
  const seen = shown.checkVisibility({opacityProperty: true, visibilityProperty: true}) && box.width > 0 && box.height > 0;
  return [`${one.localName}.${one.className}`, seen];
}"""


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
    picture = page.get_by_role("article").locator("img").first
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


def test_a_list_of_posts_has_room_on_a_phone(visit: Callable[..., Visit]) -> None:
    """Day and state share a line there, and below them the title has the whole width."""
    window = visit(360)
    window.go("posts/2026-11/")
    first = window.page.locator(".ls-posts tbody tr").first
    day, title, state = (first.locator("td").nth(number).bounding_box() for number in (0, 1, 4))
    assert day is not None
    assert title is not None
    assert state is not None
    assert title["width"] > 300
    assert day["x"] < state["x"]
    assert state["y"] < title["y"]


@pytest.mark.parametrize(
    "path", ["handbook/anleitung/anfangen/", "handbook/briefings/herbst-roestung-2026/", "handbook/referenz/importe/"]
)
def test_long_names_and_notes_stay_on_a_phone(visit: Callable[..., Visit], path: str) -> None:
    """A path, a function's name in a table and a chip with a whole sentence break before the page grows wide."""
    window = visit(360)
    window.go(path)
    assert window.page.evaluate("document.documentElement.scrollWidth") == 360


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


def test_axe_finds_nothing(visit: Callable[..., Visit], kinds: list[str]) -> None:
    """axe-core has nothing to say about any kind of page: names, roles, order of headings, contrast in both schemes.

    None scrolls sideways on a phone; and as in every test, the browser complains of nothing, the page's policy included.
    """
    light, dark = visit(), visit(scheme="dark")
    found: list[str] = []
    for path in (one for one in (*kinds, *MORE) if one not in TOO_LONG):
        light.page.set_viewport_size(DESK)
        light.go(path)
        found += [f"{path}: {one}" for one in violations(light.page)]
        light.page.set_viewport_size(PHONE)
        found += [f"{path} on a phone: {one}" for one in violations(light.page, BUT_CONTRAST)]
        if light.page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            found.append(f"{path}: wider than a phone")
        dark.go(path)
        found += [f"{path} in the dark: {one}" for one in violations(dark.page, CONTRAST)]
    assert len(kinds) > 30
    assert found == []


@pytest.mark.parametrize("path", ["", "calendar/2026-11/", "posts/2026/12/tuer-01/", "handbook/farben/"])
def test_the_keyboard_goes_through_a_page_and_out_again(visit: Callable[..., Visit], path: str) -> None:
    """Skip link first; each press goes on to something that can be seen; nothing keeps the focus; the end is reached."""
    window = visit()
    window.go(path)
    links = window.page.locator("main a[href]:visible").count()
    steps: list[tuple[str, bool]] = []
    for _press in range(links + 150):
        window.page.keyboard.press("Tab")
        name, seen = window.page.evaluate(FOCUS)
        if name.startswith("body") and steps:
            break
        steps.append((name, seen))
    else:
        pytest.fail("the focus never leaves the page")
    assert steps[0][0].startswith("a.md-skip")
    assert [name for name, seen in steps if not seen and "md-" not in name] == []
    assert len(steps) >= links


def test_who_wants_no_motion_gets_none(visit: Callable[..., Visit]) -> None:
    """No element of ours moves or fades where the system asks for less motion."""
    window = visit()
    window.page.emulate_media(reduced_motion="reduce")
    for path in ("", "calendar/2026-11/", "posts/2026/12/tuer-01/"):
        window.go(path)
        moving = "all => all.filter(one => !/^0s(, 0s)*$/.test(getComputedStyle(one).transitionDuration) || getComputedStyle(one).animationName !== 'none').map(one => one.className)"
        assert window.page.locator(".ls, .ls *").evaluate_all(moving) == []


def test_states_are_seen_without_colours(visit: Callable[..., Visit]) -> None:
    """With the system's own colours chips keep a border, and icons are drawn in the colour of text."""
    window = visit()
    window.page.emulate_media(forced_colors="active")
    window.go("calendar/2026-11/")
    chips = window.page.locator(".ls-chip:visible")
    widths = chips.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).borderTopWidth))")
    assert all(width >= 1 for width in widths)
    icons = window.page.locator(".ls .ls-icon:visible").first
    assert icons.evaluate("one => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)'")
