"""Reading back: is a post or a comment whose outcome is unknown in the blog?

A post with a slug of ours is found by it alone, wherever an editor has put it since, the trash included. A slug that
the author chose may be somebody else's, so that post must also be the same person's, not older than the first try,
and say the same. A comment is matched so as well. Two matches are for a person to judge.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Presence, Sighting
from toolkit.networks.base import Intent
from toolkit.networks.jsonvalues import items, number
from toolkit.networks.matching import MARGIN, fingerprint, plain, skew
from toolkit.networks.wordpress.api import PAGE, Api, Entry, RefusedError, read_entry
from toolkit.networks.wordpress.slugs import chosen_slug, post_slug, variants
from toolkit.values import dataclass

COMMENTS: Final = "/wp/v2/comments"
# How a comment's remote id differs from a post's; the same as the anchor in its address.
COMMENT: Final = "comment-"
GONE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands: below a post (0: not known), and below the comment `parent` (0: none).

    `status` is that comment's: approved, hold, spam or trash; "" where there is no such comment any more.
    """

    post: int
    parent: int = 0
    status: str = ""


def find_post(api: Api, me: int, intent: Intent, now: datetime) -> Sighting:
    """Look for the post of `intent`; raises what `Api.read` raises."""
    slugs = variants(post_slug(intent))
    if not chosen_slug(intent):
        return _judge(api.posts(slugs))
    since = _since(api, intent, now)
    if since is None:
        return Sighting(Presence.UNCLEAR, reason=_("it is not known when it was first tried"))
    wanted = _content(intent.rendition.title, intent.content.html)
    entries = api.posts(slugs, "edit")
    own = [entry for entry in entries if entry.author == me and entry.at is not None and entry.at >= since]
    return _judge([entry for entry in own if _content(entry.title, entry.content) == wanted])


def taken_slug(api: Api, intent: Intent) -> Entry | None:
    """The post that has the author's slug already; raises what `Api.read` raises."""
    slug = post_slug(intent)
    return next((entry for entry in api.posts([slug]) if entry.slug == slug), None)


def find_comment(api: Api, me: int, intent: Intent, now: datetime) -> Sighting:
    """Look for the comment of `intent`, held and spam included; raises what `Api.read` raises."""
    since = _since(api, intent, now)
    if since is None:
        return Sighting(Presence.UNCLEAR, reason=_("it is not known when it was first tried"))
    place = _place(api, intent)
    if not place.post:
        return Sighting(Presence.UNCLEAR, reason=_("the comment that it answers is not there any more"))
    entries = own_comments(api, me, place.post)
    recent = [entry for entry in entries if entry.at is None or entry.at >= since]
    wanted = fingerprint(intent.content.text)
    same = [one for one in recent if fingerprint(plain(one.content)) == wanted]
    # What stood below a comment that was deleted has moved up, and says so no more.
    matches = [one for one in same if one.parent == place.parent or (place.parent and not place.status)]
    if not matches and len(recent) == PAGE:
        return Sighting(Presence.UNCLEAR, reason=_("there are too many comments since the first try to read them all"))
    return _judge(matches, COMMENT)


def own_comments(api: Api, me: int, post: int) -> list[Entry]:
    """The newest comments of ours below a post, as they were sent where we may see that."""
    params = {"post": str(post), "author": str(me), "status": "any", "per_page": str(PAGE)}
    reply = api.ask(COMMENTS, params | {"context": "edit"})
    if reply.status in (401, 403):  # only moderators see what was sent; everybody sees what is shown
        reply = api.ask(COMMENTS, params)
    if reply.status != 200:
        raise RefusedError(reply)
    return [read_entry(one) for one in items(reply.json())]


def comment_place(api: Api, remote_id: str) -> Place:
    """Where a comment below `remote_id` stands, a post or a comment; raises what `Api.read` raises."""
    if not remote_id.startswith(COMMENT):
        return Place(int(remote_id))
    parent = int(remote_id.removeprefix(COMMENT))
    reply = api.ask(f"{COMMENTS}/{parent}")
    if reply.status in GONE:
        return Place(0, parent)
    if reply.status != 200:
        raise RefusedError(reply)
    found = reply.json()
    return Place(int(number(found, "post") or 0), parent, read_entry(found).status)


def _place(api: Api, intent: Intent) -> Place:
    """The same for `intent`; the post of an answer is known even when what it answers is gone."""
    place = comment_place(api, intent.above)
    below = intent.answers.below if intent.answers else ""
    return place if place.post or not below.isdecimal() else Place(int(below), place.parent)


def _judge(entries: list[Entry], prefix: str = "") -> Sighting:
    if not entries:
        return Sighting(Presence.ABSENT)
    if len(entries) == 1:
        return Sighting(Presence.FOUND, prefix + entries[0].id, entries[0].url)
    urls = ", ".join(entry.url for entry in entries)
    return Sighting(Presence.UNCLEAR, reason=_("more than one post fits: {urls}").format(urls=urls))


def _since(api: Api, intent: Intent, now: datetime) -> datetime | None:
    """The first try on the blog's own clock, with a margin."""
    if intent.first_tried_at is None:
        return None
    reply = api.me()
    if reply.status != 200:
        raise RefusedError(reply)
    return intent.first_tried_at - MARGIN + skew(reply, now)


def _content(title: str, content: str) -> tuple[str, str]:
    return fingerprint(title), fingerprint(plain(content))
