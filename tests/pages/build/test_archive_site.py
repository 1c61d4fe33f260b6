"""The archive on a built site: links, the clock, search, other builders, partners, and a save while somebody looks."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import serve
from tests.pages.build.conftest import CONFIG, MakeSite, fill
from tests.pages.build.test_live import build_first, folder_of
from tests.pages.build.test_warm import edit, table, tree
from tests.pages.conftest import NOW
from toolkit.community.inbox.finding import Heard
from toolkit.pages.build.staging import stage_site
from toolkit.pages.posts.measured import Brought

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.pages.conftest import Studio

ROOT: Final = Path(__file__).parents[3]
UID: Final = "01JDK3V7Q2M8X4T6R9A0B1C2E1"
OLD: Final = "content/posts/2025/03/alt.md"
PAGE: Final = "archive/2025-03.md"
FILE: Final = "archive/2025-03/index.html"
STUB: Final = "posts/2025/03/alt/index.html"


@pytest.fixture
def old(studio: Studio, png: bytes) -> Studio:
    """Something of everything, three posts of long ago, and one that will be old in a month."""
    fill(studio, png)
    settings = studio.root / "leitstand.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "\n[site]\narchive_after_months = 12\n", encoding="utf-8"
    )
    more = "campaign: advent\nmedia: [{file: media/tür 1.png, alt: Ein Kutter}]\n"
    channels = "mastodon, bluesky"
    for path, uid, day, title in (
        ("2025/03/alt.md", UID, "2025-03-04 10:00", "Alte Fracht"),
        ("2025/03/#1 & mehr?.md", f"{UID[:-1]}2", "2025-03-05 10:00", "Zweite <b>Fracht</b>"),
        ("2025/05/mai.md", f"{UID[:-1]}3", "2025-05-05 10:00", "Im Mai"),
        ("2025/11/bald.md", f"{UID[:-1]}4", "2025-11-05 10:00", "Bald alt"),
    ):
        studio.post("Kabeljau im Hafen", path=path, uid=uid, publish=day, title=title, more=more, channels=channels)
    return studio


def check_links(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / ".ci/links", folder], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_archive_is_read_in_a_browser(
    old: Studio, make_site: MakeSite, chromium: Browser, scheme: Literal["light", "dark"], width: int
) -> None:
    """An old address leads to the post's place; axe finds nothing there, and nothing scrolls sideways."""
    with serve(make_site(CONFIG)) as address:
        page = chromium.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
        page.goto(f"{address}{STUB.removesuffix('index.html')}")
        page.wait_for_url("**/archive/2025-03/#post-2025-03-alt")
        page.wait_for_load_state("networkidle")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


@pytest.mark.parametrize("addresses", ["true", "false"])
def test_every_way_leads_to_the_place(old: Studio, make_site: MakeSite, addresses: str) -> None:
    """A strict build is silent, every link and place on it is there, and lists and months lead to the archive."""
    folder = make_site(CONFIG + f"use_directory_urls: {addresses}\n")
    check_links(folder)
    ending = "/index.html" if addresses == "true" else ".html"
    for page in ("posts/2025-03", "calendar/2025-03", "campaigns/advent"):
        assert "#post-2025-03-alt" in (folder / f"{page}{ending}").read_text(encoding="utf-8"), page
    stub = (folder / f"posts/2025/03/alt{ending}").read_text(encoding="utf-8")
    assert "md-header" not in stub
    assert "#post-2025-03-alt" in stub
    assert "md-header" in (folder / f"posts/2025/11/bald{ending}").read_text(encoding="utf-8")


def test_partners_and_their_links(old: Studio, make_site: MakeSite) -> None:
    """The site for people outside has the archive, and every link there leads somewhere."""
    config = CONFIG.replace("leitstand]", "{leitstand: {audience: partner}}]")
    folder = make_site(config)
    check_links(folder)
    assert "Kabeljau" in (folder / FILE).read_text(encoding="utf-8")


def test_time_alone_takes_a_post_into_the_archive(
    old: Studio, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the first of December the post of last November leads on; the site is the one of an empty folder, and goes back."""
    folder = make_site()
    before = tree(folder)
    assert "archive/2025-11/index.html" not in before
    monkeypatch.setenv("LEITSTAND_NOW", "2026-12-01T00:10+01:00")
    warm = tree(make_site())
    assert "archive/2025-11/#post-2025-11-bald" in warm["posts/2025/11/bald/index.html"].decode()
    check_links(folder)
    shutil.rmtree(folder)
    shutil.rmtree(old.root / ".leitstand")
    assert tree(make_site()) == warm
    monkeypatch.setenv("LEITSTAND_NOW", "2026-11-21T12:00+01:00")
    assert tree(make_site()) == before


def test_a_month_of_the_archive_is_made_once(old: Studio, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day later its file and the old addresses have kept their time."""
    folder = make_site()
    times = {path: (folder / path).stat().st_mtime_ns for path in (FILE, STUB)}
    monkeypatch.setenv("LEITSTAND_NOW", "2026-11-22T12:00+01:00")
    make_site()
    assert times == {path: (folder / path).stat().st_mtime_ns for path in times}


CHANGES: Final[dict[str, Callable[[Studio], None]]] = {
    "text": edit(OLD, "Kabeljau", "Scholle"),
    "title": edit(OLD, "Alte Fracht", "Neue Fracht"),
    "moment": edit(OLD, "2025-03-04 10:00", "2025-03-09 10:00"),
    "month": edit(OLD, "2025-03-04 10:00", "2025-04-04 10:00"),
    "channels": edit(OLD, "mastodon, bluesky", "mastodon"),
    "alt text": edit(OLD, "Ein Kutter", "Zwei Kutter"),
    "author": edit(OLD, "author: jule", "author: wiebke"),
    "out of the archive": edit(OLD, "status: ready", "status: draft"),
    "into this year": edit(OLD, "2025-03-04 10:00", "2026-03-04 10:00"),
    "gone": lambda studio: (studio.root / OLD).unlink(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_one_key_one_page(old: Studio, name: str) -> None:
    """Whatever changes about an archived post changes its month's page and the key of it; others keep both."""
    before = table(old)
    CHANGES[name](old)
    after = table(old)
    assert before[PAGE].key != after[PAGE].key
    assert before[PAGE].html != after[PAGE].html
    for path, page in before.items():
        if path in after and after[path].key == page.key:
            assert after[path].html == page.html, path
    if name != "month":
        assert before["archive/2025-05.md"].key == after["archive/2025-05.md"].key


def test_what_does_not_stand_in_files_is_part_of_the_key(old: Studio) -> None:
    """Numbers, what waits below it, the forge and the clock: a page that shows another thing has another key."""
    given = old.gather()
    before = table(old, given)[PAGE]
    for other in (
        replace(given, measured={(UID, "mastodon"): Brought(views=12.0)}),
        replace(given, heard={f"{UID[:-1]}2": Heard(2, 1)}),
        replace(given, edit_base="https://forge.example.com/edit"),
        replace(given, now=NOW - timedelta(days=200)),
        replace(given, directory_urls=False),
    ):
        after = table(old, other)[PAGE]
        assert after.key != before.key
        assert after.html != before.html


def test_search_knows_titles_and_where_they_are(old: Studio, make_site: MakeSite) -> None:
    """An archived post is found by its title at its place in the archive; of its text the index holds nothing."""
    folder = make_site() / "search/texts"
    texts = [one for file in folder.iterdir() for one in json.loads(file.read_bytes())]
    found = {at: (title, text) for at, title, _on, _day, text in texts if at.startswith("archive/")}
    assert found["archive/2025-03/#post-2025-03-alt"] == ("Alte Fracht", "")
    assert len(found) == 3
    assert not [at for at, *_rest in texts if at.startswith("posts/2025/03")]


def test_a_staged_folder_leads_on_as_well(old: Studio, tmp_path: Path) -> None:
    """Other builders copy the old addresses as they are."""
    given = old.gather()
    folder = tmp_path / "staged"
    stage_site(folder, old.render(directory_urls=False), given.workspace.settings, given.now)
    assert (folder / "docs" / PAGE).is_file()
    stub = (folder / "docs/posts/2025/03/alt.html").read_text(encoding="utf-8")
    assert "../../../archive/2025-03.html#post-2025-03-alt" in stub


@pytest.mark.parametrize("name", ["text", "title", "month", "out of the archive", "into this year"])
def test_a_saved_post_of_the_archive_is_shown_at_once(old: Studio, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What `leitstand serve` shows before the build has the bytes that the build makes, also when the post comes or goes."""
    builder = build_first(old, monkeypatch)
    CHANGES[name](old)
    assert builder.look()
    early = builder.early([FILE, "posts/2025-03/index.html", STUB])
    assert early is not None
    posts, looked_at = early.posts(), early.looked_at()
    own = {"month": "archive/2025-04/index.html", "text": FILE, "title": FILE}.get(name, STUB)
    assert list(posts) == [own]
    assert builder.build() == ""
    after = tree(folder_of(old))
    assert (posts | looked_at) == {file: after[file] for file in (*posts, *looked_at)}
    assert FILE in {*posts, *looked_at}
