"""Reading back: is a post whose outcome is unknown on LinkedIn?

The account's own posts are read, newest first, back to two minutes before the first try. One match is FOUND, two are
UNCLEAR, and so is a post that begins like ours, for LinkedIn has cut texts off. ABSENT needs proof: the pages went
back far enough. Reading a page's posts needs rights that publishing does not; who may not read is UNCLEAR.
API: https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api#find-posts-by-authors
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Part, Presence, Sighting
from toolkit.networks.jsonvalues import fields, items
from toolkit.networks.linkedin.api import Api, RefusedError, coded
from toolkit.networks.linkedin.posts import Post, read_post
from toolkit.networks.matching import resembles, same_text, skew
from toolkit.values import dataclass

COUNT: Final = 100
MAX_PAGES: Final = 10


def find_post(api: Api, author: str, part: Part, since: datetime, now: datetime) -> Sighting:
    """Look for `part` among the posts since then; raises what `Api.read` raises."""
    reading = _Reading(api, author, since, now)
    posts = [post for post in reading.recent() if post.is_out]
    matches = [post for post in posts if matches_part(post, part)]
    if len(matches) == 1:
        return Sighting(Presence.FOUND, matches[0].urn, matches[0].url)
    doubtful = matches or [post for post in posts if resembles(post.shown, part.text)]
    if doubtful:
        urls = ", ".join(post.url for post in doubtful)
        message = _("more than one post fits: {urls}") if matches else _("a post is like it, but not the same: {urls}")
        return Sighting(Presence.UNCLEAR, reason=message.format(urls=urls))
    if not reading.complete:
        return Sighting(Presence.UNCLEAR, reason=_("LinkedIn did not show all posts since the first try"))
    return Sighting(Presence.ABSENT)


def see_post(api: Api, urn: str) -> Post | None:
    """The post of that URN; None when LinkedIn has none. Raises what `Api.read` raises."""
    try:
        return read_post(api.read(f"/rest/posts/{coded(urn)}?viewContext=AUTHOR"))
    except RefusedError as error:
        if error.reply.status in (404, 410):
            return None
        raise


@dataclass(slots=True)
class _Reading:
    """An author's posts, page by page, newest first; `complete` once all since `since` are proven to be read."""

    api: Api
    author: str
    since: datetime
    now: datetime
    complete: bool = False

    def recent(self) -> Iterator[Post]:
        """The author's posts since then, each once: pages shift when something is published meanwhile."""
        seen: set[str] = set()
        for number in range(MAX_PAGES):
            since, page = self._page(number * COUNT)
            fresh = [post for post in page if post.urn not in seen]
            seen.update(post.urn for post in fresh)
            yield from (post for post in fresh if not _older(post, since))
            self.complete = not page or _older(page[-1], since)
            if self.complete:
                return

    def _page(self, start: int) -> tuple[datetime, list[Post]]:
        path = f"/rest/posts?q=author&author={coded(self.author)}&count={COUNT}&start={start}&sortBy=CREATED"
        reply = self.api.ask(path, "FINDER")
        found = fields(reply.json()).get("elements") if reply.status == 200 else None
        if not isinstance(found, list):
            raise RefusedError(reply, self.api.said(reply))
        posts = [post for post in map(read_post, items(found)) if post is not None]
        return self.since + skew(reply, self.now), [post for post in posts if post.author in ("", self.author)]


def _older(post: Post, since: datetime) -> bool:
    return post.created_at is not None and post.created_at < since


def matches_part(post: Post, part: Part) -> bool:
    """Whether `post` says what `part` says, with as many media; LinkedIn rewrites addresses."""
    media = 0 if part.fields.get("link") else len(part.attachments)
    return post.media == media and same_text(post.shown, part.text)
