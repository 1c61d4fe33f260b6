"""Where things are: the seven parts of the site, the pages each of them leads to, and to which of them a page belongs.

Everything else is one step below one of these pages: the posts of a month, a campaign, a person. Such a page stands in no
navigation, so a row on top of it shows the pages of its part, and the one that it belongs to is marked.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from toolkit.messages import _
from toolkit.pages.home.roles import roles
from toolkit.pages.kept import digest
from toolkit.pages.markup import Html, div, join, link, tag
from toolkit.pages.page import Content, Page
from toolkit.pages.paths import (
    BOARD,
    CALENDAR,
    CAMPAIGNS,
    CHANNELS,
    DECISIONS,
    EXPERIMENTS,
    HOME,
    IDEAS,
    KPI_INDEX,
    OCCASIONS,
    PILLARS,
    POSTS,
    PROBLEMS,
    REPORTS,
    RESEARCH,
    REVIEWS,
    RIVALS,
    SLOTS,
    TEAM,
    TIMES,
    TOPICS,
)
from toolkit.pages.team.incidents import INDEX as INCIDENTS
from toolkit.pages.view import HANDBOOK, Site
from toolkit.values import dataclass

# First folder of a page's path → the page that leads to it, where the folder has no such page itself.
_ABOVE: Final[Mapping[str, str]] = {"archive": POSTS, "kits": POSTS, "kpis": KPI_INDEX, "feeds": CALENDAR}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the site: its title, and path → title of its pages, the first of which its tab opens."""

    title: str
    pages: tuple[tuple[str, str], ...]


def parts() -> tuple[Part, ...]:
    """All parts, in the order of the tabs; of their pages some may not be there."""
    return (
        Part(_("Home"), tuple((one.path, one.title) for one in roles(partner=False))),
        Part(_("Handbook"), ((f"{HANDBOOK}/index.md", _("Handbook")),)),
        Part(
            _("Planning"),
            (
                (CALENDAR, _("Calendar")),
                (POSTS, _("Posts")),
                (SLOTS, _("Posting slots")),
                (CAMPAIGNS, _("Campaigns")),
                (PILLARS, _("Pillars")),
                (IDEAS, _("Ideas")),
                (OCCASIONS, _("Occasions")),
                (TOPICS, _("No-go topics")),
                (PROBLEMS, _("Problems")),
            ),
        ),
        Part(_("Channels"), ((CHANNELS, _("Channels")),)),
        Part(
            _("Results"),
            (
                (REPORTS, _("Reports")),
                (KPI_INDEX, _("Key figures")),
                (TIMES, _("Posting times")),
                (EXPERIMENTS, _("Experiments")),
            ),
        ),
        Part(
            _("Research"),
            ((RESEARCH, _("Trends")), (RIVALS, _("Competitors")), (BOARD, _("Strengths and weaknesses"))),
        ),
        Part(
            _("Team"),
            (
                (TEAM, _("Who answers for what")),
                (REVIEWS, _("Review calendar")),
                (DECISIONS, _("Decisions")),
                (INCIDENTS, _("Incidents")),
            ),
        ),
    )


def place_of(path: str) -> str:
    """The page of `parts` to which a page belongs: itself, or the one that leads to it.

    >>> place_of("posts/2026/12/door-1.md"), place_of("kits/2026/12/door-1/linkedin.md"), place_of("team/reviews.md")
    ('posts/index.md', 'posts/index.md', 'team/reviews.md')
    """
    known = _places()
    if path in known:
        return path
    folder = path.partition("/")[0]
    found = _ABOVE.get(folder, f"{folder}/index.md")
    return found if found in known else HOME


@cache
def _places() -> frozenset[str]:
    return frozenset(path for part in parts() for path, _title in part.pages)


def with_places(site: Site, pages: Mapping[str, Content], beside: Collection[str] = ()) -> dict[str, Content]:
    """The pages, each of ours with the row of its part on top; first pages bring one of their own.

    `beside` are the paths of pages that are on the site as well.
    """
    row = row_maker(site, {*pages, *beside})
    return {path: _below(page, row(path)) if isinstance(page, Page) else page for path, page in pages.items()}


def row_maker(site: Site, pages: Collection[str]) -> Callable[[str], Html | None]:
    """What makes the row of a page; None for one whose part has a single page, and for first pages and the handbook."""
    shown = [Part(one.title, tuple(page for page in one.pages if page[0] in pages)) for one in parts()[2:]]
    part_of = {path: part for part in shown if len(part.pages) > 1 for path, _title in part.pages}

    @cache
    def make(folder: str, place: str, *, itself: bool) -> Html | None:
        part = part_of.get(place)
        if part is None:
            return None
        # Any page of the folder: their addresses are alike.
        page = place if itself else posixpath.join(folder, "page.md")
        links = (
            link(site.link(page, path), title, aria_current=("page" if itself else "true") if path == place else None)
            for path, title in part.pages
        )
        return div(
            tag(
                "nav",
                *links,
                class_="ls-places",
                aria_label=_("In this part: {part}").format(part=part.title),
                data_search_exclude=True,
            ),
            class_="ls",
        )

    def row(path: str) -> Html | None:
        place = place_of(path)
        return make(posixpath.dirname(path), place, itself=path == place)

    return row


def _below(page: Page, row: Html | None) -> Page:
    if row is None or page.make is None:
        return page
    make, key = page.make, digest(page.key, row) if page.key else ""
    return replace(page, make=lambda: join((row, make())), key=key)
