"""The site of this repository's own workspace, built strictly, served on a free port, looked at with Chromium."""

from __future__ import annotations

import http.server
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
NOW = "2026-11-21T12:00+01:00"
# The classes of our style sheets, wherever they stand.
CLASS = re.compile(r"\bls-[a-z][a-z-]*")
REPORT = '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Report of October</title><main><h1>October</h1><p>All well.</p></main></html>'


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without writing a line per request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        pass


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the repository's workspace, with one report and what others publish."""
    state, folder = tmp_path_factory.mktemp("state"), tmp_path_factory.mktemp("site")
    report = state / "reports/monthly/2026-10/index.html"
    report.parent.mkdir(parents=True)
    report.write_text(REPORT)
    environ = {
        **os.environ,
        "LEITSTAND_NOW": NOW,
        "LEITSTAND_STATE_DIR": str(state),
        "LEITSTAND_LANG": "en",
        "NO_MKDOCS_2_WARNING": "1",
    }
    research = [sys.executable, "-m", "toolkit", "sample", "research", "-w", str(ROOT), "--now", NOW]
    subprocess.run(research, check=True, capture_output=True, env=environ, timeout=120)
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-q",
        "-f",
        str(ROOT / "mkdocs.yml"),
        "-d",
        str(folder),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environ, timeout=120)
    assert done.returncode == 0, done.stderr
    return folder


def page_kinds(folder: Path) -> list[str]:
    """One address of each kind of page of a built site, and further ones until no class of ours is left unseen.

    Pages are of one kind when their addresses differ only in names and numbers of people, posts, months and the like:
    what lies below the same first folder equally deep. The rest is found by what stands on the pages.
    """
    classes = {
        f"{path.parent.relative_to(folder).as_posix()}/".removeprefix("./"): frozenset(CLASS.findall(path.read_text()))
        for path in sorted(folder.rglob("index.html"))
        if path.is_relative_to(folder / "reports") is False or path.parent == folder / "reports"
    }
    chosen: dict[tuple[str, int], str] = {}
    for address in classes:
        first, deep = address.partition("/")[0], address.count("/")
        chosen.setdefault((first, deep), address)
    seen = {name for address in chosen.values() for name in classes[address]}
    found = sorted(chosen.values())
    while left := max(classes, key=lambda address: len(classes[address] - seen)):
        if not classes[left] - seen:
            break
        found.append(left)
        seen |= classes[left]
    return found


@pytest.fixture(scope="session")
def kinds(site_folder: Path) -> list[str]:
    """The addresses of `page_kinds` of the repository's own site."""
    return page_kinds(site_folder)


@contextmanager
def serve(folder: Path, handler: type[QuietHandler] = QuietHandler) -> Iterator[str]:
    """The address of a server for a folder."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def address(site_folder: Path) -> Iterator[str]:
    """The address of the served site."""
    with serve(site_folder) as found:
        yield found


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens addresses, each in a browser that remembers nothing, with or without scripts."""
    contexts = []

    def open_page(address: str, *, width: int = 1280, scripts: bool = True) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@dataclass
class Visit:
    """A page in the browser, and everything it did that it must not do."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", lambda said: self.note(said.type in {"error", "warning"}, said.text))
        self.page.on("pageerror", lambda error: self.note(True, str(error)))
        self.page.on("request", lambda request: self.note(not self._is_ours(request.url), f"asks {request.url}"))
        self.page.on("response", lambda answer: self.note(answer.status >= 400, f"{answer.status} {answer.url}"))

    def _is_ours(self, url: str) -> bool:
        return url.startswith((self.address, "data:", "blob:"))

    def note(self, bad: bool, words: str) -> None:
        if bad:
            self.complaints.append(words)

    def go(self, path: str) -> None:
        """Open a page of the site and wait until it has loaded."""
        self.page.goto(self.address + path, wait_until="load")


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Opens windows on the site; at the end none may have complained."""
    opened: list[Visit] = []

    def open_window(width: int = 1280, scheme: str = "light") -> Visit:
        page = chromium.new_page(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
        )
        found = Visit(page, address)
        found.listen()
        opened.append(found)
        return found

    yield open_window
    for found in opened:
        found.page.close()
    assert [words for found in opened for words in found.complaints] == []
