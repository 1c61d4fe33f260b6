"""The redirect to this machine (RFC 8252 7.3): a browser brings the code to a page that lives as long as the wait.

Only 127.0.0.1 listens. What does not carry the state of this sign-in is refused and waited past, so that nobody else's
request can end it; the first answer that carries it is taken, and no second one.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.signin.errors import SignInError
from toolkit.signin.pages import Page, closing_page
from toolkit.signin.redirect import Redirected, read_redirect
from toolkit.values import dataclass

HOST: Final = "127.0.0.1"
PATIENCE: Final = 5.0  # seconds for a browser to say what it wants on a connection it opened
PATH: Final = "/"


@dataclass
class Loopback:
    """The open page. `redirect` is its address; `wait` gives what was brought there."""

    state: str = field(repr=False)
    redirect: str = ""
    strangers: int = 0  # requests that did not belong to this sign-in
    language: str = "en"
    _found: queue.Queue[Redirected] = field(default_factory=lambda: queue.Queue(maxsize=1))

    def wait(self, seconds: float) -> Redirected:
        """What the browser brought; raises `SignInError` when it brings nothing within `seconds`."""
        try:
            return self._found.get(timeout=max(seconds, 0.0))
        except queue.Empty:
            stray = _(" (a page of another sign-in answered, and was refused)") if self.strangers else ""
            message = _("nobody signed in within {minutes:.0f} minutes{stray}; nothing was stored, start again")
            raise SignInError(message.format(minutes=seconds / 60, stray=stray)) from None

    def answer(self, target: str) -> Page:
        """The page for a request; takes the code when it is the one that is waited for."""
        parts = urlsplit(target)
        if parts.path != PATH or not parts.query:
            return closing_page(404, self.language)
        found = read_redirect(parts.query, self.state)
        if found is None:
            self.strangers += 1
            return closing_page(400, self.language)
        with suppress(queue.Full):  # the second time the same page was opened
            self._found.put_nowait(found)
        return closing_page(403 if found.refusal else 200, self.language)


@contextmanager
def open_loopback(state: str, language: str, port: int = 0) -> Iterator[Loopback]:
    """A page on `port` of this machine, or on a free one, as long as the block lasts. Raises `UsageError`."""
    loopback = Loopback(state, language=language)
    try:
        server = ThreadingHTTPServer((HOST, port), _handler(loopback))
    except (OSError, OverflowError) as error:
        message = _("port {port} of this machine cannot be opened: {error}; name another with --port")
        raise UsageError(message.format(port=port, error=error)) from error
    server.daemon_threads = True
    with server:
        loopback.redirect = f"http://{HOST}:{server.server_port}{PATH}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield loopback
        finally:
            server.shutdown()
            thread.join()


def _handler(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE

        def do_GET(self) -> None:
            try:
                page = loopback.answer(self.path)
            except ValueError:
                page = closing_page(400, loopback.language)
            self.send_response_only(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(page.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
            """Nothing: the address holds the code."""

    return Handler
