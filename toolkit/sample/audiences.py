"""What the sample's accounts can reach, and what their networks count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from toolkit.sample.planted import Planted
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    """What an account of one network can reach, and what its network counts."""

    followers: int  # at the beginning
    yearly: float  # growth of followers in a year, 0.3 = 30 %
    rate: float  # interactions per follower and post
    viewed: float  # views per interaction
    metrics: tuple[str, ...] = ("likes", "comments", "shares", "views", "view_time", "downloads")


AUDIENCES: Final[Mapping[str, Audience]] = {
    "mastodon": Audience(1620, 0.34, 0.0105, 31),
    "bluesky": Audience(840, 0.71, 0.012, 27),
    "linkedin": Audience(1240, 0.19, 0.008, 42),
    "instagram": Audience(
        1380, 0.24, 0.016, 29, ("likes", "comments", "shares", "saves", "views", "reach", "video_views", "view_time")
    ),
    "newsletter": Audience(2330, 0.1, 0.011, 36, ("views", "clicks")),
    "feed": Audience(410, 0.05, 0.02, 14, ("views", "downloads")),
    "x": Audience(910, -0.16, 0.005, 60),
    # By the account's own name, where a network has a second, smaller one.
    "bluesky-en": Audience(260, 0.9, 0.013, 24),
}
OTHER: Final = Audience(500, 0.1, 0.01, 30)


def level(audience: Audience, planted: Planted, day: date) -> float:
    """The followers on a day, before chance."""
    return float(audience.followers * (1 + audience.yearly) ** ((day - planted.first_day).days / 365))
