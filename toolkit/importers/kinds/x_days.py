"""Days of an X account, as X Analytics exports them (overview CSV): the account's amounts of each day.

Impressions become `views`, new follows and unfollows `follows` and `unfollows`. They are the account's,
not a post's: reports of posts do not add them up.
"""

from __future__ import annotations

from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.days import DayFile, read_days
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.layout import Column, Kind, Layout, match_layout

TITLE: Final = "X account by day (overview)"
NETWORK: Final = "x"
MENU: Final = Menu(
    en="X → Premium → Analytics → Overview → Export data (CSV)",
    de="X → Premium → Analytics → Übersicht → Daten exportieren (CSV)",
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
        Column("day", ("Date", "Datum"), Kind.DAY, needed=True),
        Column("views", ("Impressions", "Impressionen"), Kind.COUNT, needed=True),
        Column("likes", ("Likes", "Gefällt mir"), Kind.COUNT),
        Column("comments", ("Replies", "Antworten"), Kind.COUNT),
        Column("shares", ("Reposts", "Retweets"), Kind.COUNT),
        Column("saves", ("Bookmarks", "Lesezeichen"), Kind.COUNT),
        Column("follows", ("New follows", "Neue Follower"), Kind.COUNT),
        Column("unfollows", ("Unfollows", "Entfolgt"), Kind.COUNT, needed=True),
        Column("profile_visits", ("Profile visits", "Profilbesuche"), Kind.COUNT),
        Column("video_views", ("Video views", "Videoaufrufe"), Kind.COUNT),
    ),
    slashes="mdy",
)
KIND: Final = DayFile("x-days", NETWORK, LAYOUT)


def identify(export: Export) -> Match:
    """By the day, impressions and unfollows, which only the overview has."""
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every day of the file."""
    return read_days(document, KIND)
