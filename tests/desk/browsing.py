"""Signing in at a served desk with a real browser; what its pages must never do is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.desk.serving_desk import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

Open = Callable[..., "Page"]


def enter(context: BrowserContext, desk: Served, person: str) -> Page:
    """A page in which the person has signed in by a fresh link."""
    page = context.new_page()
    page.goto(desk.link(person))
    page.locator("main form button").first.click()
    page.wait_for_url(f"{desk.url}/")
    return page


@contextmanager
def browsers(chromium: Browser, desk: Served, **usual: Any) -> Iterator[Open]:  # as the browser takes them
    """Opens a browser of a person's own at the desk, signed in: `usual`, and what a test says for one.

    At the end no script may have failed, and no policy been hurt.
    """
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def listen(page: Page) -> None:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if "Content Security" in told.text else None)

    def open_window(person: str, **more: Any) -> Page:  # as the browser takes them
        context = chromium.new_context(**{"locale": "en-GB", **usual, **more})
        contexts.append(context)
        context.on("page", listen)
        return enter(context, desk, person)

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []
