"""Posts of Facebook pages with their reactions by kind, as the research data set “Facebook Live Sellers in Thailand”.

Columns are `status_id` (page and post), `status_type`, `status_published`, `num_reactions`, `num_comments`,
`num_shares` and one for each kind of reaction. Reactions become `likes`, comments `comments`, shares `shares`; the
kinds have to add up to the reactions, and a warning says where they do not. The files say no time of counting: give
it with ``--observed``, otherwise the file's date counts.
"""

from __future__ import annotations

from typing import Final

from toolkit.importers.base import Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.layout import Column, Kind, Layout, match_layout
from toolkit.importers.posts import PostFile, read_posts

TITLE: Final = "Facebook posts with kinds of reactions (research data sets)"
NETWORK: Final = "facebook"
MENU: Final = Menu(
    en="UCI Machine Learning Repository → Facebook Live Sellers in Thailand → Live.csv",
    de="UCI Machine Learning Repository → Facebook Live Sellers in Thailand → Live.csv",
)
EVIDENCE: Final = Evidence(
    Confidence.SEEN,
    "the data set “Facebook Live Sellers in Thailand”",
)
KINDS: Final = ("num_likes", "num_loves", "num_wows", "num_hahas", "num_sads", "num_angrys", "num_special")
LAYOUT: Final = Layout(
    (
        Column("id", ("status_id",), needed=True),
        Column("description", ("status_message",)),
        Column("format", ("status_type",)),
        Column("url", ("status_link",)),
        Column("published_at", ("status_published",), Kind.MOMENT, needed=True),
        Column("likes", ("num_reactions",), Kind.COUNT, needed=True),
        Column("comments", ("num_comments",), Kind.COUNT),
        Column("shares", ("num_shares",), Kind.COUNT),
        *(Column(f"check_{name}", (name,), Kind.COUNT) for name in KINDS),
    ),
    slashes="mdy",
)
KIND: Final = PostFile("facebook-live", NETWORK, LAYOUT, sums={"likes": tuple(f"check_{name}" for name in KINDS)})


def identify(export: Export) -> Match:
    """By the status id, its moment and the number of reactions."""
    return match_layout(export, LAYOUT)


def extract(document: Document) -> Extract:
    """Every post of the file."""
    return read_posts(document, KIND)
