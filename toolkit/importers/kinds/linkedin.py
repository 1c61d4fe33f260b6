"""A LinkedIn page's content export (XLS): the sheet “All posts” with totals so far and “Metrics” with the page's days.

| their column | becomes |
|---|---|
| All posts: Impressions, Likes, Comments, Reposts | the post's `views`, `likes`, `comments`, `shares` |
| Clicks, Follows, Views | `clicks`, `follows`, `video_views` |
| Metrics: Impressions, Unique impressions | the page's `views` and `reach` of the day |
| Clicks, Reactions, Comments, Reposts (total) | `clicks`, `likes`, `comments`, `shares` of the day |
| New followers: Total followers | the page's `follows` of the day |

LinkedIn delivers no reach for each post, and of a post only the day: it counts as published at noon. Days are written
month first, unless a column proves otherwise. Who posted is personal and left out.
"""

from __future__ import annotations

from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.days import DayFile, read_days_into
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering
from toolkit.importers.layout import Column, Kind, Layout, find_tables, match_layout
from toolkit.importers.posts import PostFile, read_posts_into

TITLE: Final = "LinkedIn page content or followers"
NETWORK: Final = "linkedin"
MENU: Final = Menu(
    en="LinkedIn page, as admin → Analytics → Content (or Followers) → Export → XLS",
    de="LinkedIn-Seite, als Admin → Analysen → Content (oder Follower:innen) → Exportieren → XLS",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "headers in public programs, 2025 and 2026",
    Menu(
        en="the German headers: written from memory, no German file was seen",
        de="die deutschen Spaltennamen: aus dem Gedächtnis, eine deutsche Datei lag nicht vor",
    ),
)
NAME: Final = "linkedin"
POSTS: Final = Layout(
    (
        Column("title", ("Post title", "Titel des Beitrags", "Beitragstitel")),
        Column("url", ("Post link", "Link zum Beitrag", "Beitragslink"), needed=True),
        Column("campaign", ("Campaign name", "Kampagnenname")),
        Column("published_at", ("Created date", "Erstellungsdatum", "Erstellt am"), Kind.DAY, needed=True),
        Column("format", ("Content Type", "Content-Typ", "Inhaltstyp")),
        Column("views", ("Impressions", "Impressionen"), Kind.COUNT),
        Column("video_views", ("Views", "Views (excluding off-site video views)", "Aufrufe"), Kind.COUNT),
        Column("clicks", ("Clicks", "Klicks"), Kind.COUNT),
        Column("likes", ("Likes", "Reactions", "Reaktionen", "Gefällt mir"), Kind.COUNT),
        Column("comments", ("Comments", "Kommentare"), Kind.COUNT),
        Column("shares", ("Reposts", "Shares", "Geteilt"), Kind.COUNT),
        Column("follows", ("Follows", "Neue Follower"), Kind.COUNT),
    ),
    slashes="mdy",
)
METRICS: Final = Layout(
    (
        Column("day", ("Date", "Datum"), Kind.DAY, needed=True),
        Column("views", ("Impressions (total)", "Impressionen (gesamt)"), Kind.COUNT, needed=True),
        Column("reach", ("Unique impressions (organic)", "Eindeutige Impressionen (organisch)"), Kind.COUNT),
        Column("clicks", ("Clicks (total)", "Klicks (gesamt)"), Kind.COUNT),
        Column("likes", ("Reactions (total)", "Reaktionen (gesamt)"), Kind.COUNT),
        Column("comments", ("Comments (total)", "Kommentare (gesamt)"), Kind.COUNT),
        Column("shares", ("Reposts (total)", "Shares (total)", "Reposts (gesamt)"), Kind.COUNT),
    ),
    slashes="mdy",
)
FOLLOWERS: Final = Layout(
    (
        Column("day", ("Date", "Datum"), Kind.DAY, needed=True),
        Column("organic", ("Organic followers", "Organische Follower"), needed=True),
        Column("follows", ("Total followers", "Follower gesamt"), Kind.COUNT, needed=True),
    ),
    slashes="mdy",
)
KIND: Final = PostFile(NAME, NETWORK, POSTS)
DAYS: Final = (DayFile(NAME, NETWORK, METRICS), DayFile(NAME, NETWORK, FOLLOWERS))


def identify(export: Export) -> Match:
    """By either sheet: a post's link and day, a day's impressions, or a day's new followers."""
    matches = [match_layout(export, layout) for layout in (POSTS, METRICS, FOLLOWERS)]
    return max(matches, key=lambda match: (match.fits, match.nearness))


def extract(document: Document) -> Extract:
    """The posts and the page's days."""
    gathering = Gathering(document, NAME)
    read_posts_into(gathering, KIND)
    for days in DAYS:
        read_days_into(gathering, days)
    layouts = (POSTS, METRICS, FOLLOWERS)
    return gathering.extract(table.columns for layout in layouts for table in find_tables(document.export, layout))
