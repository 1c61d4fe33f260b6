"""Pictures of what people see: the sample's site and the browser editor, light and dark, at a desk and on a phone.

    python -m benchmarks.screens DIR
    python -m benchmarks.screens DIR --only woerter

Builds the site of this repository's own workspace as `mkdocs build` does, opens each page in headless Chromium and
writes ``DIR/<page>-<width>-<scheme>.png``. Prints what is wider than its window; with --strict that is a failure.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.editor import PackageError, build_editor
from toolkit.editor.serving import serve_folder
from toolkit.messages import speak
from toolkit.workspace import load_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT: Final = Path(__file__).parents[1]
NOW: Final = "2026-11-21T12:00+01:00"
SIGN_IN: Final = "Test"  # the name of the trial's storage is in each language's button
# Name of the picture → where the page is.
PAGES: Final = {
    "home": "",
    "rules": "handbook/stimme/",
    "rule": "handbook/barrierefreiheit/",
    "rule-page": "handbook/referenz/regeln/fancy-letters/",
    "woerter": "handbook/woerter/",
    "swatches": "handbook/farben/",
    "times": "handbook/zeiten/",
    "problems": "problems/",
    "calendar": "calendar/2026-11/",
}


@dataclass(frozen=True, slots=True)
class Window:
    """How wide a window is, and which scheme its owner prefers."""

    width: int
    dark: bool = False

    @property
    def name(self) -> str:
        return f"{self.width}-{'dark' if self.dark else 'light'}"


WINDOWS: Final = (Window(1280), Window(1280, dark=True), Window(390), Window(390, dark=True))


def build_site(folder: Path, state: Path) -> None:
    """The site of the sample, and the editor to try it beside it; without the editor's packages, without the editor."""
    environ = {**os.environ, "LEITSTAND_NOW": NOW, "LEITSTAND_STATE_DIR": str(state), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(ROOT / "mkdocs.yml"), "-d", str(folder)]
    subprocess.run(command, check=True, env=environ, timeout=300)
    speak("de")
    try:
        build_editor(load_workspace(ROOT), folder / "editor", trial=True)
    except PackageError as error:
        sys.stderr.write(f"no pictures of the editor: {error}\n")


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of a server for a folder."""
    with serve_folder(folder) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def open_window(browser: Browser, window: Window) -> Page:
    """A new window without history."""
    size = {"width": window.width, "height": 900}
    return browser.new_page(locale="de-DE", viewport=size, color_scheme="dark" if window.dark else "light")  # type: ignore[arg-type]  # a TypedDict of the same keys


def take_pages(browser: Browser, address: str, target: Path, only: str) -> Iterator[tuple[str, int]]:
    """A picture of each page in each window; yields its name and how many pixels it is wider than the window."""
    for window in WINDOWS:
        page = open_window(browser, window)
        for name, path in PAGES.items():
            if only in name:
                answer = page.goto(address + path, wait_until="networkidle")
                if answer is None or not answer.ok:
                    raise SystemExit(f"{path}: the site has no such page")
                page.wait_for_timeout(300)  # the tabs fade in
                page.screenshot(path=target / f"{name}-{window.name}.png", full_page=True)
                yield f"{name}-{window.name}", page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.close()


def take_editor(browser: Browser, address: str, target: Path) -> Iterator[tuple[str, int]]:
    """The editor's empty list, and the form of a new post."""
    for window in WINDOWS:
        page = open_window(browser, window)
        page.goto(f"{address}editor/")
        page.get_by_role("button", name=SIGN_IN).wait_for()
        page.wait_for_timeout(700)  # it fades in
        page.screenshot(path=target / f"editor-door-{window.name}.png")
        page.get_by_role("button", name=SIGN_IN).click()
        page.wait_for_url("**#/collections**")
        for name, path in (("list", ""), ("post", "/new")):
            page.goto(f"{address}editor/#/collections/posts{path}")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(700)  # its animations
            page.screenshot(path=target / f"editor-{name}-{window.name}.png")
            yield f"editor-{name}-{window.name}", page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.close()


def take_all(target: Path, only: str) -> dict[str, int]:
    """Every picture's name and how many pixels it is wider than its window."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("needs chromium; see .ci/system-packages")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build_site(site, Path(folder) / "state")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        with serve(site) as address:
            wide = dict(take_pages(browser, address, target, only))
            if only in "editor" and (site / "editor").is_dir():
                wide |= dict(take_editor(browser, address, target))
        browser.close()
    return wide


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path, help="the folder of the pictures")
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    parser.add_argument("--strict", action="store_true", help="fail when a page is wider than its window")
    chosen = parser.parse_args()
    chosen.target.mkdir(parents=True, exist_ok=True)
    wide = take_all(chosen.target, chosen.only)
    too_wide = {name: pixels for name, pixels in wide.items() if pixels > 0}
    sys.stdout.write(json.dumps({"pictures": len(wide), "wider than their window": too_wide}, indent=2) + "\n")
    if chosen.strict and too_wide:
        sys.exit(1)


if __name__ == "__main__":
    main()
