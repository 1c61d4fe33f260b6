"""Whose token it is, and the page's posts and comments as they are read back.

A page's own token is used as it is. A person's token is exchanged for the page's when the line is first used; that one
is kept in memory only. API: https://developers.facebook.com/docs/pages-api/overview
"""

from __future__ import annotations

from typing import Final

from toolkit.messages import _
from toolkit.model import Clock
from toolkit.networks.answers import NotBegunError, no_entry
from toolkit.networks.base import Intent
from toolkit.networks.graph.answers import REFUSED
from toolkit.networks.graph.api import Api, RefusedError
from toolkit.networks.graph.line import Me
from toolkit.networks.graph.reading import Edge, Own
from toolkit.networks.jsonvalues import fields, items, moment, text
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.web import BadReply

POSTS: Final = "id,message,created_time,permalink_url,attachments{media_type,subattachments.limit(20){target{id}}}"
COMMENTS: Final = "id,message,created_time,permalink_url,from{id},parent{id}"
NEWEST: Final = {"order": "reverse_chronological"}


@dataclass(slots=True)
class Page:
    """The page of an account and the line to it."""

    account: Account
    api: Api
    clock: Clock
    me: Me | None = None

    def identify(self) -> Me:
        """The page the token may publish for; raises `NotBegunError` for another one, and `WebError`."""
        read = self.api.read("me", fields="id,name")
        found = Me(text(read, "id"), text(read, "name"))
        if self.me is None or self.me.id != found.id:
            self.me = found if found.id == self._wanted() else self._become_page(found)
        return self.me

    def known(self) -> Me:
        """The same for those who only read; raises `WebError`."""
        try:
            return self.me or self.identify()
        except NotBegunError as error:
            raise BadReply(error.answer.reason) from error

    def _wanted(self) -> str:
        return self.account.id.lstrip("@").casefold()

    def _become_page(self, person: Me) -> Me:
        """The page itself, when the token is a person's who may act for it."""
        message = _("the token of {account} belongs to {name} ({id}) and cannot act for {expected}")
        facts = {"account": self.account.name, "name": person.name, "id": person.id, "expected": self.account.id}
        try:
            read = self.api.read(self._wanted(), fields="id,name,access_token")
        except RefusedError as error:
            if error.refusal.code not in REFUSED:
                raise
            raise no_entry(f"{message.format(**facts)}: {error}", self.clock.now()) from error
        token = text(read, "access_token")
        if not token:
            raise no_entry(message.format(**facts), self.clock.now())
        self.api = self.api.with_token(token)
        return Me(text(read, "id"), text(read, "name"))


def posts_of(page: Me) -> Edge:
    """The page's own posts, the newest first."""
    return Edge(f"{page.id}/posts", POSTS, read_post)


def comments_of(page: Me, intent: Intent) -> Edge:
    """The comments among which that of `intent` is, of which the page's own count.

    Facebook puts an answer to an answer below the comment on top, so an answer is looked for below the whole post. What
    is older than the message is no answer to it, but may be one with the same words to somebody else of the thread.
    """
    message = intent.answers
    tops = {intent.above, message.answers if message else ""} - {""}

    def read(entry: object) -> Own | None:
        if text(fields(entry).get("from"), "id") != page.id:
            return None
        at, parent = moment(text(entry, "created_time")), text(fields(entry).get("parent"), "id")
        said, url = text(entry, "message"), text(entry, "permalink_url")
        too_old = message is not None and at is not None and at < message.at
        in_place = not too_old and (parent in tops or not everywhere)
        return Own(text(entry, "id"), url, said, at, answers=intent.above if in_place else parent)

    everywhere = bool(message and message.below)
    where = message.below if message and everywhere else intent.above
    return Edge(f"{where}/comments", COMMENTS, read, NEWEST | ({"filter": "stream"} if everywhere else {}))


def read_post(entry: object) -> Own:
    """A post of the page: pictures count, the preview of a link does not."""
    attached = items(fields(fields(entry).get("attachments")).get("data"))
    media = sum(_count(one) for one in attached)
    at = moment(text(entry, "created_time"))
    return Own(text(entry, "id"), text(entry, "permalink_url"), text(entry, "message"), at, media)


def _count(attached: object) -> int:
    inside = items(fields(fields(attached).get("subattachments")).get("data"))
    return len(inside) or int(text(attached, "media_type") == "photo")
