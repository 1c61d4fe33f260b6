"""Pictures of the desk: every page on a phone and at a desk, light and dark, German and English; axe and widths beside.

    python -m benchmarks.desk_screens DIR
    python -m benchmarks.desk_screens DIR --only inbox --language de --full

Serves a copy of the sample workspace with a morning in it (and an empty one) by `leitstand desk`, opens each page in
headless Chromium and writes ``DIR/<page>-<width>-<scheme>-<language>.png``. Prints what axe-core finds and what is
wider than its window, at 360 pixels as well; with --strict either is a failure.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.deskhouse import RunningDesk, live_through, make_house, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, StorageState

SIZES: Final = {"phone": (390, 844), "desktop": (1440, 900)}
NARROW: Final = 360
LOCALES: Final = {"de": "de-DE", "en": "en-GB"}
# Who looks: a manager sees every page.
PERSON: Final = "wiebke"
STATUS: Final = {"missing": 404}
Pages = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How one window looks at the desk."""

    size: str
    scheme: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.size}-{self.scheme}-{self.language}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for on the command line."""

    target: Path
    only: str
    looks: tuple[Look, ...]
    full: bool


def morning_pages(desk: RunningDesk) -> dict[str, str]:
    """Name of the picture → address, once a morning has been lived through."""
    conversations = json.loads(desk.house.run("inbox", "list", "--json"))["conversations"]
    by_author = {one["author"]: one["id"] for one in conversations}
    nuts = next(one for author, one in by_author.items() if author.startswith("runa"))
    air = next(one for author, one in by_author.items() if author.startswith("@uwe"))
    plan = json.loads(desk.house.run("plan", "--json", fails=True))
    uid = next(one["uid"] for one in plan["slots"] if one["goes_out"])
    return {
        "today": "/",
        "inbox": "/inbox",
        "inbox-search": "/inbox?q=R%C3%BCckruf",
        "inbox-nothing": "/inbox?q=gibtesnicht",
        "conversation": f"/inbox/{nuts}",
        "conversation-long": f"/inbox/{air}",
        "replies": "/replies",
        "approvals": "/approvals",
        "posts": "/posts",
        "post": f"/posts/{uid}",
        "pause": "/pause",
        "crisis": "/crisis",
        "audit": "/audit",
        "login": "/login",
        "missing": "/inbox/0000000000",
    }


def crisis_pages(desk: RunningDesk) -> dict[str, str]:
    """The same desk at night: an incident runs."""
    said = "Mehrere melden Verbrühungen mit der Glaskanne."
    desk.house.run("crisis", "declare", "produktrueckruf", "--level", "2", "--reason", said, "--by", PERSON, fails=True)
    incidents = sorted((desk.house.root / "content" / "incidents").glob("*.md"))
    return {"crisis-runs": "/crisis", "incident": f"/crisis/{incidents[-1].stem}", "today-crisis": "/"}


EMPTY_PAGES: Final = {f"empty-{name}": f"/{name}" for name in ("inbox", "replies", "posts", "crisis", "audit")}


def take(browser: Browser, desk: RunningDesk, pages: Pages, wanted: Wanted) -> Iterator[tuple[str, list[str]]]:
    """A picture of each page in each look; yields its name and what is wrong with it."""
    chosen = {name: path for name, path in pages.items() if wanted.only in name}
    session = sign_in(browser, desk) if chosen else None
    for look in wanted.looks if chosen else ():
        page = open_window(browser, look, session)
        for name, path in chosen.items():
            answer = page.goto(desk.url + path, wait_until="load")
            page.screenshot(path=wanted.target / f"{name}-{look.name}.png", full_page=wanted.full)
            status = answer.status if answer else 0
            if status == STATUS.get(name, 200):
                yield f"{name}-{look.name}", [*axe(page), *too_wide(page)]
            else:
                yield f"{name}-{look.name}", [f"answers {status}"]
        page.context.close()


def sign_in(browser: Browser, desk: RunningDesk) -> StorageState:
    """What a browser keeps of somebody who has signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(desk.link(PERSON))
    page.locator("form button").first.click()
    page.wait_for_url(f"{desk.url}/")
    kept = context.storage_state()
    context.close()
    return kept


def open_window(browser: Browser, look: Look, session: StorageState | None) -> Page:
    """A new window that looks like this, signed in."""
    width, height = SIZES[look.size]
    context = browser.new_context(
        locale=LOCALES[look.language],
        viewport={"width": width, "height": height},
        color_scheme="dark" if look.scheme == "dark" else "light",
        has_touch=look.size == "phone",
        storage_state=session,
        bypass_csp=True,  # axe is put into the page
    )
    return context.new_page()


def axe(page: Page) -> list[str]:
    """What axe-core says of a page: the rule and the element's markup."""
    page.evaluate(axe_script())
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [f"{one['id']}: {node['html'][:140]}" for one in found for node in one["nodes"][:3]]


def axe_script() -> str:
    """axe-core as its package has it."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        raise SystemExit("needs axe-playwright-python; it stands in the dependency group dev")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def too_wide(page: Page) -> Iterator[str]:
    """Whether it scrolls sideways, as it is and on the narrowest phone."""
    usual = page.viewport_size or {"width": 0, "height": 0}
    for width in (usual["width"], NARROW):
        page.set_viewport_size({"width": width, "height": usual["height"]})
        more = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if more > 0:
            yield f"{more} px wider than {width}"
    page.set_viewport_size({"width": usual["width"], "height": usual["height"]})


def take_all(wanted: Wanted) -> dict[str, list[str]]:
    """Every picture's name and what is wrong with it."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("needs chromium; see .ci/system-packages")
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        house, empty = make_house(Path(folder) / "full"), make_house(Path(folder) / "empty")
        live_through(house)
        with running(house, PERSON) as desk:
            found |= dict(take(browser, desk, morning_pages(desk), wanted))
            found |= dict(take(browser, desk, crisis_pages(desk), wanted))
        with running(empty, PERSON) as desk:
            found |= dict(take(browser, desk, EMPTY_PAGES, wanted))
        browser.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path, help="the folder of the pictures")
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    parser.add_argument("--size", choices=SIZES, help="one size only")
    parser.add_argument("--scheme", choices=("light", "dark"), help="one scheme only")
    parser.add_argument("--language", choices=LOCALES, help="one language only")
    parser.add_argument("--full", action="store_true", help="whole pages, not windows")
    parser.add_argument("--strict", action="store_true", help="fail when anything is wrong")
    args = parser.parse_args()
    args.target.mkdir(parents=True, exist_ok=True)
    every = product(
        [args.size] if args.size else SIZES,
        [args.scheme] if args.scheme else ("light", "dark"),
        [args.language] if args.language else LOCALES,
    )
    looks = tuple(Look(*one) for one in every)
    found = take_all(Wanted(args.target, args.only, looks, args.full))
    wrong = {name: said for name, said in found.items() if said}
    sys.stdout.write(json.dumps({"pictures": len(found), "wrong": wrong}, indent=1, ensure_ascii=False) + "\n")
    if args.strict and wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
