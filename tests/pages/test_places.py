"""Seven parts, everything within two clicks, and every page shows to which part it belongs."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

import pytest

from toolkit.pages.build.navigation import make_navigation
from toolkit.pages.page import Content, Page
from toolkit.pages.places import parts, place_of
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

_HREF = re.compile(r'href="([^"#?:]+)"')


def fill(studio: Studio) -> None:
    """Something of most rooms."""
    studio.post(more="campaign: advent\n")
    studio.write("content/campaigns/advent.md", "---\ntitle: Advent\nstart: 2026-11-24\nend: 2026-12-24\n---\nText\n")
    studio.write("content/ideas/cups.md", "---\nid: I1\ntitle: Cups\n---\nWhich?\n")
    studio.write("guidelines/index.md", "---\nowner: jule\nnext_review: 2027-05-01\n---\n# Handbook\n")
    studio.write("guidelines/crisis/recall.md", "# Recall\n")


def leads_to(pages: dict[str, Content], path: str) -> set[str]:
    """The pages that a page links to, with its tabs."""
    page = pages[path]
    assert isinstance(page, Page)
    folder = path.removesuffix("index.md") if path.endswith("index.md") else f"{path.removesuffix('.md')}/"
    found = {f"{posixpath.normpath(posixpath.join(folder or '.', target))}/" for target in _HREF.findall(page.text)}
    there = {
        one
        for one in pages
        if (one.removesuffix("index.md") or "./") in found or f"{one.removesuffix('.md')}/" in found
    }
    return there | {part.pages[0][0] for part in parts() if part.pages[0][0] in pages}


def test_there_are_seven_tabs_at_most(studio: Studio) -> None:
    """Each with its pages below; in an empty house those that have pages."""
    empty = make_navigation(studio.render())
    fill(studio)
    full = make_navigation(studio.render())
    titles = [next(iter(item)) for item in full]
    assert titles == ["Home", "Handbook", "Planning", "Channels", "Results", "Team"]
    assert len(empty) <= len(full) <= 7


def test_everything_but_posts_is_two_clicks_from_home(studio: Studio) -> None:
    """By tabs and by links on the pages; handbook pages by their own navigation, posts and weeks by their month."""
    fill(studio)
    pages = studio.render()
    one = leads_to(pages, "index.md")
    two = one.union(*(leads_to(pages, path) for path in one))
    wanted = {
        path
        for path, page in pages.items()
        if isinstance(page, Page)
        and not path.startswith(("posts/2", "handbook/crisis", "kits/", "kpis/", "calendar/2"))
    }
    assert wanted - two - {"index.md"} == set()


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("index.md", "index.md"),
        ("home/manager.md", "home/manager.md"),
        ("posts/2026/12/tuer-1.md", "posts/index.md"),
        ("posts/2026-12.md", "posts/index.md"),
        ("kits/2026/12/tuer-1/linkedin.md", "posts/index.md"),
        ("kpis/likes.md", "kpis/index.md"),
        ("reports/times.md", "reports/times.md"),
        ("team/jule.md", "team/index.md"),
        ("handbook/crisis/recall.md", "handbook/index.md"),
        ("calendar/2026-W47.md", "calendar/index.md"),
        ("unheard-of/page.md", "index.md"),
    ],
)
def test_every_page_belongs_somewhere(path: str, place: str) -> None:
    """To itself, or to the page that leads to it; whatever nobody knows belongs to the start."""
    assert place_of(path) == place


def test_a_page_outside_the_navigation_shows_its_part(studio: Studio) -> None:
    """A post has the row of planning on top, with “Posts” marked as the place it is below; the links are right from there."""
    fill(studio)
    row = studio.page("posts/2026/12/tuer-1.md").split("</nav>")[0]
    assert '<nav class="ls-places" aria-label="In this part: Planning"' in row
    assert '<a href="../../../" aria-current="true">Posts</a>' in row
    assert '<a href="../../../../calendar/">Calendar</a>' in row
    assert 'aria-current="page">Posts</a>' in studio.page("posts/index.md").split("</nav>")[0]


def test_people_outside_are_not_led_to_what_they_do_not_get(studio: Studio) -> None:
    """No row and no tab names a page that is not there."""
    fill(studio)
    pages = render_site(studio.gather(partner=True))
    named = {path for item in make_navigation(pages) for path in re.findall(r"'([\w/-]+\.md)'", str(item))}
    assert named <= pages.keys()
    found = pages["posts/2026/12/tuer-1.md"]
    assert isinstance(found, Page)
    assert ">Ideas</a>" not in found.text
