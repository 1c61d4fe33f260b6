"""What LinkedIn counts: a page's share statistics (organic, of the last twelve months), else reactions and comments.

API: https://learn.microsoft.com/linkedin/marketing/community-management/organizations/share-statistics and
…/shares/social-metadata-api
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.linkedin.api import Api, RefusedError, coded, listed

BATCH: Final = 20  # URNs in one address; a longer one may be cut off by a proxy
STATISTICS: Final[Mapping[str, str]] = {
    "likeCount": "likes",
    "commentCount": "comments",
    "shareCount": "shares",
    "clickCount": "clicks",
    "impressionCount": "impressions",
    "uniqueImpressionsCount": "reach",
}
Counts = dict[str, Mapping[str, float]]


def page_counts(api: Api, page: str, urns: Sequence[str]) -> Counts:
    """The statistics of a page's posts; a post that LinkedIn leaves out is left out. Raises what `Api.read` raises."""
    found: Counts = {}
    for start in range(0, len(urns), BATCH):
        batch = urns[start : start + BATCH]
        for kind, parameter in (("share", "shares"), ("ugcPost", "ugcPosts")):
            own = [urn for urn in batch if urn.startswith(f"urn:li:{kind}:")]
            if own:
                found |= _statistics(api, page, kind, f"{parameter}={listed(own)}")
    return found


def _statistics(api: Api, page: str, kind: str, wanted: str) -> Counts:
    path = f"/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity={coded(page)}"
    elements = items(fields(api.read(f"{path}&{wanted}", "FINDER")).get("elements"))
    return {text(element, kind): _counted(fields(element).get("totalShareStatistics")) for element in elements}


def _counted(value: object) -> dict[str, float]:
    counted = {metric: number(value, name) for name, metric in STATISTICS.items()}
    return {metric: value for metric, value in counted.items() if value is not None}


def social_counts(api: Api, urn: str) -> Mapping[str, float] | None:
    """Reactions and comments of one post; None when it is gone. Raises what `Api.read` raises."""
    try:
        raw = fields(api.read(f"/rest/socialMetadata/{coded(urn)}"))
    except RefusedError as error:
        if error.reply.status in (404, 410):
            return None
        raise
    reactions = [number(kind, "count") or 0.0 for kind in fields(raw.get("reactionSummaries")).values()]
    comments = number(raw.get("commentSummary"), "count")
    return {"likes": sum(reactions)} | ({} if comments is None else {"comments": comments})


def followers(api: Api, page: str) -> Mapping[str, float]:
    """How many follow a page. Raises what `Api.read` raises."""
    size = number(api.read(f"/rest/networkSizes/{coded(page)}?edgeType=COMPANY_FOLLOWED_BY_MEMBER"), "firstDegreeSize")
    return {} if size is None else {"followers": size}
