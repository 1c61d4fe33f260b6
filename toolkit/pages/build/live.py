"""`leitstand serve`: the site on one's own machine, as new as its files; what is wrong with them stands on the page.

Here the browsers are answered; `rebuilding` watches the files and builds. What is made before a build (`early`) is shown
from memory over what lies in the folder, until a build that has seen the same files is through. Every page asks to be
told when it is another one (server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html), by a
script of ours from the same server, which is what the policy of our pages allows; so it is known which pages are looked
at.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from toolkit.messages import _
from toolkit.pages.markup import Html, div, heading, para, tag, text
from toolkit.pages.script import read_asset
from toolkit.values import dataclass

LOOPBACK: Final = "127.0.0.1"
EVENTS: Final = "/~leitstand/events"
SCRIPT: Final = "/~leitstand/live.js"
# Seconds between two signs of life to a browser.
ALIVE: Final = 15.0
# What every page loads.
_EVERYWHERE: Final = ("assets/leitstand.css", "assets/leitstand.js")


@dataclass
class Site:
    """The served folder, what is wrong with it, and the bell that rings when either may have changed."""

    folder: Path
    problem: str = ""  # what stopped the last build, line by line
    ended: bool = False
    bell: threading.Condition = field(default_factory=threading.Condition)
    _early: dict[Path, tuple[int, bytes]] = field(default_factory=dict)
    _looks: Counter[Path] = field(default_factory=Counter)

    def show(self, pages: Mapping[str, bytes], change: int) -> None:
        """Show these pages, by their files in the folder, until a build that saw the change of this number is through."""
        if pages:
            with self.bell:
                self._early |= {self.folder / file: (change, data) for file, data in pages.items()}
                self.bell.notify_all()

    def settle(self, problem: str, change: int) -> None:
        """A build that saw the changes up to this number is through; `problem` is what stopped it, "" for nothing."""
        with self.bell:
            self.problem = problem
            if not problem:
                self._early = {file: page for file, page in self._early.items() if page[0] > change}
            self.bell.notify_all()

    def end(self) -> None:
        """Let everybody go."""
        with self.bell:
            self.ended = True
            self.bell.notify_all()

    def read(self, file: Path) -> bytes | None:
        """What `file` of the folder holds, or will when the next build is through; None where nothing does."""
        early = self._early.get(file)
        if early is not None:
            return early[1]
        try:
            return file.read_bytes()
        except OSError:
            return None

    def version(self, page: Path) -> str:
        """What changes with the page, its styles and its script, and with what stops the build."""
        whole = hashlib.blake2b(self.problem.encode("utf-8", "surrogatepass"), digest_size=8)
        for file in (page, *(self.folder / name for name in _EVERYWHERE)):
            whole.update(self.read(file) or b"")
        return whole.hexdigest()

    def looked_at(self) -> list[str]:
        """The pages that are open somewhere, by their files in the folder."""
        with self.bell:
            files = list(self._looks)
        return [file.relative_to(self.folder).as_posix() for file in files if file.is_relative_to(self.folder)]

    def watch(self, file: Path, times: int) -> None:
        """Know that a page is open once more, or (-1) once less."""
        with self.bell:
            self._looks[file] += times
            self._looks = +self._looks


class Pages(SimpleHTTPRequestHandler):
    """Answers browsers on this machine, and nobody who came here by another name."""

    protocol_version = "HTTP/1.1"
    # Else the end of an answer waits 40 ms for the browser to say that it has the beginning.
    disable_nagle_algorithm = True

    def __init__(self, *args: object, site: Site, **named: object) -> None:
        self.site = site
        super().__init__(*args, directory=str(site.folder), **named)  # type: ignore[arg-type]  # as the server hands them on

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        port = self.connection.getsockname()[1]
        if self.headers.get("Host") not in {f"{name}:{port}" for name in (LOOPBACK, "localhost")}:
            # A page elsewhere whose name was made to mean this machine shall not read drafts.
            self._send(403, "text/plain", "no")
        elif address.path == EVENTS:
            self._tell(self._file(parse_qs(address.query).get("page", ["/"])[0]))
        elif address.path == SCRIPT:
            self._send(200, "text/javascript", read_asset("live.js"))
        else:
            self._show(self._file(address.path), address.path)

    def _show(self, file: Path, path: str) -> None:
        data = self.site.read(file)
        if self.site.problem and file.suffix == ".html":
            self._send(500, "text/html", self._live(_problem_page(self.site.problem), file))
        elif data is None:
            self._missing(file)
        elif file.suffix == ".html" and path.endswith(("/", ".html")):
            self._send(200, "text/html", self._live(data.decode(), file))
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        self._send(405, "text/plain", "GET")

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing."""

    def _file(self, path: str) -> Path:
        file = Path(self.translate_path(quote(urlsplit(path).path, safe="/%")))
        # The folder of a page that is new may not be there yet.
        return file / "index.html" if path.endswith("/") or file.is_dir() else file

    def _missing(self, file: Path) -> None:
        shown = self.site.read(self.site.folder / "404.html") or b"404"
        self._send(404, "text/html", self._live(shown.decode(), file))

    def _live(self, html: str, file: Path) -> str:
        script = tag("script", src=SCRIPT, data_version=self.site.version(file), defer=True)
        before, body, after = html.rpartition("</body>")
        return f"{before}{script}{body}{after}"

    def _send(self, status: int, kind: str, words: str) -> None:
        data = words.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _tell(self, file: Path) -> None:
        """Say the page's version, and say it again whenever it is another one."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        told = ""
        self.site.watch(file, 1)
        try:
            while not self.site.ended:
                version = self.site.version(file)
                self.wfile.write(f"data: {version}\n\n".encode() if version != told else b":\n\n")
                told = version
                with self.site.bell:
                    if self.site.version(file) == told:
                        self.site.bell.wait(ALIVE)
        except OSError:
            return  # the page was closed
        finally:
            self.site.watch(file, -1)


def _problem_page(problem: str) -> str:
    """What stopped the build, with its place; the page comes back by itself when it is mended."""
    title = _("The site cannot be built")
    lines = tag("pre", problem, style="white-space:pre-wrap;font-size:1rem")
    note = para(_("This page shows the site again as soon as the file is mended."))
    body = div(
        heading(1, title), lines, note, style="max-width:50rem;margin:4rem auto;font:1rem/1.5 system-ui,sans-serif"
    )
    head = Html(f'<meta charset="utf-8"><title>{text(title)}</title>')
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def make_server(site: Site, port: int) -> ThreadingHTTPServer:
    """A server of `site` for this machine alone; port 0 takes a free one. Raises OSError when it is taken."""
    server = ThreadingHTTPServer((LOOPBACK, port), partial(Pages, site=site))
    server.daemon_threads = True
    server.block_on_close = False
    return server
