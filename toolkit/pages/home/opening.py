"""All first pages of a site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.pages.home.community import community_page
from toolkit.pages.home.editor import editor_page
from toolkit.pages.home.front import home_page
from toolkit.pages.home.manager import manager_page
from toolkit.pages.home.newcomer import first_day_page
from toolkit.pages.home.reader import reader_page
from toolkit.pages.home.roles import roles
from toolkit.pages.page import Content, Page
from toolkit.pages.paths import COMMUNITY, EDITOR, FIRST_DAY, HOME, MANAGER, READER
from toolkit.pages.view import Site

_PAGES: Final[Mapping[str, Callable[[Site, Mapping[str, Content]], Page]]] = {
    HOME: home_page,
    MANAGER: manager_page,
    COMMUNITY: community_page,
    EDITOR: editor_page,
    READER: reader_page,
    FIRST_DAY: first_day_page,
}


def home_pages(site: Site, pages: Mapping[str, Content]) -> dict[str, Page]:
    """For people outside everybody's page and the reader's. Links lead only to `pages` that are there, and to each other."""
    chosen = [one.path for one in roles(partner=site.given.partner)]
    there: dict[str, Content] = {**pages, **dict.fromkeys(chosen, b"")}
    return {path: _PAGES[path](site, there) for path in chosen}
