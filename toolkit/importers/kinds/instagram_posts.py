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
from toolkit.importers.posts import ZONES, PostFile, read_posts

TITLE: Final = "Instagram posts (Meta Business Suite)"
NETWORK: Final = "instagram"
MENU: Final = Menu(
    en="Meta Business Suite → Insights → Content → Export data → Instagram, Post level, CSV",
    de="Meta Business Suite → Insights → Content → Daten exportieren → Instagram, Beitragsebene, CSV",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "headers in tests of public programs, 2025 and 2026",
    Menu(
        en="the German headers: made from the words of the menus, no German file was ever seen; the zone of “Publish time”, which Meta does not state: posts of ours in the file prove it, else it is read as the workspace's and a warning says so",
        de="die deutschen Spaltennamen: aus den Wörtern der Menüs gebildet, eine deutsche Datei lag nie vor; die Zeitzone der „Veröffentlichungszeit“, die Meta nicht angibt: eigene Beiträge in der Datei beweisen sie, sonst gilt die des Arbeitsbereichs, und eine Warnung sagt es",
    ),
)
# English headers: tests of public programs, 2025 and 2026. German ones: as with Facebook; one program has these words, too.
LAYOUT: Final = Layout(
    (
        Column("id", ("Post ID", "Beitrags-ID", "Beitrag-ID"), needed=True),
        Column("page_id", ("Account ID", "Konto-ID")),
        Column(
            "username",
            ("Account username", "Benutzername des Kontos", "Nutzername des Kontos", "Konto-Benutzername"),
            needed=True,
        ),
        Column("page_name", ("Account name", "Kontoname", "Name des Kontos")),
        Column("description", ("Description", "Beschreibung")),
        Column(
            "published_at",
            ("Publish time", "Veröffentlichungszeitpunkt", "Veröffentlichungszeit", "Zeitpunkt der Veröffentlichung"),
            Kind.MOMENT,
            needed=True,
        ),
        Column("url", ("Permalink",)),
        Column("format", ("Post type", "Beitragstyp", "Beitragsart")),
        Column("views", ("Views", "Aufrufe", "Impressions", "Impressionen", "Plays"), Kind.COUNT),
        Column("reach", ("Reach", "Reichweite"), Kind.COUNT),
        Column("likes", ("Likes", "„Gefällt mir“-Angaben", '"Gefällt mir"-Angaben', "Gefällt mir"), Kind.COUNT),
        Column("comments", ("Comments", "Kommentare"), Kind.COUNT),
        Column("shares", ("Shares", "Geteilte Inhalte", "Geteilt"), Kind.COUNT),
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
