"""Posts that are over stand on their month's page; everything leads there, also the address they had."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from toolkit.community.inbox.finding import Heard
from toolkit.pages.page import Moved, Page
from toolkit.pages.posts.measured import Brought
from toolkit.pages.rendering import render_site
from toolkit.pages.view import Site, SiteInput

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
OWN = "posts/2026/12/tuer-1.md"
PAGE = "archive/2026-12.md"
PLACE = f"{PAGE}#post-2026-12-tuer-1"
# The first day on which twelve whole months lie behind December 2026, and the last on which they do not.
OVER = datetime(2027, 12, 31, 23, 30, tzinfo=UTC)
BEFORE = datetime(2027, 12, 31, 22, 30, tzinfo=UTC)


@pytest.fixture
def old(studio: Studio) -> Studio:
    """A post that went out in December 2026, in a workspace that keeps pages for twelve months."""
    studio.publish(
        studio.post("Moin aus dem Hafen\nund [Tschüs](https://nordlicht.example.com) & 1 < 2"), at(2026, 12, 1)
    )
    keep(studio, 12)
    return studio


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


def keep(studio: Studio, months: int) -> None:
    """Set for how many months posts keep their pages."""
    file = studio.root / "leitstand.toml"
    text = re.sub(r"\n\[site\]\n.*", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{text}\n[site]\narchive_after_months = {months}\n", encoding="utf-8")


def where(given: SiteInput) -> str:
    """Where the only post stands."""
    return next(iter(Site(given).post_pages.values()))


def test_whole_months_by_the_clock_of_the_brand(old: Studio) -> None:
    """At the turn of the year in Berlin, not in London, December of the year before goes into the archive."""
    assert where(old.gather(BEFORE)) == OWN
    assert where(old.gather(OVER)) == PLACE
    keep(old, 13)
    assert where(old.gather(OVER)) == OWN


def test_without_the_setting_posts_keep_their_pages(studio: Studio) -> None:
    """Nothing is archived that nobody asked for."""
    studio.publish(studio.post(), at(2026, 12, 1))
    assert where(studio.gather(at(2099, 1, 1))) == OWN
    assert not [path for path in studio.render(at(2099, 1, 1)) if path.startswith("archive/")]


def test_what_is_open_keeps_its_page(studio: Studio) -> None:
    """A draft, a post that the ledger never sent, and one below which somebody waits are no archive's business."""
    keep(studio, 12)
    studio.post(status="draft")
    assert where(studio.gather(OVER)) == OWN
    path = studio.post()
    with studio.ledger() as ledger:
        studio.plan(path, ledger, "mastodon")
    assert where(studio.gather(OVER)) == OWN
    with studio.ledger() as ledger:
        sending = ledger.begin(ledger.rows()[0], OVER, rendition="{}", hashes=["sha256:x"], commit="")
        assert sending is not None
        ledger.confirm(sending, OVER, "109", "https://social.example.com/@nordlicht/109")
    given = studio.gather(OVER)
    assert where(replace(given, heard={UID: Heard(3, 1)})) == OWN
    assert where(replace(given, heard={UID: Heard(3, 0)})) == PLACE


def test_a_post_that_came_again_of_late_keeps_its_page(old: Studio) -> None:
    """Its last moment counts; in the archive it stands where it began."""
    more = "repeat: FREQ=WEEKLY;COUNT=8\n"
    old.post(publish="2026-12-01 07:30", uid=f"{UID[:-1]}8", more=more)
    assert where(old.gather(OVER)) == OWN
    assert where(old.gather(at(2028, 2, 1))) == PLACE


def test_the_page_says_what_is_still_asked(old: Studio, png: bytes) -> None:
    """Title, moment, text, the way to what was published, what pictures show, what it brought, and where its file is."""
    old.write("content/media/a.png", png)
    old.write("content/campaigns/advent.md", "---\ntitle: Advent & mehr\n---\nText\n")
    file = old.root / "content/posts/2026/12/tuer-1.md"
    more = (
        "campaign: advent\nmedia: [{file: media/a.png, alt: Ein Kutter}, {file: media/gone.png, alt: Nebel}]\n---\nMoin"
    )
    file.write_text(file.read_text(encoding="utf-8").replace("---\nMoin", more), encoding="utf-8")
    given = replace(
        old.gather(OVER),
        measured={(UID, "mastodon"): Brought(1204.0, 31.0, None)},
        edit_base="https://forge.example.com/edit/",
    )
    page = render_site(given)[PAGE]
    assert isinstance(page, Page)
    text = page.text
    for words in (
        "Archive December 2026",
        'id="post-2026-12-tuer-1"',
        'href="#post-2026-12-tuer-1"',
        "1 December 2026, 07:30",
        "Moin aus dem Hafen&#10;und Tschüs: https://nordlicht.example.com &amp; 1 &lt; 2",
        "Advent &amp; mehr",
        'href="https://social.example.com/@nordlicht/109"',
        'href="../../media/a.png"',
        "Ein Kutter",
        "<span>Nebel</span>",
        "Views: 1,204 · Interactions: 31<",
        "https://forge.example.com/edit/content/posts/2026/12/tuer-1.md",
    ):
        assert words in text, words


def test_old_addresses_lead_on(old: Studio) -> None:
    """What was given away stays: a document with a sentence, a link and no way into search engines, in both address forms."""
    for directory_urls, file, way in (
        (True, "posts/2026/12/tuer-1/index.html", "../../../../archive/2026-12/#post-2026-12-tuer-1"),
        (False, "posts/2026/12/tuer-1.html", "../../../archive/2026-12.html#post-2026-12-tuer-1"),
    ):
        pages = old.render(OVER, directory_urls=directory_urls)
        assert OWN not in pages
        moved = pages[file]
        assert isinstance(moved, Moved)
        html = moved.data().decode()
        assert f'content="0; url={way}"' in html
        assert f'<a href="{way}">Tür 1</a>' in html
        assert "noindex" in html
        assert "Content-Security-Policy" in html
        assert len(html) < 1500


def test_names_of_files_make_places_that_nobody_else_has(studio: Studio) -> None:
    """Spaces, signs and umlauts in names, and names that differ in nothing else, each have their place."""
    keep(studio, 12)
    names = ("a b.md", "a-b.md", "a#b.md", "Tür 1.md", "tür 1.md")
    for number, name in enumerate(names):
        studio.post(path=name, uid=f"{UID[:-1]}{number}")
    with studio.ledger() as ledger:
        assert not ledger.rows()
    pages = studio.render(OVER)
    page = pages[PAGE]
    assert isinstance(page, Page)
    anchors = re.findall(r'<article id="([^"]+)"', page.text)
    assert len(set(anchors)) == len(names)
    ways = {unquote(one.to.partition("#")[2]) for one in pages.values() if isinstance(one, Moved)}
    assert ways == set(anchors)


def test_time_moves_no_place(studio: Studio) -> None:
    """Where a post stands in the archive does not depend on which others are there already."""
    keep(studio, 12)
    studio.post(path="a b.md", publish="2027-05-01 10:00")
    studio.post(path="a-b.md", uid=f"{UID[:-1]}4")
    first = Site(studio.gather(OVER)).archived
    second = Site(studio.gather(at(2028, 12, 1))).archived
    assert first == {path: second[path] for path in first}
    assert len(second) == 2


def test_partners_are_told_nothing_more(old: Studio) -> None:
    """The archive for people outside has no figures."""
    given = old.gather(OVER, partner=True)
    page = render_site(given)[PAGE]
    assert isinstance(page, Page)
    assert "Views" not in page.text
