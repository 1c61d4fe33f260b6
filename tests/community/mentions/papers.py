"""A small paper: feeds given out by a real HTTP server with entity tags."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

from toolkit.workspace.feeds import Feed

# An account on the same server: only what accounts name may lie on this machine.
SETTINGS: Final = """\
format = 1
[workspace]
id = "probe"
timezone = "Europe/Berlin"
[state]
dir = "state"
[accounts.wir]
network = "mastodon"
server = "{server}"
hand_off = true
"""


@dataclass
class Paper:
    """What the server gives out: path → entries; and what it was asked."""

    url: str = ""
    entries: dict[str, list[str]] = field(default_factory=dict)
    raw: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str, int]] = field(default_factory=list)  # path, If-None-Match, status

    def feed(self, name: str, *entries: str) -> Feed:
        self.entries[f"/{name}"] = list(entries)
        return Feed(name, f"{self.url}/{name}", "de")


def entry(number: int, title: str, summary: str = "", link: str = "") -> str:
    link = link or f"https://blog.example/{number}"
    return (
        f"<item><guid>tag:{number}</guid><title>{title}</title><link>{link}</link>"
        f"<description>{summary}</description><pubDate>Sun, 22 Nov 2026 0{number % 10}:00:00 GMT</pubDate></item>"
    )


@contextmanager
def serving(paper: Paper) -> Iterator[None]:
    """The feeds on a free port of this machine, with entity tags."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            items = "".join(paper.entries.get(self.path, ()))
            page = f'<?xml version="1.0"?><rss version="2.0"><channel><title>P</title>{items}</channel></rss>'.encode()
            status, body = paper.raw.get(self.path, (200, page))
            tag, known = f'"{hash(body)}"', self.headers.get("If-None-Match", "")
            status, body = (304, b"") if known == tag else (status, body)
            paper.asked.append((self.path, known, status))
            self.send_response(status)
            self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    paper.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
