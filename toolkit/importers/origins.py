"""Where a visit or an order came from: the tags of its link (``utm_source`` …) → account, post and campaign of ours.

It reads backwards what ``[links]`` writes into links. A pattern such as ``{account}`` names the account, ``{network}`` does
where the network has one account, ``{uid}`` the post. A tag that is there and is not as our links have it, such as the medium
``cpc`` for ``social``, says that it was not our post (an ad, somebody else's link), and only the campaign counts. One that is
missing says nothing: many reports have only some of the tags. Statistics change upper and lower case, so it does not
matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from toolkit.importers.matching import NOTHING_KNOWN, KnownPosts
from toolkit.settings import Account, ConversionPolicy, LinkPolicy
from toolkit.settings.links import DEFAULTS
from toolkit.values import dataclass

# What statistics write where a visit has no such tag.
_EMPTY: Final = frozenset(
    {"", "-", "(not set)", "(none)", "(direct)", "(data not available)", "not set", "nicht festgelegt"}
)
_PLACE: Final = re.compile(r"\\\{(\w+)\\\}")
_UID: Final = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of one link, by their parameters without ``utm_``; "" where there is none."""

    source: str = ""
    medium: str = ""
    campaign: str = ""
    content: str = ""
    term: str = ""
    id: str = ""

    def of(self, parameter: str) -> str:
        """The value of a parameter, such as ``utm_source``."""
        return {
            "utm_source": self.source,
            "utm_medium": self.medium,
            "utm_campaign": self.campaign,
            "utm_content": self.content,
            "utm_term": self.term,
            "utm_id": self.id,
        }.get(parameter, "")


NO_TAGS: Final = Tags()


@dataclass(frozen=True, slots=True)
class Origin:
    """What of ours brought a visit; all "" when nothing did, or nobody can tell."""

    channel: str = ""
    post: str = ""
    campaign: str = ""

    @property
    def known(self) -> bool:
        return bool(self.channel or self.post or self.campaign)


@dataclass(frozen=True, slots=True)
class Tracking:
    """What the workspace says about its links: how they are tagged, its campaigns, and what is a lead or a download."""

    links: LinkPolicy = field(default_factory=LinkPolicy)
    conversions: ConversionPolicy = field(default_factory=ConversionPolicy)
    campaigns: frozenset[str] = frozenset()


NO_TRACKING: Final = Tracking()


@dataclass(frozen=True)
class Origins:
    """Finds the origins of tags in one workspace."""

    tracking: Tracking = NO_TRACKING
    accounts: Mapping[str, Account] = field(default_factory=dict)
    known: KnownPosts = NOTHING_KNOWN

    def find(self, tags: Tags, codes: Iterable[str] = ()) -> Origin:
        """The origin of a visit with `tags`, or of an order with discount codes; the tags know better than a code."""
        said = self._said(tags)
        campaign = self.campaign(said.get("campaign", "")) or self._by_code(codes)
        if said.get("foreign"):
            return Origin(campaign=campaign)
        uid = said.get("uid", "").upper()
        post = uid if _UID.fullmatch(uid) else ""
        return Origin(self._channel(said, post), post, campaign)

    def campaign(self, name: str) -> str:
        """A campaign of the workspace by its name, as statistics may have written it; "" for any other."""
        return next((one for one in self.tracking.campaigns if one.casefold() == name.casefold()), "")

    def _said(self, tags: Tags) -> dict[str, str]:
        """Placeholder → value; ``foreign`` where a tag is not as our links have it."""
        said: dict[str, str] = {}
        for parameter, pattern in (self.tracking.links.patterns or DEFAULTS).items():
            value = plain_tag(tags.of(parameter))
            match = _expression(pattern).fullmatch(value) if pattern else None
            if match:
                # The first parameter that names something decides.
                said = {**match.groupdict(), **said}
            elif pattern and value:
                said["foreign"] = parameter
        # A campaign is one whoever made the link.
        return {"campaign": plain_tag(tags.campaign), **said} if "campaign" not in said else said

    def _channel(self, said: Mapping[str, str], post: str) -> str:
        name, network = said.get("account", "").casefold(), said.get("network", "").casefold()
        if name:
            return next((one for one in self.accounts if one.casefold() == name), "")
        own = [one.name for one in self.accounts.values() if not network or one.network.casefold() == network]
        if len(own) > 1 and post:
            out = {account for (account, _key), found in self.known.posts.items() if found.uid == post}
            own = [one for one in own if one in out]
        return own[0] if len(own) == 1 and (network or post) else ""

    def _by_code(self, codes: Iterable[str]) -> str:
        known = self.tracking.conversions.codes
        return next((known[code.casefold()] for code in codes if code.casefold() in known), "")


def plain_tag(text: str) -> str:
    """A tag, "" for what statistics write where there is none."""
    return "" if text.strip().casefold() in _EMPTY else text.strip()


def tags_of_address(address: str) -> Tags:
    """The tags in an address, or in a path with a query.

    >>> tags_of_address("/winter?utm_source=mastodon&utm_campaign=advent-2026#tor").campaign
    'advent-2026'
    """
    query = address.partition("#")[0].partition("?")[2]
    return tags_of_pairs(parse_qsl(query, max_num_fields=200) if query.count("&") < 200 else ())


def tags_of_pairs(pairs: Iterable[tuple[str, str]]) -> Tags:
    """The tags among names and values; Matomo's own names (``mtm_``, ``pk_``) mean the same."""
    found: dict[str, str] = {}
    for name, value in pairs:
        prefix, _underscore, rest = name.strip().casefold().partition("_")
        rest = {"kwd": "term", "keyword": "term", "cid": "id"}.get(rest, rest)
        if prefix in ("utm", "mtm", "pk") and rest in Tags.__slots__:
            found.setdefault(rest, value.strip())
    return Tags(**found)


def source_and_medium(text: str) -> tuple[str, str]:
    """Both out of one cell, such as ``mastodon / social``."""
    source, _slash, medium = text.rpartition(" / ") if " / " in text else (text, "", "")
    return source, medium


@lru_cache(maxsize=64)
def _expression(pattern: str) -> re.Pattern[str]:
    """What a pattern of ``[links]`` makes of its placeholders, each of them named."""
    seen: set[str] = set()

    def place(match: re.Match[str]) -> str:
        name = match[1]
        again = name in seen
        seen.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.+?)"

    return re.compile(_PLACE.sub(place, re.escape(pattern)), re.IGNORECASE | re.DOTALL)
