"""`render_site`: everything on the site, from one input."""

from __future__ import annotations

from toolkit.pages.campaigns import campaign_pages
from toolkit.pages.channels import channel_pages
from toolkit.pages.colours import style_sheet
from toolkit.pages.findings import PATH as PROBLEMS
from toolkit.pages.findings import problems_page
from toolkit.pages.handbook import handbook_assets, handbook_pages
from toolkit.pages.home import PAGE as HOME
from toolkit.pages.home import home_page
from toolkit.pages.lists import list_pages
from toolkit.pages.media import used_media
from toolkit.pages.months import calendar_pages
from toolkit.pages.posts import post_page
from toolkit.pages.reports import INDEX as REPORTS
from toolkit.pages.reports import report_assets, reports_page
from toolkit.pages.view import Page, Site, SiteInput
from toolkit.workspace import drafts


def render_site(given: SiteInput) -> dict[str, Page | bytes]:
    """Path → Markdown page or the bytes of an asset. Pure but for reading pictures from the workspace's tree."""
    site = Site(given)
    handbook = handbook_pages(site)
    pages: dict[str, Page | bytes] = {
        HOME: home_page(site, handbook),
        **handbook,
        **calendar_pages(site),
        **list_pages(site),
        **{site.post_pages[post.path]: post_page(site, post) for post in site.workspace.posts},
        **campaign_pages(site),
        **channel_pages(site),
        REPORTS: reports_page(site),
        PROBLEMS: problems_page(site),
    }
    return pages | assets(site)


def assets(site: Site) -> dict[str, bytes]:
    """The style sheet, pictures of posts, the handbook's files, reports."""
    every = (draft for post in site.workspace.posts for draft in drafts(post, site.settings))
    return {
        **used_media(site.workspace.tree, every),
        **handbook_assets(site),
        **report_assets(site),
        **style_sheet(site.workspace.tree),
    }
