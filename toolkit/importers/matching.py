"""Rows of an export → posts that Leitstand published, by the network's id or the link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from toolkit.values import dataclass

_LAST_NUMBER: Final = re.compile(r"(?<![A-Za-z0-9])(\d{6,})\D*\Z")
_KEYED: Final = ("story_fbid", "v", "fbid")  # parameters that make a link's identity


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post that is out, as the ledger has it."""

    uid: str
    published_at: datetime  # aware, UTC; of the first part
    parts: int = 1  # of a thread, whose values are added up


@dataclass(frozen=True, slots=True)
class KnownPosts:
    """(account, key of `post_keys`) → post."""

    posts: Mapping[tuple[str, str], KnownPost] = field(default_factory=dict)

    def find(self, account: str, remote_id: str, url: str = "") -> KnownPost | None:
        """The post that has this id or link on the account."""
        keys = post_keys(remote_id, url) if self.posts else ()
        return next((self.posts[account, key] for key in keys if (account, key) in self.posts), None)


NOTHING_KNOWN: Final = KnownPosts()


def post_keys(remote_id: str, url: str = "") -> tuple[str, ...]:
    """What one post is called in APIs, exports and links of one network, the surest first.

    >>> post_keys("112233_998877665", "https://www.facebook.com/112233/posts/998877665/?ref=x")
    ('112233_998877665', '998877665', 'facebook.com/112233/posts/998877665')
    """
    return tuple(dict.fromkeys(_keys(remote_id.strip(), url.strip())))


def _keys(remote_id: str, url: str) -> Iterator[str]:
    if remote_id.startswith(("https://", "http://")):
        url, remote_id = url or remote_id, ""
    if remote_id:
        yield remote_id
        number = _LAST_NUMBER.search(remote_id)
        if number:
            yield number[1]
    if url:
        try:
            parts = urlsplit(url)
        except ValueError:
            return
        number = _LAST_NUMBER.search(parts.path)
        if number:
            yield number[1]
        kept = "&".join(sorted(one for one in parts.query.split("&") if one.partition("=")[0] in _KEYED))
        place = parts.netloc.lower().removeprefix("www.").removeprefix("m.") + parts.path.rstrip("/")
        yield f"{place}?{kept}" if kept else place
