"""Posts of an Instagram account, as Meta Business Suite exports them: one row per post, totals so far.

| their column | becomes |
|---|---|
| Views, older: Impressions or Plays | `views` |
| Reach | `reach` |
| Likes, Comments, Shares, Saves | `likes`, `comments`, `shares`, `saves` |
| Follows | `follows` |

Instagram exports no clicks. The zone of “Publish time” and the German headers are as uncertain as those of
`toolkit.importers.kinds.facebook_posts`, and told in the same way.
"""

from __future__ import annotations

from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.layout import Column, Kind, Layout, match_layout
from toolkit.importers.meta import COMMENTS, FORMAT, ID, POSTS, PUBLISHED, SHARES, ZONES
from toolkit.importers.posts import PostFile, read_posts

TITLE: Final = "Instagram posts (Meta Business Suite)"
NETWORK: Final = "instagram"
MENU: Final = Menu(
    en="Meta Business Suite → Insights → Content → Export data → Instagram, Post level, CSV",
    de="Meta Business Suite → Insights → Content → Daten exportieren → Instagram, Beitragsebene, CSV",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "headers in tests of public programs, 2025 and 2026",
    POSTS,
)
# Tests of public programs, 2025 and 2026; German: see `toolkit.importers.meta`.
LAYOUT: Final = Layout(
    (
        ID,
        Column("page_id", ("Account ID", "Konto-ID")),
        Column(
            "username",
            ("Account username", "Benutzername des Kontos", "Nutzername des Kontos", "Konto-Benutzername"),
            needed=True,
        ),
        Column("page_name", ("Account name", "Kontoname", "Name des Kontos")),
        Column("description", ("Description", "Beschreibung")),
        PUBLISHED,
        Column("url", ("Permalink",)),
        FORMAT,
        Column("views", ("Views", "Aufrufe", "Impressions", "Impressionen", "Plays"), Kind.COUNT),
        Column("reach", ("Reach", "Reichweite"), Kind.COUNT),
        Column("likes", ("Likes", "„Gefällt mir“-Angaben", '"Gefällt mir"-Angaben', "Gefällt mir"), Kind.COUNT),
        COMMENTS,
        SHARES,
        Column("saves", ("Saves", "Gespeichert", "Gespeicherte Inhalte", "Gespeicherte Beiträge"), Kind.COUNT),
        Column("follows", ("Follows", "Neue Follower", "Gefolgt"), Kind.COUNT),
    ),
    slashes="mdy",
)
KIND: Final = PostFile("instagram-posts", NETWORK, LAYOUT, zones=ZONES)


def identify(export: Export) -> Match:
    """By the post's id, the account's user name, the time, and any number."""
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every post of the file."""
    return read_posts(document, KIND)
