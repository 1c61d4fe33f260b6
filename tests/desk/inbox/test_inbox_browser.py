"""The inbox in a real browser: by keyboard alone, without scripts, and what strangers write does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.community.inbox.inboxes import LISTENER, hear, said
from tests.desk.browsing import Open
from tests.desk.inbox.house_of import NOW, seen
from tests.desk.serving_desk import Served
from toolkit.community.inbox.conversation import Stage
from toolkit.community.replies.book import Replies
from toolkit.community.replies.reply import ReplyState
from toolkit.desk.house import House

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser]
# The first save of a tab does not get through; what it would have sent stays in the tab.
HOLD = """
const send = window.fetch;
window.fetch = (url, options) => {
  if (options?.method !== "POST" || sessionStorage.held) { return send(url, options); }
  sessionStorage.heldFor = url;
  sessionStorage.held = String(options.body);
  return new Promise(() => {});
};
"""


@pytest.fixture
def usual() -> dict[str, object]:
    """A window at a desk, unless a test says otherwise."""
    return {"viewport": {"width": 1400, "height": 900}}


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))


def test_a_day_by_keyboard_alone(sign_in: Open, desk: Served, house: House) -> None:
    """J and k walk, o opens beside the list, a takes it, r writes, e ends it; none of them while typing."""
    page = sign_in("mai")
    page.goto(f"{desk.url}/inbox")
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    assert focused(page) != first
    page.keyboard.press("k")
    assert focused(page) == first
    page.keyboard.press("o")
    page.wait_for_selector("#detail [data-conversation]")
    assert page.locator("#rows .row-link[aria-current=true]").inner_text() == first
    name = str(page.locator("[data-conversation]").get_attribute("data-conversation"))
    assert page.url.startswith(f"{desk.url}/inbox/{name}")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("a")
    page.wait_for_selector("#notices :text('assigned to Mai')")
    page.keyboard.press("r")
    page.keyboard.type("aeskj?/")
    assert page.locator("#reply-text").input_value() == "aeskj?/"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    assert not page.locator("dialog#keys").is_visible()
    page.keyboard.press("/")
    assert focused(page) == "search"
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.wait_for_url(f"{desk.url}/inbox")
    with house.inbox(read_only=True) as inbox:
        ended = inbox.conversation(name, now=NOW)
        replies = Replies(inbox).of(ended)
    assert (ended.stage, ended.assignee) == (Stage.DONE, "mai")
    # What stood in the form when it was left is a draft now.
    assert [(one.state, one.text) for one in replies] == [(ReplyState.DRAFT, "aeskj?/")]


def test_what_is_wrong_is_said_while_typing(sign_in: Open, desk: Served, house: House) -> None:
    """A gap that is still open, the length as the network counts; the text and the cursor stay where they are."""
    page = sign_in("mai")
    page.goto(f"{desk.url}/inbox/{seen(house, 'c1').id}")
    page.locator("#reply-text").press_sequentially("Hallo {vorname}")
    page.wait_for_selector("#check :text('still open')")
    assert "of 500" in page.locator("#check").inner_text()
    assert focused(page) == "reply-text"
    page.keyboard.type("!")
    assert page.locator("#reply-text").input_value() == "Hallo {vorname}!"


def test_a_page_loaded_again_in_the_middle_loses_no_word(sign_in: Open, desk: Served, house: House) -> None:
    """What was typed stands there again though its draft arrives after the page; going on writing is no second draft."""
    page = sign_in("mai")
    page.goto(f"{desk.url}/inbox/{seen(house, 'c1').id}")
    page.fill("#reply-text", "Liebe Anna, das tut uns leid")
    page.reload()
    assert page.input_value("#reply-text") == "Liebe Anna, das tut uns leid"
    page.wait_for_selector("[data-reply] [name=reply]:not([value=''])", state="attached")
    page.fill("#reply-text", "Liebe Anna, das tut uns leid. Wir sehen nach.")
    page.get_by_role("button", name="Keep as a draft").last.click()
    page.wait_for_selector("#notices .notice")
    with house.inbox(read_only=True) as inbox:
        texts = [one.text for one in Replies(inbox).open()]
    assert texts == ["Liebe Anna, das tut uns leid. Wir sehen nach."]


def test_what_a_left_page_saves_late_is_no_second_draft(sign_in: Open, desk: Served, house: House) -> None:
    """Its save is held back until the next page has saved and sent its own words; then it arrives and changes nothing."""
    page = sign_in("mai")
    page.add_init_script(HOLD)
    page.goto(f"{desk.url}/inbox/{seen(house, 'c1').id}")
    page.fill("#reply-text", "Liebe Anna, das tut uns leid")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.reload()
    page.wait_for_selector("[data-reply] [name=reply]:not([value=''])", state="attached")
    page.fill("#reply-text", "Liebe Anna, das tut uns leid. Wir sehen nach.")
    page.get_by_role("button", name="Keep as a draft").last.click()
    page.wait_for_selector("#notices .notice")
    late = page.evaluate("({url: sessionStorage.heldFor, body: sessionStorage.held})")
    own = {"content-type": "application/x-www-form-urlencoded", "origin": desk.url, "sec-fetch-site": "same-origin"}
    assert page.context.request.post(late["url"], data=late["body"], headers=own).status == 409
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("#notices .notice:has-text('goes out')")
    assert page.context.request.post(late["url"], data=late["body"], headers=own).status == 409
    with house.inbox(read_only=True) as inbox:
        (reply,) = Replies(inbox).of(seen(house, "c1"))
    assert (reply.text, reply.state) == ("Liebe Anna, das tut uns leid. Wir sehen nach.", ReplyState.APPROVED)


def test_new_ones_announce_themselves(sign_in: Open, desk: Served, house: House) -> None:
    """Nothing jumps: the list stays as it is, and a press says how many are new."""
    page = sign_in("mai")
    page.goto(f"{desk.url}/inbox")
    before = page.locator("#rows .row").count()
    page.wait_for_timeout(50)
    with house.inbox() as inbox:
        inbox.gather(LISTENER, [said("n1", author="@n1@x.example")], NOW.replace(minute=NOW.minute + 1))
    page.evaluate("document.body.dispatchEvent(new CustomEvent('desk:inbox'))")
    page.wait_for_selector("#news a:text('1 new')")
    assert page.locator("#rows .row").count() == before
    page.locator("#news a").click()
    page.wait_for_url(f"{desk.url}/inbox")
    assert page.locator("#rows .row").count() == before + 1


def test_without_scripts_everything_works(sign_in: Open, desk: Served, house: House) -> None:
    """Forms and links alone: open, begin with a suggestion, fill the gap, send; then several at once."""
    page = sign_in("mai", java_script_enabled=False)
    page.goto(f"{desk.url}/inbox")
    page.get_by_role("link", name="Ada").first.click()
    page.get_by_text("Begin with what was answered before").click()
    page.get_by_role("button", name="Use this").first.click()
    text = page.locator("#reply-text").input_value()
    assert "{vorname}" in text
    page.locator("#reply-text").fill(text.replace("{vorname}", "Ada"))
    page.get_by_role("button", name="Send").click()
    assert "goes out with the next publish" in page.locator("#notices").inner_text()
    with house.inbox(read_only=True) as inbox:
        (reply,) = Replies(inbox).of(seen(house, "c1"))
    assert (reply.state, "Ada" in reply.text) == (ReplyState.APPROVED, True)
    page.goto(f"{desk.url}/inbox")
    for box in page.locator("#rows input[name=pick]").all():
        box.check()
    page.locator(".bulk").get_by_role("button", name="Done").click()
    assert "Nothing waits for us" in page.locator("main").inner_text()


def test_on_a_phone_list_and_conversation_take_turns(sign_in: Open, desk: Served, house: House) -> None:
    """360 pixels: nothing is wider, every press is big enough for a finger; back leads to the list."""
    page = sign_in("mai", viewport={"width": 360, "height": 900}, has_touch=True)
    page.goto(f"{desk.url}/inbox")
    page.locator("#rows .row-link").first.click()
    page.wait_for_selector("#detail [data-conversation] h1")
    assert not page.locator(".pane-list").is_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
    small = page.evaluate(
        "[...document.querySelectorAll('#detail button:not(.unseen), #detail summary.button, #detail label.tick')]"
        ".filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML)"
    )
    assert small == []
    page.locator("#detail .back").click()
    page.wait_for_selector("#rows .row")
    assert page.locator(".pane-list").is_visible()


HOSTILE = (
    "<script>window.hurt = 1</script>",
    "<img src=x onerror='window.hurt = 1'>",
    "<svg onload='window.hurt = 1'>",
    "{{ 7 * 7 }}{% for x in y %}",
    "</textarea><script>window.hurt = 1</script>",
    "\u202eevil",
)


def test_what_strangers_write_is_text(sign_in: Open, desk: Served, house: House) -> None:
    """Scripts, handlers, template signs, addresses that run: in names, subjects, texts and media; nothing runs."""
    with house.inbox() as inbox:
        hear(
            inbox,
            *(
                said(
                    f"h{number}",
                    text=text,
                    name=text,
                    subject=text,
                    author=f"@h{number}@x.example",
                    url="javascript:window.hurt=1",
                    media=("javascript:window.hurt=1", "data:text/html,<script>window.hurt=1</script>"),
                )
                for number, text in enumerate(HOSTILE)
            ),
        )
    page = sign_in("mai")
    page.goto(f"{desk.url}/inbox?stage=all")
    shown = page.locator("#rows").inner_text()
    assert all(one in shown for one in ("<img src=x onerror", "{{ 7 * 7 }}"))
    for number in range(len(HOSTILE)):
        page.goto(f"{desk.url}/inbox/{seen(house, f'h{number}').id}")
        assert page.locator(".thread a").count() == 0
    page.goto(f"{desk.url}/inbox?q=%3Cscript%3E%22%27")
    assert page.locator("#search").input_value() == "<script>\"'"
    assert page.evaluate("window.hurt") is None


def test_what_stands_beside_a_conversation_is_folded_up_on_a_phone(sign_in: Open, desk: Served, house: House) -> None:
    """On a desk all cards are open; on a phone none is until it is pressed, and the answer is one press away."""
    path = f"{desk.url}/inbox/{seen(house, 'c1').id}"
    wide = sign_in("mai")
    wide.goto(path)
    assert wide.locator("details.fold").count() == wide.locator("details.fold[open]").count() == 6
    phone = sign_in("mai", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.goto(path)
    assert phone.locator("details.fold[open]").count() == 0
    phone.locator("details.fold summary").first.tap()
    assert phone.locator("#note-text").is_visible()
    phone.locator("a[href='#reply']").tap()
    phone.wait_for_function("document.querySelector('#reply').getBoundingClientRect().top < innerHeight / 2")
