"""Every KPI, defined once: handbook page, notebook, goal and command share this table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from toolkit.kpis.units import Units, account_growth, account_level, daily_total, post_rate, post_total, voices


class Better(StrEnum):
    """Which direction is good news."""

    HIGHER = "higher"
    LOWER = "lower"


class Unit(StrEnum):
    """How a value reads."""

    COUNT = "count"
    SHARE = "share"  # 0..1, shown as per cent
    EURO = "EUR"
    SECONDS = "seconds"


class Of(StrEnum):
    """What a KPI is counted over."""

    POSTS = "posts"
    ACCOUNTS = "accounts"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI. Texts are English and translated where they are shown."""

    name: str
    title: str
    definition: str
    formula: str
    denominator: str  # "" for totals
    unit: Unit
    of: Of
    units: Units
    better: Better = Better.HIGHER
    # Whether the units can be drawn anew for an interval; days and accounts cannot.
    sampled: bool = True


_AGE: Final = "Posts published in the period, each seven days after publication."


def _post(name: str, title: str, definition: str, unit: Unit = Unit.COUNT) -> Kpi:
    return Kpi(name, title, f"{definition} {_AGE}", f"sum({name})", "", unit, Of.POSTS, post_total(name))


def _rate(name: str, title: str, definition: str, part: str, base: str) -> Kpi:
    formula = f"sum({part}) / sum({base})"
    return Kpi(name, title, f"{definition} {_AGE}", formula, base, Unit.SHARE, Of.POSTS, post_rate(part, base))


def _day(name: str, title: str, definition: str, subject: str, unit: Unit = Unit.COUNT) -> Kpi:
    formula = f"sum({name})"
    return Kpi(name, title, definition, formula, "", unit, Of.DAYS, daily_total(subject, name), sampled=False)


_ALL: Final = (
    _post("interactions", "Interactions", "Likes, comments and shares, as far as the network delivers them."),
    _rate(
        "engagement_rate_followers",
        "Engagement rate (followers)",
        "Interactions per post and follower at the time of publication; the only rate that competitors can be compared with.",
        "interactions",
        "followers",
    ),
    _rate("engagement_rate_views", "Engagement rate (views)", "Interactions for each view.", "interactions", "views"),
    _rate(
        "engagement_rate_reach",
        "Engagement rate (reach)",
        "Interactions for each person reached.",
        "interactions",
        "reach",
    ),
    _post("likes", "Likes", "Likes and other reactions."),
    _post("comments", "Comments", "Comments and replies."),
    _post("shares", "Shares", "Shares, reposts and boosts."),
    _post("views", "Views", "How often posts were shown."),
    _post("reach", "Reach", "People who saw a post; summed over posts, so one person can count several times."),
    _post("view_time", "View time", "Seconds for which videos were watched.", Unit.SECONDS),
    _post("clicks", "Clicks", "Clicks on links and media of posts."),
    _post("downloads", "Downloads", "Downloads of files that a post offers."),
    Kpi(
        "followers",
        "Followers",
        "The last count of the period, summed over accounts.",
        "sum(last(followers))",
        "",
        Unit.COUNT,
        Of.ACCOUNTS,
        account_level,
        sampled=False,
    ),
    Kpi(
        "follower_growth",
        "Follower growth",
        "Followers gained in the period over those at its beginning.",
        "(last(followers) - first(followers)) / first(followers)",
        "followers at the beginning",
        Unit.SHARE,
        Of.ACCOUNTS,
        account_growth,
        sampled=False,
    ),
    _day("visits", "Visits", "Visits of the website.", "site"),
    _day("orders", "Orders", "Orders in the shop.", "shop"),
    _day("revenue", "Revenue", "Revenue of the shop.", "shop", Unit.EURO),
    Kpi(
        "share_of_voice",
        "Share of voice",
        f"Own interactions among those of all tracked brands, on the channels where competitors are tracked. {_AGE}",
        "own interactions / interactions of all brands",
        "interactions of all brands",
        Unit.SHARE,
        Of.POSTS,
        voices,
        sampled=False,
    ),
)

KPIS: Final[Mapping[str, Kpi]] = {kpi.name: kpi for kpi in _ALL}
