"""Which pages of the research there are: trends, competitors, strengths and weaknesses."""

from __future__ import annotations

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
