"""`render_site`: everything on the site, from one input."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from toolkit.model import Post
from toolkit.pages.calendar import calendar_pages
from toolkit.pages.calendar.occasions import occasion_pages
from toolkit.pages.calendar.slots import slot_page
from toolkit.pages.emblem import emblem
from toolkit.pages.feeds.files import feed_files
from toolkit.pages.feeds.subscribe import subscribe_page
from toolkit.pages.handbook.book import book_page
from toolkit.pages.handbook.changes import changes_page
from toolkit.pages.handbook.prose import handbook_assets, handbook_pages
from toolkit.pages.handbook.reviews import review_page
from toolkit.pages.home.opening import home_pages
from toolkit.pages.page import Content
from toolkit.pages.paths import PROBLEMS, REPORTS
from toolkit.pages.places import with_places
from toolkit.pages.plan.campaigns import campaign_pages
from toolkit.pages.plan.channels import channel_pages
from toolkit.pages.plan.decisions import decision_page
from toolkit.pages.plan.ideas import idea_pages
from toolkit.pages.plan.pillars import pillar_pages
from toolkit.pages.plan.topics import topic_pages
from toolkit.pages.posts.archive import archive_pages, moved_pages
from toolkit.pages.posts.facts import post_facts
from toolkit.pages.posts.findings import problems_page
from toolkit.pages.posts.kits import kit_pages
from toolkit.pages.posts.lists import list_pages
from toolkit.pages.posts.post import post_page
from toolkit.pages.research.board import board_page
from toolkit.pages.research.tabs import has_rivals, has_trends
from toolkit.pages.results.periods import period_pages
from toolkit.pages.results.reports import report_assets, reports_page
from toolkit.pages.script import site_script
from toolkit.pages.stylesheet import style_sheet
from toolkit.pages.team.incidents import incident_pages, with_banner
from toolkit.pages.team.roster import team_page
from toolkit.pages.view import Site, SiteInput

# First folder → what makes the pages there that need no other page.
_ALONE: Final[Mapping[str, Callable[[Site], Mapping[str, Content]]]] = {
    "calendar/": calendar_pages,
    "posts/": list_pages,
    "campaigns/": campaign_pages,
    "channels/": channel_pages,
    "archive/": archive_pages,
}


def render_site(given: SiteInput) -> dict[str, Content]:
    """Path → Markdown page, the bytes of an asset, or the file that is to be copied."""
    site = Site(given)
    handbook = handbook_pages(site)
    pages: dict[str, Content] = {
        **changes_page(site),
        **book_page(site, handbook),
        **handbook,
        **calendar_pages(site),
        **subscribe_page(site),
        **list_pages(site),
        **_posts(site, site.workspace.posts),
        **archive_pages(site),
        **kit_pages(site),
        **campaign_pages(site),
        **channel_pages(site),
        **({} if given.partner else _internal(site)),
    }
    if not given.partner:
        pages |= _team(site, pages)
    pages |= home_pages(site, pages)
    return with_banner(site, with_places(site, pages)) | assets(site)


def render_some(site: Site, wanted: Collection[str], beside: Collection[str]) -> dict[str, Content]:
    """Those pages at the paths `wanted` that need no other page, as `render_site` makes them beside those at `beside`."""
    pages = _posts(site, (post for post in site.workspace.posts if site.post_pages[post.path] in wanted))
    for folder, make in _ALONE.items():
        if any(path.startswith(folder) and path not in pages for path in wanted):
            pages |= {path: page for path, page in make(site).items() if path in wanted}
    return with_banner(site, with_places(site, pages, beside))


def _posts(site: Site, posts: Iterable[Post]) -> dict[str, Content]:
    """The pages of those posts that have one of their own."""
    alone = (post for post in posts if post.path not in site.archived)
    return {site.post_pages[post.path]: post_page(site.common, post_facts(site, post)) for post in alone}


def _internal(site: Site) -> dict[str, Content]:
    """What nobody outside is shown: numbers, plans, and what is still wrong."""
    return {
        **idea_pages(site),
        **pillar_pages(site),
        **occasion_pages(site),
        **topic_pages(site),
        REPORTS: reports_page(site),
        **period_pages(site),
        **_counted(site),
        **_tried(site),
        **_researched(site),
        **board_page(site),
        PROBLEMS: problems_page(site),
        **incident_pages(site),
    }


# The arithmetic behind these pages takes longer to load than the rest of a small site to build.
def _counted(site: Site) -> dict[str, Content]:
    if not site.given.figures:
        return {}
    from toolkit.pages.results.kpis import kpi_pages

    return dict(kpi_pages(site))


def _tried(site: Site) -> dict[str, Content]:
    found: dict[str, Content] = {}
    if site.given.tried.times:
        from toolkit.pages.results.besttimes import times_page

        found |= times_page(site)
    if site.given.tried.experiences:
        from toolkit.pages.results.experiments import experiment_pages

        found |= experiment_pages(site)
    return found


def _researched(site: Site) -> dict[str, Content]:
    found: dict[str, Content] = {}
    if has_trends(site):
        from toolkit.pages.research.trending import trend_page

        found |= trend_page(site)
    if has_rivals(site):
        from toolkit.pages.research.rivals import rival_page

        found |= rival_page(site)
    return found


def _team(site: Site, pages: Mapping[str, Content]) -> dict[str, Content]:
    """Who answers for what, and what was decided: pages that lead to the others."""
    found: dict[str, Content] = {**pages, **review_page(site, pages), **decision_page(site, pages)}
    found |= slot_page(site, pages)
    return found | team_page(site, found)


def assets(site: Site) -> dict[str, Content]:
    """The style sheet and the script, pictures of posts, old addresses, the handbook's files, reports."""
    return {
        **site.media,
        **moved_pages(site),
        **handbook_assets(site),
        **report_assets(site),
        **feed_files(site),
        **style_sheet(site.tokens),
        **emblem(site.settings.name, site.tokens),
        **site_script(),
    }
