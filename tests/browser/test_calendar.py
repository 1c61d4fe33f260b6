"""The calendar in a real browser: filtered, by keyboard, on a small phone, on paper, and taken away."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from pypdf import PdfReader

from tests.browser.conftest import NOW, serve
from tests.browser.test_filter import address_of
from tests.pages.feeds.reading import instant, read_calendar
from tests.probe import person, settings, write_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

MONTH: Final = "calendar/2026-12/"
MKDOCS: Final = "site_name: Probe\ndocs_dir: guidelines\ntheme: material\nplugins: [search, leitstand]\n"
ACCOUNTS: Final = "".join(
    f'[accounts.{name}]\nnetwork = "{network}"\nid = "{name}"\n'
    for name, network in (("news", "feed"), ("toots", "mastodon"), ("sky", "bluesky"), ("grams", "instagram"))
)


def test_a_filtered_month_can_be_sent_and_stepped_through(visit: Callable[..., Visit]) -> None:
    """Only one channel's posts are left; the address says so, and month, week and list keep it."""
    window = visit()
    page = window.page
    window.go(MONTH)
    items = page.locator(".ls-item:visible")
    everything = items.count()
    page.locator(".ls-filter summary", has_text="Channel").click()
    page.get_by_label("LinkedIn", exact=True).check()
    assert 0 < items.count() < everything
    assert address_of(page).endswith("?channel=linkedin")
    assert page.get_by_role("status").first.inner_text() == f"{items.count()} of {everything} shown"
    page.get_by_role("link", name="November 2026").click()
    page.wait_for_url("**/2026-11/?channel=linkedin")
    assert page.locator(".ls-item:visible").count() > 0
    assert page.locator(".ls-item:visible .ls-code", has_text="Li").count() == page.locator(".ls-item:visible").count()
    page.get_by_role("navigation", name="View").get_by_role("link", name="Week").click()
    page.wait_for_url("**/2026-W47/?channel=linkedin")


def test_a_person_s_month(visit: Callable[..., Visit]) -> None:
    """What somebody answers for, by their name, from an address that somebody sent."""
    window = visit()
    window.go(f"{MONTH}?person=jule")
    page = window.page
    assert page.locator(".ls-filter-chosen", has_text="Jule Hansen").is_visible()
    shown = page.locator(".ls-item:visible")
    assert shown.count() > 0
    assert all("jule" in (one.get_attribute("data-f-person") or "") for one in shown.all())
    page.get_by_role("button", name="Show all").click()
    assert address_of(page).endswith(MONTH)


def test_the_calendar_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    """From the top of the page to a menu, a choice, out again with Escape, and on to a post."""
    window = visit()
    page = window.page
    window.go(f"{MONTH}#content")
    page.locator(".ls-filter summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "?channel=" in address_of(page)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.locator(".ls-item:visible a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/posts/2026/12/**")


@pytest.mark.parametrize("path", [MONTH, "calendar/2026-W49/", "calendar/", "calendar/subscribe/"])
def test_a_small_phone_has_the_whole_calendar(visit: Callable[..., Visit], path: str) -> None:
    """At 360 pixels nothing is cut off to the side, and what is chosen from is big enough to hit."""
    window = visit(360)
    window.go(path)
    page = window.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    heights = page.locator(".ls-item:visible > a").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert all(height >= 24 for height in heights)


def test_months_keep_their_names_whole_on_a_phone(visit: Callable[..., Visit]) -> None:
    """The year is a choice of the months that there is something in; each name stands on one line."""
    window = visit(360)
    window.go("calendar/")
    names = window.page.locator(".ls-year li:visible strong")
    assert "September" in names.all_inner_texts()
    heights = names.evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight))"
    )
    assert max(heights) < 1.5
    assert window.page.locator(".ls-box.ls-none:visible").count() == 0


def test_a_month_is_one_sheet(visit: Callable[..., Visit]) -> None:
    """A4 landscape, the whole month on one sheet, its posts readable."""
    window = visit()
    window.go(MONTH)
    reader = PdfReader(BytesIO(window.page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    text = reader.pages[0].extract_text()
    for words in ("December 2026", "Adventskalender, Tür 1", "07:30"):
        assert words in text


def test_a_month_of_sixty_posts_is_one_sheet(chromium: Browser, tmp_path: Path) -> None:
    """Two posts a day, of which some have four channels and a deadline: still one sheet, and no post is lost."""
    files = {"leitstand.toml": settings(person("anna", "Anna Berg", "editor"), rest=ACCOUNTS), "mkdocs.yml": MKDOCS}
    for number in range(60):
        day, hour = divmod(number, 2)
        files[f"content/posts/{number}.md"] = (
            f"---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2{number:02}\ntitle: Beitrag {number} mit langem Titel\nauthor: anna\n"
            f"status: ready\npublish: 2026-12-{day + 1:02} {9 + 5 * hour:02}:00\nchannels: [news, toots, sky, grams]\n---\nText\n"
        )
    root = write_files(tmp_path / "brand", {**files, "guidelines/index.md": "# Handbuch\n"})
    environ = {
        **os.environ,
        "LEITSTAND_NOW": NOW,
        "LEITSTAND_STATE_DIR": str(tmp_path / "state"),
        "NO_MKDOCS_2_WARNING": "1",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "site")]
    subprocess.run(command, cwd=root, env=environ, check=True, capture_output=True, timeout=120)
    with serve(tmp_path / "site") as address:
        page = chromium.new_page()
        page.goto(f"{address}{MONTH}")
        reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
        page.close()
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    assert [number for number in range(60) if f"Beitrag {number}" not in text] == []


def test_a_calendar_is_taken_from_the_page(visit: Callable[..., Visit]) -> None:
    """The file behind the link is a calendar; the address to copy is the one that the reader has the page from."""
    window = visit()
    page = window.page
    window.go("calendar/subscribe/")
    card = page.locator(".ls-feeds > li").first
    assert card.locator("code").inner_text() == f"{window.address}feeds/calendar/all.ics"
    assert (card.locator(".ls-take").get_attribute("href") or "") == f"{window.address}feeds/calendar/all.ics".replace(
        "http:", "webcal:"
    )
    with page.expect_download() as taken:
        card.get_by_role("link", name="File").click()
    calendar = read_calendar(taken.value.path().read_bytes())
    found = {event.value("SUMMARY"): instant(calendar, event) for event in calendar.all("VEVENT")}
    assert f"{found['Adventskalender, Tür 1']:%Y-%m-%d}" == "2026-12-01"
