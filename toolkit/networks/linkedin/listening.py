"""Hearing: comments below our posts, the answers below them, and what we answered ourselves.

LinkedIn lists the first level of a post, and the answers below each comment by themselves; so these are asked for where
a comment has some, or where LinkedIn does not say whether it has. People are known by their URN: their names are told
to few. Who is named in a post of somebody else's is not told here, and direct messages have no API at all.
API: https://learn.microsoft.com/linkedin/marketing/community-management/shares/comments-api
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.linkedin.api import Api, RefusedError
from toolkit.networks.linkedin.comments import COMMENT, Comment, Reading, comment_path
from toolkit.networks.linkedin.posts import address
from toolkit.values import dataclass

GONE: Final = frozenset({404, 410})
HIDDEN: Final = 403  # the token may not see it, and that is all that is known of it
# Of so many comments below a post, the newest, answers are asked for although LinkedIn does not say that there are some.
UNSURE: Final = 50


@dataclass(frozen=True, slots=True)
class Ear:
    """What one account hears; `author` is its own URN."""

    api: Api
    channel: str
    author: str

    def hear(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Every comment of that time or changed since, the oldest first; raises what `Api.read` raises."""
        found: dict[str, Message] = {}
        for post in remote_ids:
            if not post.startswith(COMMENT):
                found |= {one.remote_id: one for one in self._below(post)}
        recent = (one for one in found.values() if since is None or max(one.at, one.edited_at or one.at) >= since)
        yield from sorted(recent, key=lambda message: (message.at, message.remote_id))

    def _below(self, post: str) -> Iterator[Message]:
        tops = self._listed(post)
        newest = sorted((one for one in tops if one.replies is None), key=_age)[-UNSURE:]
        for top in tops:
            if top.actor != self.author:
                yield from self._message(top, post)
            answers = self._listed(top.urn) if top.replies or top in newest else []
            others = top.actor != self.author or any(one.actor != self.author for one in answers)
            for answer in answers:
                if others or answer.actor != self.author:
                    yield from self._message(answer, post, top.urn)

    def _listed(self, urn: str) -> list[Comment]:
        """What stands below a post or a comment; nothing where it is gone."""
        try:
            return list(Reading(self.api, urn).all())
        except RefusedError as error:
            if error.reply.status in GONE:
                return []
            raise

    def _message(self, comment: Comment, post: str, top: str = "") -> Iterator[Message]:
        if comment.at is None:
            return
        yield Message(
            remote_id=comment.urn,
            channel=self.channel,
            kind=MessageKind.COMMENT,
            author=comment.actor,
            text=comment.shown,
            at=comment.at,
            url=address(comment.urn),
            answers=top or comment.answers or post,
            below=post,
            author_id=comment.actor,
            edited_at=comment.edited_at,
            media=comment.media,
            own=comment.actor == self.author,
        )


def find_gone(api: Api, remote_ids: Iterable[str]) -> frozenset[str]:
    """Those comments that LinkedIn says do not exist; raises what `Api.read` raises."""
    return frozenset(one for one in dict.fromkeys(remote_ids) if one.startswith(COMMENT) and _is_gone(api, one))


def _is_gone(api: Api, urn: str) -> bool:
    reply = api.ask(comment_path(urn))
    if reply.status in (200, HIDDEN):
        return False
    if reply.status in GONE:
        return True
    raise RefusedError(reply, api.said(reply))


def _age(comment: Comment) -> float:
    return comment.at.timestamp() if comment.at else 0.0
