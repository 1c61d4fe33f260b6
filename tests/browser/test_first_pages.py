"""The page that somebody begins with, and the day on one sheet, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_somebody_begins_where_they_said(visit: Callable[..., Visit]) -> None:
    """From elsewhere the home page leads to the chosen one; a click on it does not; saying it again ends it."""
    window = visit()
    page = window.page
    window.go("home/manager/")
    button = page.get_by_role("button", name="Begin here from now on")
    button.click()
    assert page.locator("[data-remember]").get_attribute("aria-pressed") == "true"
    window.go("")
    page.wait_for_url("**/home/manager/")
    page.get_by_role("navigation", name="First pages").get_by_role("link", name="Today").click()
    page.wait_for_load_state()
    assert page.url == window.address
    window.go("home/manager/")
    page.get_by_role("button", name="You begin here").click()
    window.go("")
    assert page.url == window.address


def test_a_remembered_address_leads_nowhere_else(visit: Callable[..., Visit]) -> None:
    """Only to a page of the row, whatever stands in the browser's memory."""
    window = visit()
    window.go("")
    window.page.evaluate("localStorage.setItem('leitstand.first /', '//evil.example/')")
    window.go("")
    assert window.page.url == window.address


def test_the_community_s_day_is_one_sheet_of_paper(visit: Callable[..., Visit]) -> None:
    """A4, with what only a screen needs left out."""
    window = visit()
    window.go("home/community/")
    margin = "10mm"
    sheet = window.page.pdf(format="A4", margin={"top": margin, "bottom": margin, "left": margin, "right": margin})
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_an_address_that_does_not_exist_leads_on(visit: Callable[..., Visit]) -> None:
    """The house's own words, with the ways to its parts."""
    window = visit()
    window.go("404.html")
    assert window.page.get_by_role("heading", level=1).inner_text() == "Nothing stands at this address"
    window.page.locator(".ls-missing").get_by_role("link", name="Planning").click()
    window.page.wait_for_url("**/calendar/")
