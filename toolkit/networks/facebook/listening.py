"""Hearing: comments at every depth below the page's posts, hidden ones too; reviews; posts of others about the page.

What the token has no right to, such as reviews, is left out and said (`Ear.unheard`): comments are heard all the same.
API: https://developers.facebook.com/docs/graph-api/reference/object/comments, …/page/ratings and …/page/tagged
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Message, MessageKind, Showing
from toolkit.networks.graph.answers import REFUSED
from toolkit.networks.graph.api import Api, RefusedError
from toolkit.networks.graph.hearing import Below, back_to, hear
from toolkit.networks.graph.line import Me
from toolkit.networks.graph.reading import pages
from toolkit.networks.jsonvalues import fields, moment, text
from toolkit.values import dataclass

# Below a comment there are more: the filter lists them all, not the first level alone, and those that are hidden.
COMMENTS: Final = Below(
    "comments",
    "id,message,created_time,permalink_url,from{id,name},parent{id},is_hidden,attachment{url,media{image{src}}}",
    {"filter": "stream", "order": "reverse_chronological"},
    newest_first=True,
)
REVIEWS: Final = "created_time,review_text,recommendation_type,reviewer{id,name},open_graph_story{id}"
POSTS: Final = "id,message,created_time,permalink_url,from{id,name}"
# Others' posts: those that name the page, and those that visitors wrote on it.
MENTIONS: Final = ("tagged", "visitor_posts")


@dataclass(slots=True)
class Ear:
    """What one page hears. `missing`: what the last round was not told, with Facebook's own words."""

    api: Api
    channel: str
    page: Me
    missing: list[str] = field(default_factory=list)

    def hear(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Everything since then, the oldest first; raises `WebError`."""
        found = list(hear(self.api, COMMENTS, self._comment, since, remote_ids))
        found += self._listed("ratings", REVIEWS, self._review, since)
        for edge in MENTIONS:
            found += self._listed(edge, POSTS, self._mention, since)
        told = {one.remote_id: one for one in reversed(found)}
        yield from sorted(told.values(), key=lambda message: (message.at, message.remote_id))

    def unheard(self) -> str:
        """What was left out, and why; "" for nothing."""
        message = _("Facebook does not tell everything: {said}; the account's token lacks a right, sign in anew")
        return message.format(said="; ".join(dict.fromkeys(self.missing))) if self.missing else ""

    def _listed(
        self, edge: str, wanted: str, read: Callable[[object], Iterable[Message]], since: datetime | None
    ) -> list[Message]:
        """The entries of a list of the page; none where the token has no right to it."""
        asked = {"fields": wanted}
        told = (
            [one for entry in page for one in read(entry)] for page in pages(self.api, f"{self.page.id}/{edge}", asked)
        )
        try:
            return [one for one in back_to(told, since) if since is None or one.at >= since]
        except RefusedError as error:
            if error.refusal.code not in REFUSED:
                raise
            self.missing.append(f"{edge}: {error}")
            return []

    def _comment(self, entry: object, below: str) -> Iterator[Message]:
        at, author = moment(text(entry, "created_time")), fields(entry).get("from")
        if at is None:
            return
        yield Message(
            remote_id=text(entry, "id"),
            channel=self.channel,
            kind=MessageKind.COMMENT,
            author=text(author, "name"),
            text=text(entry, "message"),
            at=at,
            url=text(entry, "permalink_url"),
            answers=text(fields(entry).get("parent"), "id") or below,
            below=below,
            author_id=text(author, "id"),
            name=text(author, "name"),
            media=_media(fields(entry).get("attachment")),
            own=text(author, "id") == self.page.id,
            showing=Showing.HIDDEN if fields(entry).get("is_hidden") is True else Showing.SHOWN,
        )

    def _review(self, entry: object) -> Iterator[Message]:
        """A review; one without words says only whether the page is recommended."""
        at, author = moment(text(entry, "created_time")), fields(entry).get("reviewer")
        story = text(fields(entry).get("open_graph_story"), "id")
        if at is None or not story:
            return
        yield Message(
            remote_id=story,
            channel=self.channel,
            kind=MessageKind.REVIEW,
            author=text(author, "name"),
            text=text(entry, "review_text") or text(entry, "recommendation_type"),
            at=at,
            url=f"https://www.facebook.com/{story}",
            author_id=text(author, "id"),
            name=text(author, "name"),
        )

    def _mention(self, entry: object) -> Iterator[Message]:
        at, author = moment(text(entry, "created_time")), fields(entry).get("from")
        if at is None or not text(entry, "id") or text(author, "id") == self.page.id:
            return
        yield Message(
            remote_id=text(entry, "id"),
            channel=self.channel,
            kind=MessageKind.MENTION,
            author=text(author, "name"),
            text=text(entry, "message"),
            at=at,
            url=text(entry, "permalink_url"),
            author_id=text(author, "id"),
            name=text(author, "name"),
        )


def _media(attachment: object) -> tuple[str, ...]:
    """The picture of a comment, else the address that it leads to."""
    image = fields(fields(fields(attachment).get("media")).get("image"))
    found = text(image, "src") or text(attachment, "url")
    return (found,) if found else ()
