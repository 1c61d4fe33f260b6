"""A crisis with the finger on a phone, from the first press to the all-clear, while somebody else looks on at a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk.browsing import Open
from tests.desk.serving_desk import Served
from toolkit.community.crisis.reading import read_incidents
from toolkit.desk.house import House
from toolkit.source import FolderTree

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# What the page does by itself every ten seconds, and when somebody looks at it again.
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


def sees(page: Page, selector: str) -> None:
    """What a change brings, without loading the page again: the mark set before stays."""
    for _again in range(120):  # half a minute; the machine may be busy
        page.evaluate(LOOK)
        if page.locator(selector).count():
            break
        page.wait_for_timeout(250)
    assert page.locator(selector).first.is_visible()
    assert page.evaluate("window.stayed === true")


def stay(page: Page) -> None:
    """Mark this load of the page, once it has asked for the first time what changed."""
    with page.expect_response("**/pulse"):
        page.reload()
    page.evaluate("window.stayed = true")


def test_from_the_first_press_to_the_all_clear(sign_in: Open, desk: Served, house: House) -> None:
    """Declare, pause, statement, list, line, all-clear by finger on a phone; each is seen by the second without a reload."""
    phone, other = sign_in("chefin", **PHONE), sign_in("mai", viewport={"width": 1400, "height": 900})
    stay(other)

    phone.goto(f"{desk.url}/crisis")
    phone.get_by_role("link", name="Declare: Recall").tap()
    phone.get_by_label("Level 3: Crisis").check()
    phone.get_by_label("Why?").fill("The handle breaks")
    phone.get_by_role("button", name="Declare now").tap()
    phone.wait_for_selector("text=30 min left")
    assert phone.locator("#live strong:has-text('Paused: everything')").is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    sees(other, "#alarms a:has-text('Crisis, level 3')")
    sees(other, "#alarms a:has-text('Publishing is paused')")

    other.locator("#alarms a:has-text('Crisis, level 3')").click()
    other.wait_for_selector("#live")
    stay(other)
    other.locator("#log-text").fill("half a sent")
    phone.get_by_role("button", name="Say it now").tap()
    phone.wait_for_selector(".chip:has-text('said')")
    sees(other, "#live .timeline :text('said in public')")

    phone.get_by_role("button", name="Done: paid ads and boosted posts").tap()
    phone.wait_for_selector("#live del:has-text('paid ads')")
    sees(other, "#live del:has-text('paid ads')")
    # What is being typed is nobody else's business.
    assert other.locator("#log-text").input_value() == "half a sent"
    other.locator("#log-text").fill("The shop is closed")
    other.get_by_label("decision").check()
    other.get_by_role("button", name="Write down").click()
    other.wait_for_selector(".timeline :text('The shop is closed')")
    assert other.locator("#log-text").input_value() == ""
    stay(other)

    phone.reload()
    phone.get_by_role("button", name="End the pause: everything").tap()
    phone.wait_for_selector("text=Publishing runs.")
    sees(other, "#live :text('Publishing runs.')")

    phone.get_by_text("Give the all-clear …").tap()
    phone.get_by_label("Close it all the same, because").fill("It was a drill")
    phone.get_by_role("button", name="All-clear", exact=True).tap()
    phone.wait_for_selector("#live .chip:has-text('closed')")
    sees(other, "#live .chip:has-text('closed')")
    [incident] = read_incidents(FolderTree(house.root))[0]
    assert [entry.deed.value for entry in incident.entries] == [
        "declared",
        "public",
        "done",
        "decision",
        "decision",
        "closed",
    ]


def test_it_works_without_scripts(sign_in: Open, desk: Served, house: House) -> None:
    """Plain forms: declared and written down."""
    page = sign_in("chefin", java_script_enabled=False, **PHONE)
    page.goto(f"{desk.url}/crisis/declare/recall?level=2")
    page.get_by_label("Why?").fill("The handle breaks")
    page.get_by_role("button", name="Declare now").click()
    page.get_by_label("What happened, in a sentence").fill("The sale is stopped")
    page.get_by_role("button", name="Write down").click()
    assert page.locator(".timeline :text('The sale is stopped')").is_visible()
    assert len(read_incidents(FolderTree(house.root))[0]) == 1


def test_a_refused_form_keeps_what_was_typed(sign_in: Open, desk: Served) -> None:
    """Two change the level at once: the second is told above the page, and the reason is still in the field."""
    first, second = sign_in("chefin"), sign_in("leitung")
    first.goto(f"{desk.url}/crisis/declare/recall?level=2")
    first.get_by_label("Why?").fill("The handle breaks")
    first.get_by_role("button", name="Declare now").click()
    first.wait_for_selector("#live")
    second.goto(first.url)
    first.locator("#log-text").fill("Somebody is hurt")
    first.get_by_role("button", name="Write down").click()
    first.wait_for_selector(".timeline :text('Somebody is hurt')")
    second.get_by_text("Another level …").click()
    second.get_by_label("Why?").fill("It gets worse")
    second.get_by_role("button", name="Change the level").click()
    second.wait_for_selector("#notices :text('was changed meanwhile')")
    assert second.get_by_label("Why?").input_value() == "It gets worse"


def test_a_press_that_reaches_nobody_says_so(sign_in: Open, desk: Served) -> None:
    """While the desk does not answer, a form says that and keeps what was typed; the next press that arrives ends it."""
    page = sign_in("chefin", **PHONE)
    page.goto(f"{desk.url}/crisis/declare/recall?level=2")
    page.get_by_label("Why?").fill("The handle breaks")
    page.get_by_role("button", name="Declare now").tap()
    page.wait_for_selector("#live")
    page.route("**/log", lambda route: route.abort("connectionrefused"))
    page.locator("#log-text").fill("The sale is stopped")
    page.get_by_role("button", name="Write down").tap()
    told = page.locator("#unreachable")
    told.wait_for(state="visible")
    assert "does not answer" in told.inner_text()
    assert page.locator("#log-text").input_value() == "The sale is stopped"
    page.unroute("**/log")
    page.get_by_role("button", name="Write down").tap()
    page.wait_for_selector(".timeline :text('The sale is stopped')")
    assert not told.is_visible()
