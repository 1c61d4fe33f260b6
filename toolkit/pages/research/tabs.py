"""The way between the pages of the research: trends, competitors, strengths and weaknesses; only those that there are."""

from __future__ import annotations

from toolkit.messages import _
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, link, tag
from toolkit.pages.paths import BOARD, RESEARCH, RIVALS
from toolkit.pages.view import Site


def has_trends(site: Site) -> bool:
    """Whether a feed of others was heard or a chart was imported, or what was kept of them cannot be read."""
    found = site.given.researched
    return found.known or bool(found.interests or found.damaged)


def has_rivals(site: Site) -> bool:
    """Whether a competitor's posts or counts are known."""
    return bool(site.given.researched.counts.brands or site.given.researched.counts.months)


def has_board(site: Site) -> bool:
    """Whether a report or the inbox says anything."""
    return bool(site.given.board.points)


def research_tabs(site: Site, page: str) -> Html | None:
    """The pages beside each other; nothing where there is one only."""
    every = (
        (has_trends(site), RESEARCH, _("Trends"), "hint"),
        (has_rivals(site), RIVALS, _("Competitors"), "campaign"),
        (has_board(site), BOARD, _("Strengths and weaknesses"), "report"),
    )
    there = [one for one in every if one[0]]
    links = (
        link(site.link(page, path), icon(name), title, class_="ls-view", aria_current="page" if path == page else None)
        for _known, path, title, name in there
    )
    return tag("nav", *links, class_="ls-views ls-ways", aria_label=_("Research")) if len(there) > 1 else None
