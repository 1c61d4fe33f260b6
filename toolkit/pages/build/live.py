"""`leitstand serve`: the site on one's own machine, as new as its files; what is wrong with them stands on the page.

One thread watches the files and builds, the others answer browsers. When a post is saved, its page is made at once from
what the last build knows; the whole build follows (`mkdocs build` without its process), and of the site it writes only
what is new. Every page asks to be told when it is another one (server-sent events,
https://html.spec.whatwg.org/multipage/server-sent-events.html), by a script of ours from the same server, which is what
the policy of our pages allows.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote, urlsplit

from toolkit.findings.inputs import FOLDERS
from toolkit.messages import _
from toolkit.pages.markup import Html, div, heading, para, tag, text
from toolkit.pages.script import read_asset
from toolkit.settings import FILE_NAME
from toolkit.source.writing import READABLE, replace_file

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from toolkit.pages.build.plugin import LeitstandPlugin

LOOPBACK: Final = "127.0.0.1"
EVENTS: Final = "/~leitstand/events"
SCRIPT: Final = "/~leitstand/live.js"
# Seconds: between two looks at the files, between two signs of life to a browser, until time alone is a reason to build.
LOOK: Final = 0.15
ALIVE: Final = 15.0
AGE: Final = 300.0
_POSTS: Final = "content/posts/"


@dataclass
class Site:
    """The served folder, what is wrong with it, and the bell that rings when either may have changed."""

    folder: Path
    problem: str = ""  # what stopped the last build, line by line
    ended: bool = False
    bell: threading.Condition = field(default_factory=threading.Condition)

    def ring(self, problem: str | None = None, *, end: bool = False) -> None:
        """Let everybody look again; `problem` is what stopped the build, "" for nothing, None where there was none."""
        with self.bell:
            self.problem = self.problem if problem is None else problem
            self.ended = self.ended or end
            self.bell.notify_all()

    def version(self, page: Path) -> str:
        """What changes with the page, its styles and its script, and with what stops the build."""
        whole = hashlib.blake2b(self.problem.encode("utf-8", "surrogatepass"), digest_size=8)
        for file in (page, self.folder / "assets/leitstand.css", self.folder / "assets/leitstand.js"):
            whole.update(file.read_bytes() if file.is_file() else b"")
        return whole.hexdigest()


class Builder:
    """Builds the site of one mkdocs.yml into a folder, over and over; `more` are further files that it depends on."""

    def __init__(self, config: Path, folder: Path, more: Sequence[Path] = ()) -> None:
        self._file = config
        self._folder = folder
        self._plugin: LeitstandPlugin | None = None
        names = (config.name, FILE_NAME, *FOLDERS)
        self._watched = tuple(map(str, (*(config.parent / name for name in names), *more)))
        self._seen: dict[str, tuple[int, int]] = {}

    def changes(self) -> list[str]:
        """The files that are not what the last build saw."""
        now, seen = look(self._watched), self._seen
        return sorted(path for path in seen.keys() | now.keys() if seen.get(path) != now.get(path))

    def build(self) -> str:
        """Build all of it; what stopped it, "" when nothing did."""
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        self._seen = look(self._watched)  # before anything is read: what comes meanwhile is new
        with _said() as said:
            try:
                config = load_config(str(self._file), site_dir=str(self._folder))
                config.plugins.on_startup(command="build", dirty=False)
                build(config)
            except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever it is, the page says it and the server goes on
                return "\n".join(said) or str(error) or type(error).__name__
        others = [path for path in _watched(config) if path not in self._watched]
        self._watched = (*self._watched, *others)
        self._seen |= look(others)
        self._plugin = _plugin(config)
        return ""

    def refresh(self, root: Path, files: Sequence[str]) -> bool:
        """Make the pages of these posts anew, at once; whether there was anything to make."""
        posts = [os.path.relpath(file, root).replace(os.sep, "/") for file in files]
        if self._plugin is None or not posts or not all(one.startswith(_POSTS) for one in posts):
            return False
        try:
            made = self._plugin.refresh(posts)
        except Exception:  # noqa: BLE001  # the build that follows says what is wrong
            return False
        for path, data in made.items():
            replace_file(self._folder / path, data, READABLE)
        return bool(made)


@contextmanager
def _said() -> Iterator[list[str]]:
    """The errors that MkDocs says while it builds."""
    said: list[str] = []
    handler, logger = logging.Handler(logging.ERROR), logging.getLogger("mkdocs")
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


def _plugin(config: MkDocsConfig) -> LeitstandPlugin | None:
    from toolkit.pages.build.plugin import LeitstandPlugin

    return next((one for one in config.plugins.values() if isinstance(one, LeitstandPlugin)), None)


def _watched(config: MkDocsConfig) -> Iterator[str]:
    yield from map(str, (config.docs_dir, *config.watch))
    if config.theme.custom_dir:
        yield str(config.theme.custom_dir)


def look(paths: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Every file at and below `paths` with its size and time; what cannot be looked at is not there."""
    found: dict[str, tuple[int, int]] = {}
    left = [*paths]
    while left:
        path = left.pop()
        try:
            if os.path.isdir(path):  # noqa: PTH112  # thousands of files, several times a second
                with os.scandir(path) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            if not entry.name.startswith("."):
                                left.append(entry.path)
                        else:
                            status = entry.stat()
                            found[entry.path] = status.st_size, status.st_mtime_ns
            else:
                status = os.stat(path)  # noqa: PTH116  # as above
                found[path] = status.st_size, status.st_mtime_ns
        except OSError:
            continue
    return found


def keep_up(site: Site, builder: Builder, root: Path) -> None:
    """Build whenever a file is another one, or after a while, until the site is over."""
    built = time.monotonic()
    while not site.ended:
        began = time.monotonic()
        changed = builder.changes()
        if changed or began - built > AGE:
            built = began
            if changed and builder.refresh(root, changed):
                site.ring()
            site.ring(builder.build())
        # A look at very many files is not taken all the time.
        with site.bell:
            site.bell.wait(max(LOOK, 4 * (time.monotonic() - began)) if not changed else 0.01)


class Pages(SimpleHTTPRequestHandler):
    """Answers browsers on this machine, and nobody who came here by another name."""

    protocol_version = "HTTP/1.1"

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
        if self.site.problem and file.suffix == ".html":
            self._send(500, "text/html", self._live(_problem_page(self.site.problem), file))
        elif not file.is_file():
            self._missing(file)
        elif file.suffix == ".html" and path.endswith(("/", ".html")):
            self._send(200, "text/html", self._live(file.read_text(encoding="utf-8"), file))
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
        return file / "index.html" if file.is_dir() else file

    def _missing(self, file: Path) -> None:
        page = self.site.folder / "404.html"
        shown = page.read_text(encoding="utf-8") if page.is_file() else "404"
        self._send(404, "text/html", self._live(shown, file))

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
