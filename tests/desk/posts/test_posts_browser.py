"""The desk's posts in a real browser: on a phone without scripts, pressed twice, by two at once, by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.desk_screens import axe, too_wide
from tests.desk.browsing import Open
from tests.desk.posts.brand_of import DUE, START, UID, Brand, later
from tests.desk.serving_desk import Served
from toolkit.ledger import State, read_approvals

if TYPE_CHECKING:
    pass

pytestmark = [pytest.mark.browser]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def usual() -> dict[str, object]:
    """Telephones, unless a test says otherwise."""
    return {"viewport": PHONE}


def test_approved_on_a_phone_without_scripts(sign_in: Open, desk: Served, brand: Brand) -> None:
    """Two touches from the list to the yes, nothing but plain forms; the next tick sends."""
    brand.tick(START)
    page = sign_in("maria", java_script_enabled=False)
    page.goto(f"{desk.url}/approvals")
    page.get_by_role("link", name="Tür 1").click()
    page.get_by_role("button", name="Approve what is shown here").click()
    assert page.url == f"{desk.url}/approvals"
    assert page.get_by_text("Tür 1: approved").is_visible()
    brand.tick(DUE)
    assert brand.row().state is State.CONFIRMED


def test_pressed_twice_it_is_one_yes(sign_in: Open, desk: Served, brand: Brand) -> None:
    """A double touch writes one row, and nobody sees an error."""
    page = sign_in("maria")
    page.goto(f"{desk.url}/approvals/{UID}")
    page.get_by_role("button", name="Approve what is shown here").dblclick()
    page.wait_for_url(f"{desk.url}/approvals")
    with brand.ledger() as ledger:
        assert [row.person for row in read_approvals(ledger, UID)] == ["maria"]
    assert page.get_by_text("did not work").count() == 0


def test_who_looks_while_the_author_writes_is_told(sign_in: Open, desk: Served, brand: Brand) -> None:
    """The press is refused, the page shows the new words, and the second press approves them."""
    page = sign_in("maria")
    page.goto(f"{desk.url}/approvals/{UID}")
    brand.change("unser Winterröster", "unser neuer Winterröster")
    page.get_by_role("button", name="Approve what is shown here").click()
    assert page.get_by_text("has changed since you saw it").is_visible()
    assert "neuer" in page.locator("ins").first.inner_text()
    page.get_by_role("button", name="Approve what is shown here").click()
    page.wait_for_url(f"{desk.url}/approvals")
    with brand.ledger() as ledger:
        assert [row.hash for row in read_approvals(ledger, UID)] == [brand.hash()]


def test_of_two_at_once_the_second_is_told(sign_in: Open, desk: Served, brand: Brand) -> None:
    """Both have the same missed post open; the first drops it, the second hears so and sends nothing."""
    brand.tick(START)
    brand.tick(later(70))
    first, second = sign_in("maria"), sign_in("carla")
    for page in (first, second):
        page.goto(f"{desk.url}/posts?view=open")
    first.get_by_text("Drop …").click()
    first.get_by_role("button", name="Drop it").click()
    first.wait_for_selector("text=nothing of it is sent any more")
    second.get_by_text("Send now …").click()
    second.get_by_role("button", name="Send it to news").click()
    assert second.get_by_text("was faster").is_visible()
    assert brand.row().state is State.SKIPPED


def test_stopped_on_a_phone_it_is_not_sent(sign_in: Open, desk: Served, brand: Brand) -> None:
    """Stop asks with what will happen, answers "stopped", and the tick sends nothing."""
    page = sign_in("maria")
    page.goto(f"{desk.url}/approvals/{UID}")
    page.get_by_role("button", name="Approve what is shown here").click()
    brand.tick(START)
    page.goto(f"{desk.url}/posts/{UID}")
    page.get_by_text("Stop this post …").click()
    assert page.get_by_text("in force at once, on all channels").is_visible()
    page.get_by_label("Why? Others see it").fill("Lieferung kommt nicht")
    page.get_by_role("button", name="Stop it").click()
    assert page.get_by_text("stopped: content/posts/C2D3.md → news").is_visible()
    brand.tick(DUE)
    assert brand.row().state is State.PLANNED


def test_a_kit_from_the_phone(sign_in: Open, desk: Served, brand: Brand, tmp_path: Path) -> None:
    """The text is copied with one touch, the picture saved, the link confirms it."""
    brand.post("insta")
    brand.picture()
    brand.wait()
    page = sign_in("maria", permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)
    page.goto(f"{desk.url}/approvals/{UID}")
    page.get_by_role("button", name="Approve what is shown here").click()
    page.wait_for_url(f"{desk.url}/approvals")
    brand.tick(START)
    brand.tick(DUE)
    page.goto(f"{desk.url}/posts?view=hands")
    page.get_by_role("link", name="Publish it by hand").click()
    page.get_by_role("button", name="Copy: Text", exact=True).click()
    page.wait_for_selector("button:has-text('copied')")
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith("Hinter Tür 1: unser Winterröster.")
    with page.expect_download() as saving:
        page.locator("a[download]").first.click()
    saving.value.save_as(tmp_path / "saved.jpg")
    assert (tmp_path / "saved.jpg").read_bytes().startswith(b"\xff\xd8")
    page.get_by_label("The address of the post there").fill("https://www.instagram.com/p/1")
    page.get_by_role("button", name="It is out").click()
    page.wait_for_url(f"{desk.url}/posts?view=hands")
    assert brand.row("insta").state is State.CONFIRMED


def test_paused_by_keyboard_alone(sign_in: Open, desk: Served, brand: Brand) -> None:
    """From the reason to the press with tab and enter; the page says what it stops."""
    page = sign_in("maria", viewport={"width": 1280, "height": 900})
    page.goto(f"{desk.url}/pause")
    page.get_by_label("Why? It stands wherever something is stopped").focus()
    page.keyboard.type("Rückruf der Charge 2211")
    for _step in range(40):
        if page.evaluate("document.activeElement.textContent").strip() == "Stop it now":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Paused: everything")
    assert (brand.root / "content/pause.yml").is_file()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everybody_on_a_small_phone(sign_in: Open, desk: Served, brand: Brand, scheme: str) -> None:
    """No finding of axe, and nothing wider than 360 pixels, with all there is to see on the pages."""
    brand.post("insta, news")
    brand.picture()
    brand.wait()
    brand.tick(START)
    brand.tick(later(70))
    page = sign_in("maria", color_scheme=scheme, bypass_csp=True)
    page.goto(f"{desk.url}/pause")
    page.get_by_label("Why? It stands wherever something is stopped").fill("Rückruf")
    page.get_by_role("button", name="Stop it now").click()
    paths = ("/approvals", f"/approvals/{UID}", "/posts?view=open", "/posts?view=coming", f"/posts/{UID}", "/pause")
    for path in (*paths, f"/posts/{UID}/kit/insta"):
        page.goto(desk.url + path)
        for ask in page.locator("details.ask").all():
            ask.evaluate("one => { one.open = true }")
        assert [*axe(page), *too_wide(page)] == [], path
