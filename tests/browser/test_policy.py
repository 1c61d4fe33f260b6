"""The pages' policy in a real browser: what others would like to do is stopped. That no page breaks it: `test_site`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import QuietHandler, serve

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

ATTACK = """async address => {
  window.broken = new Set();
  document.addEventListener("securitypolicyviolation", found => window.broken.add(found.effectiveDirective));
  await fetch(address).then(() => window.ran = "fetch", () => null);
  const add = (name, values) => document.body.append(Object.assign(document.createElement(name), values));
  add("script", {textContent: "window.ran = 'inline'"});
  add("script", {src: address + "script.js"});
  add("img", {src: address + "picture.png"});
  add("iframe", {src: address});
  add("object", {data: address});
  add("link", {rel: "stylesheet", href: address + "style.css"});
  add("base", {href: address});
  document.body.insertAdjacentHTML("beforeend", "<i onclick='window.ran = 1'>x</i>");
  document.body.lastChild.click();
  const form = document.createElement("form");
  form.action = address;
  document.body.append(form);
  form.submit();
  setTimeout("window.ran = 'eval'", 0);
}"""

STOPPED = [
    *("base-uri", "connect-src", "form-action", "frame-src", "img-src", "object-src"),
    *("script-src", "script-src-attr", "script-src-elem", "style-src-elem"),
]


def test_search_and_schemes_work_below_it(visit: Callable[..., Visit]) -> None:
    """The worker of the search starts, and the scheme can be switched and is remembered."""
    window = visit()
    page = window.page
    window.go("posts/2026/12/tuer-01/")
    page.locator("label[title='Switch to the dark scheme']").click()
    window.go("calendar/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.keyboard.press("/")
    page.keyboard.type("Röstassistenz")
    page.locator(".ls-hit").first.wait_for()


def test_what_others_would_like_to_do_is_stopped(visit: Callable[..., Visit], tmp_path: Path) -> None:
    """Scripts in the page, handlers, eval, requests, pictures, frames, forms and a base elsewhere: none gets through."""
    asked: list[str] = []

    class Listening(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802  # the name is the base class's
            asked.append(self.path)

    with serve(tmp_path, Listening) as elsewhere:
        window = visit()
        window.go("posts/2026/12/tuer-01/")
        window.page.evaluate(ATTACK, elsewhere)
        window.page.wait_for_function("count => window.broken.size >= count", arg=len(STOPPED))
        # It complained, as it should.
        window.complaints.clear()
        assert window.page.evaluate("[...window.broken].sort()") == STOPPED
        assert window.page.evaluate("window.ran") is None
    assert asked == []
