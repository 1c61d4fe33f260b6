"""The KPIs of posts: totals, rates, and averages per post."""

from __future__ import annotations

from typing import Final

from toolkit.kpis.definitions import Kpi, Of, Unit
from toolkit.kpis.facts import Posts
from toolkit.kpis.units import Column, Units, column, one

AT_AGE: Final = "Posts published in the period, each seven days after publication."
_COUNTS: Final = frozenset({"likes", "comments", "shares"})
_SHOWN: Final = frozenset({"views", "impressions"})
_CLICKS: Final = frozenset({"link_clicks", "clicks"})
_NEEDS: Final = {
    "interactions": (_COUNTS,),
    "engagements": (_COUNTS | {"saves", "clicks"},),
    "shown": (_SHOWN,),
    "link": (_CLICKS,),
    "received": (frozenset({"delivered", "sent"}),),
    "posts": (),
}


def _needs(*names: str) -> tuple[frozenset[str], ...]:
    return tuple(need for name in names for need in _NEEDS.get(name, (frozenset({name}),)))


def _facts(*names: str) -> Posts:
    return Posts(followers="followers" in names)


def _total(name: str, title: str, definition: str, unit: Unit = Unit.COUNT, *, of: str = "", also: str = "") -> Kpi:
    metric = of or name
    units = Units(_facts(metric), column(metric))
    formula = f"sum({name})" if name != "posts" else "count(posts)"
    text = f"{definition} {AT_AGE}"
    return Kpi(name, title, text, formula, "", unit, Of.POSTS, units, _needs(metric), also=tuple(also.split()))


def _rate(name: str, title: str, definition: str, part: str, base: str, *, unit: Unit = Unit.SHARE) -> Kpi:
    units = Units(_facts(part, base), column(part), column(base))
    named = {"shown": "views", "link": "link_clicks", "received": "delivered"}
    above, below = (named.get(each, each) for each in (part, base))
    formula = f"sum({above}) / sum({below})"
    return Kpi(name, title, f"{definition} {AT_AGE}", formula, below, unit, Of.POSTS, units, _needs(part, base))


def _per_post(name: str, title: str, definition: str, part: str) -> Kpi:
    per: Column = one
    units = Units(_facts(part), column(part), per)
    formula = f"sum({part}) / posts"
    return Kpi(name, title, f"{definition} {AT_AGE}", formula, "posts", Unit.AVERAGE, Of.POSTS, units, _needs(part))


POST_KPIS: Final = (
    _total("posts", "Posts", "Posts of which anything was counted; a post on two channels is two."),
    _total("interactions", "Interactions", "Likes, comments and shares, as far as the network delivers them."),
    _total(
        "engagements",
        "Engagements",
        "Interactions, saves and clicks, as far as the network delivers them; never compare them with interactions.",
    ),
    _rate(
        "engagement_rate_followers",
        "Engagement rate (followers)",
        "Interactions per post and follower at the time of publication; the only rate that competitors can be compared with.",
        "interactions",
        "followers",
    ),
    _rate("engagement_rate_views", "Engagement rate (views)", "Interactions for each view.", "interactions", "shown"),
    _rate(
        "engagement_rate_reach",
        "Engagement rate (reach)",
        "Interactions for each person reached.",
        "interactions",
        "reach",
    ),
    _total("likes", "Likes", "Likes and other reactions."),
    _total("comments", "Comments", "Comments and replies."),
    _total("shares", "Shares", "Shares, reposts and boosts."),
    _total("saves", "Saves", "How often posts were saved or bookmarked.", also="bookmarks"),
    _per_post("applause", "Applause per post", "Likes for each post that has them.", "likes"),
    _per_post("conversation", "Conversation per post", "Comments for each post that has them.", "comments"),
    _per_post("amplification", "Amplification per post", "Shares for each post that has them.", "shares"),
    _total(
        "views",
        "Views",
        "How often posts were shown; impressions, where a network counts these instead.",
        of="shown",
        also="impressions",
    ),
    _total("reach", "Reach", "People who saw a post; summed over posts, so one person can count several times."),
    _total("video_views", "Video views", "How often a video was watched for as long as the network asks for."),
    _rate(
        "video_view_rate",
        "Video view rate",
        "Video views for each time a video was shown.",
        "video_views",
        "shown",
    ),
    _rate(
        "view_through_rate",
        "View-through rate",
        "Videos watched to the end for each time they were shown.",
        "completed_views",
        "shown",
    ),
    _total("view_time", "View time", "Seconds for which videos were watched.", Unit.SECONDS),
    _rate(
        "average_view_time",
        "View time per video view",
        "Seconds for which a video was watched, for each video view.",
        "view_time",
        "video_views",
        unit=Unit.SECONDS,
    ),
    _total("clicks", "Clicks", "Clicks on links and media of posts."),
    _rate(
        "click_rate",
        "Click rate",
        "Clicks on links for each view; all clicks, where a network does not tell them apart.",
        "link",
        "shown",
    ),
    _total("downloads", "Downloads", "Downloads of files that a post offers."),
    _total(
        "engaged_users",
        "Engaged users",
        "People who liked, commented on, shared or clicked a post; summed over posts, so one person can count several times.",
    ),
    _total(
        "consumers",
        "Consumers",
        "People who clicked anywhere in a post; summed over posts, so one person can count several times.",
    ),
    _total(
        "opens",
        "Opens",
        "How often newsletters were opened; unreliable, because some mail programs open everything and others never tell.",
    ),
    _rate(
        "open_rate",
        "Open rate",
        "Opens for each newsletter that was delivered, or sent where a program does not tell what arrived.",
        "opens",
        "received",
    ),
)
