"""What others write to the account: replies to its posts, which mention it by themselves, other mentions; our answers.

Our own answers are read from the account's own timeline, as far back as what is asked for; every post that is read
costs. X gives an edited post another id, so that it is heard as another one.
API: https://docs.x.com/x-api/users/get-mentions and https://docs.x.com/x-api/posts/timelines/introduction
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.x.api import Api
from toolkit.networks.x.timeline import Person, read_post
from toolkit.values import dataclass

MAX_PAGES: Final = 8  # of a hundred; X shows no more than 800 mentions
WANTED: Final[Mapping[str, str]] = {
    "max_results": "100",
    "tweet.fields": (
        "created_at,author_id,conversation_id,in_reply_to_user_id,referenced_tweets,entities,attachments,note_tweet,lang"
    ),
    "expansions": "author_id,attachments.media_keys",
    "user.fields": "username,name,public_metrics",
    "media.fields": "url,preview_image_url",
}
Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Told:
    """A post as X tells it: itself, its author, and the addresses of its pictures."""

    raw: Raw
    author: Raw
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ear:
    """What one account hears; `ours` are the ids of its posts."""

    api: Api
    channel: str
    me: Person
    ours: frozenset[str]

    def hear(self, since: datetime | None) -> list[Message]:
        """Mentions and our own answers since then, the oldest first; raises what `Api.read` raises."""
        mentions = (one for one in self._read("mentions", since) if text(one.raw, "author_id") != self.me.id)
        told = [*mentions, *(self._own(since) if since is not None else ())]
        found = {message.remote_id: message for one in told for message in self._message(one)}
        return sorted(found.values(), key=lambda message: (message.at, message.remote_id))

    def _own(self, since: datetime) -> Iterator[Told]:
        """Ours that answer somebody else, themselves or through such of ours; a thread of ours does not."""
        answers: set[str] = set()
        for told in sorted(self._read("tweets", since), key=_number):
            above, whose = read_post(told.raw).answers, text(told.raw, "in_reply_to_user_id")
            if above and ((whose and whose != self.me.id) or above in answers):
                answers.add(text(told.raw, "id"))
                yield told

    def _read(self, timeline: str, since: datetime | None) -> Iterator[Told]:
        params = dict(WANTED) | ({"start_time": f"{since:%Y-%m-%dT%H:%M:%SZ}"} if since is not None else {})
        for _page in range(MAX_PAGES):
            body = fields(self.api.read(f"/2/users/{self.me.id}/{timeline}", params))
            yield from _page_of(body)
            token = text(body.get("meta"), "next_token")
            if not token:
                return
            params["pagination_token"] = token

    def _message(self, told: Told) -> Iterator[Message]:
        """The message in a post; none for what has no time."""
        post, author = read_post(told.raw), text(told.raw, "author_id")
        if post.created_at is None or not post.id:
            return
        thread = text(told.raw, "conversation_id")
        below = next((one for one in (post.answers, thread) if one in self.ours), "")
        own = author == self.me.id
        name = text(told.author, "username") or (self.me.username if own else "")
        followers = number(told.author.get("public_metrics"), "followers_count")
        yield Message(
            remote_id=post.id,
            channel=self.channel,
            kind=MessageKind.COMMENT if below else MessageKind.MENTION,
            author=f"@{name}" if name else author,
            text=post.shown,
            at=post.created_at,
            url=Person(author, name).address(post.id),
            answers=post.answers,
            below=below,
            language=text(told.raw, "lang"),
            author_id=author,
            name=text(told.author, "name"),
            thread=thread,
            reach=None if followers is None else int(followers),
            media=told.media,
            own=own,
        )


def _page_of(body: Raw) -> Iterator[Told]:
    included = fields(body.get("includes"))
    users = {text(one, "id"): fields(one) for one in items(included.get("users"))}
    pictures = {text(one, "media_key"): _address(one) for one in items(included.get("media"))}
    for raw in map(fields, items(body.get("data"))):
        keys = items(fields(raw.get("attachments")).get("media_keys"))
        shown = (pictures.get(key, "") for key in keys if isinstance(key, str))
        yield Told(raw, users.get(text(raw, "author_id"), {}), tuple(filter(None, shown)))


def _number(told: Told) -> tuple[int, str]:
    """X numbers its posts by their time."""
    identity = text(told.raw, "id")
    return len(identity), identity


def _address(medium: object) -> str:
    return text(medium, "url") or text(medium, "preview_image_url")
