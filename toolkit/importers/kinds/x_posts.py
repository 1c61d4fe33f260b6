"""Posts of an X account, as X Analytics exports them (content CSV): one row per post, totals so far.

| their column | becomes |
|---|---|
| Impressions | `views` |
| Likes, Replies, Reposts | `likes`, `comments`, `shares` |
| Bookmarks | `saves` |
| URL Clicks, Permalink Clicks, Hashtag Clicks | `link_clicks`, `permalink_clicks`, `hashtag_clicks` |
| Profile visits, Detail Expands, New follows | `profile_visits`, `detail_expands`, `follows` |

Shares are what people did with the share button; reposts are what others call shares. X exports only the day of a
post, such as “Tue, Jul 14, 2026”: where Leitstand published it the ledger knows the minute, otherwise it counts as
published at noon.
"""

from __future__ import annotations

from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.layout import Column, Kind, Layout, match_layout
from toolkit.importers.posts import PostFile, read_posts

TITLE: Final = "X posts (content)"
NETWORK: Final = "x"
MENU: Final = Menu(
    en="X → Premium → Analytics → Content → Export data (CSV)",
    de="X → Premium → Analytics → Content → Daten exportieren (CSV)",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "headers in public programs, 2026",
    Menu(
        en="the German headers: written from memory, no German file was seen",
        de="die deutschen Spaltennamen: aus dem Gedächtnis, eine deutsche Datei lag nicht vor",
    ),
)
LAYOUT: Final = Layout(
    (
        Column("id", ("Post id", "Tweet id", "Beitrags-ID"), needed=True),
        Column("published_at", ("Date", "Datum"), Kind.DAY, needed=True),
        Column("title", ("Post text", "Tweet text", "Beitragstext"), needed=True),
        Column("url", ("Post Link", "Tweet permalink", "Link zum Beitrag")),
        Column("views", ("Impressions", "Impressionen"), Kind.COUNT, needed=True),
        Column("likes", ("Likes", "Gefällt mir"), Kind.COUNT),
        Column("comments", ("Replies", "Antworten"), Kind.COUNT),
        Column("shares", ("Reposts", "Retweets"), Kind.COUNT),
        Column("saves", ("Bookmarks", "Lesezeichen"), Kind.COUNT),
        Column("follows", ("New follows", "Neue Follower"), Kind.COUNT),
        Column("profile_visits", ("Profile visits", "Profilbesuche"), Kind.COUNT),
        Column("detail_expands", ("Detail Expands",), Kind.COUNT),
        Column("link_clicks", ("URL Clicks", "URL-Klicks"), Kind.COUNT),
        Column("hashtag_clicks", ("Hashtag Clicks", "Hashtag-Klicks"), Kind.COUNT),
        Column("permalink_clicks", ("Permalink Clicks", "Permalink-Klicks"), Kind.COUNT),
    ),
    slashes="mdy",
)
KIND: Final = PostFile("x-posts", NETWORK, LAYOUT)


def identify(export: Export) -> Match:
    """By the post's id, day, text and impressions."""
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every post of the file."""
    return read_posts(document, KIND)
