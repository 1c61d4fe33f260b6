"""Posts of a Facebook page, as Meta Business Suite exports them: one row per post, totals so far.

| their column | becomes |
|---|---|
| Views, older: Impressions | `views` |
| Reach | `reach` |
| Reactions, Comments, Shares | `likes`, `comments`, `shares` |
| Total clicks, Link Clicks | `clicks`, `link_clicks` |
| Seconds viewed | `view_time` |
| Title, or Description where it is empty | the title |

The number of columns changes from month to month and a later export of the same month has other numbers: each export
is a snapshot of its own. Where Reactions, Comments and Shares do not add up to their sum, a warning says so.

Meta does not say which zone “Publish time” is in. Where posts that Leitstand published stand in the file, their minute
proves it; otherwise it is read in the workspace's zone, a warning says so, and ``--times America/Los_Angeles`` gives
another one. The older Insights export had Pacific time (snowadays.jp/2013/04/1505); of this one nobody has written it
down. English headers are those of real files; German ones were never seen in one, they are the words of the menus.
"""

from __future__ import annotations

from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.layout import Column, Kind, Layout, match_layout
from toolkit.importers.meta import COMMENTS, FORMAT, ID, POSTS, PUBLISHED, SHARES, ZONES
from toolkit.importers.posts import PostFile, read_posts

TITLE: Final = "Facebook posts (Meta Business Suite)"
NETWORK: Final = "facebook"
MENU: Final = Menu(
    en="Meta Business Suite → Insights → Content → Export data → Facebook, Post level, CSV",
    de="Meta Business Suite → Insights → Content → Daten exportieren → Facebook, Beitragsebene, CSV",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "public descriptions of 12 monthly exports of one page, 2025-08 to 2026-07, and headers in public programs, 2025 and 2026",
    POSTS,
)
# 12 monthly files of one page, 2025-08 to 2026-07, as a public repository describes them; German: see `toolkit.importers.meta`.
LAYOUT: Final = Layout(
    (
        ID,
        Column("page_id", ("Page ID", "Seiten-ID"), needed=True),
        Column("page_name", ("Page name", "Seitenname", "Name der Seite")),
        Column("title", ("Title", "Titel")),
        Column("description", ("Description", "Beschreibung")),
        PUBLISHED,
        Column("url", ("Permalink",)),
        FORMAT,
        Column("views", ("Views", "Aufrufe", "Impressions", "Impressionen"), Kind.COUNT),
        Column("reach", ("Reach", "Reichweite"), Kind.COUNT),
        Column(
            "check_interactions",
            (
                "Reactions, Comments and Shares",
                "Reaktionen, Kommentare und geteilte Inhalte",
                "Reaktionen, Kommentare und Shares",
            ),
            Kind.COUNT,
        ),
        Column("likes", ("Reactions", "Reaktionen"), Kind.COUNT),
        COMMENTS,
        SHARES,
        Column("clicks", ("Total clicks", "Klicks insgesamt", "Gesamtzahl der Klicks"), Kind.COUNT),
        Column("link_clicks", ("Link Clicks", "Link-Klicks", "Linkklicks"), Kind.COUNT),
        Column("view_time", ("Seconds viewed", "Angesehene Sekunden", "Wiedergabezeit in Sekunden"), Kind.NUMBER),
    ),
    slashes="mdy",
)
KIND: Final = PostFile(
    "facebook-posts",
    NETWORK,
    LAYOUT,
    sums={"check_interactions": ("likes", "comments", "shares")},
    zones=ZONES,
)


def identify(export: Export) -> Match:
    """By the ids of post and page, the time, and any number."""
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every post of the file."""
    return read_posts(document, KIND)
