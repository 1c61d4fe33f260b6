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
"""

from __future__ import annotations

from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.export import Export
from toolkit.importers.layout import Column, Kind, Layout, match_layout
from toolkit.importers.posts import PostFile, read_posts

TITLE: Final = "Facebook posts (Meta Business Suite)"
NETWORK: Final = "facebook"
MENU: Final = Menu(
    en="Meta Business Suite → Insights → Content → Export data → Facebook, Post level, CSV",
    de="Meta Business Suite → Insights → Content → Daten exportieren → Facebook, Beitragsebene, CSV",
)
# German headers are those of the German Business Suite as users describe them; both stand side by side.
LAYOUT: Final = Layout(
    (
        Column("id", ("Post ID", "Beitrags-ID", "Beitrag-ID"), needed=True),
        Column("page_id", ("Page ID", "Seiten-ID"), needed=True),
        Column("page_name", ("Page name", "Seitenname", "Name der Seite")),
        Column("title", ("Title", "Titel")),
        Column("description", ("Description", "Beschreibung")),
        Column(
            "published_at",
            ("Publish time", "Veröffentlichungszeitpunkt", "Veröffentlichungszeit", "Zeitpunkt der Veröffentlichung"),
            Kind.MOMENT,
            needed=True,
        ),
        Column("url", ("Permalink",)),
        Column("format", ("Post type", "Beitragstyp", "Beitragsart")),
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
        Column("comments", ("Comments", "Kommentare"), Kind.COUNT),
        Column("shares", ("Shares", "Geteilte Inhalte", "Geteilt"), Kind.COUNT),
        Column("clicks", ("Total clicks", "Klicks insgesamt", "Gesamtzahl der Klicks"), Kind.COUNT),
        Column("link_clicks", ("Link Clicks", "Link-Klicks", "Linkklicks"), Kind.COUNT),
        Column("view_time", ("Seconds viewed", "Angesehene Sekunden", "Wiedergabezeit in Sekunden"), Kind.NUMBER),
    ),
    slashes="mdy",
)
KIND: Final = PostFile("facebook-posts", NETWORK, LAYOUT, sums={"check_interactions": ("likes", "comments", "shares")})


def identify(export: Export) -> Match:
    """By the ids of post and page, the time, and any number."""
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every post of the file."""
    return read_posts(document, KIND)
