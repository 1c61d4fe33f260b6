"""Mailchimp (CSV of all campaigns' reports): one row per newsletter that was sent, with its totals so far.

| their column | becomes of the newsletter |
|---|---|
| Total Recipients, Successful Deliveries, Total Bounces | `sent`, `delivered`, `bounces` |
| Unique Opens | `opens`: people, as far as that can be known |
| Unique Clicks, Total Clicks | `unique_clicks` (people), `clicks` |
| Unsubscribes, Abuse Complaints | `unsubscribes`, `complaints` |

Opens are unreliable: mail programs that load pictures for everybody (Apple Mail since 2021) open what nobody read, others
never tell. Clicks are a better measure. Orders and revenue are left out: the shop knows them. Times are the
Mailchimp account's, taken as the workspace's. Who got a newsletter is in other exports (recipients' activity), which
are not read.

The headers are those of public fixtures from 2018 to 2025; Mailchimp writes them in English.
"""

from __future__ import annotations

from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.layout import Column, Kind, Layout, match_layout
from toolkit.importers.posts import PostFile, read_posts

TITLE: Final = "Mailchimp campaigns"
NETWORK: Final = "newsletter"
MENU: Final = Menu(
    en="Mailchimp → Analytics → Reports → Download all", de="Mailchimp → Analytics → Reports → Download all"
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "files in public repositories, 2018 to 2025",
    Menu(
        en="the zone of “Send Date”: taken as the workspace's; give another one with --times",
        de="die Zeitzone von „Send Date“: gilt als die des Arbeitsbereichs; eine andere nennt --times",
    ),
)
LAYOUT: Final = Layout(
    (
        Column("id", ("Unique Id", "Campaign ID"), needed=True),
        Column("title", ("Subject",)),
        Column("description", ("Title",)),
        Column("published_at", ("Send Date",), Kind.MOMENT, needed=True),
        Column("sent", ("Total Recipients",), Kind.COUNT, needed=True),
        Column("delivered", ("Successful Deliveries",), Kind.COUNT),
        Column("bounces", ("Total Bounces",), Kind.COUNT),
        Column("opens", ("Unique Opens",), Kind.COUNT),
        Column("unique_clicks", ("Unique Clicks",), Kind.COUNT),
        Column("clicks", ("Total Clicks",), Kind.COUNT),
        Column("unsubscribes", ("Unsubscribes",), Kind.COUNT),
        Column("complaints", ("Abuse Complaints",), Kind.COUNT),
    )
)


def identify(export: Export) -> Match:
    """By a campaign's id, day and recipients."""
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every newsletter of the file."""
    return read_posts(document, PostFile("mailchimp", NETWORK, LAYOUT))
