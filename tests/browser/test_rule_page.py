from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PAGE = "handbook/barrierefreiheit/"


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_cut_off(visit: Callable[..., Visit], width: int) -> None:
    """On a desk and on a phone."""
    window = visit(width)
    window.go(PAGE)
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML)"
    assert window.page.locator(".ls-rule").evaluate_all(cut) == []


def test_a_rules_name_leads_to_its_box(visit: Callable[..., Visit]) -> None:
    """The address of one rule can be sent to somebody: the box is marked and in sight."""
    window = visit()
    window.go(PAGE)
    window.page.locator(".ls-rule-id", has_text="pfeile").click()
    assert window.page.url.endswith("#pfeile")
    box = window.page.locator("#pfeile")
    assert box.is_visible()
    assert box.evaluate("one => one.matches(':target')")
