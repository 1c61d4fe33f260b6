"""Comments below our posts as messages: what others wrote, and what we answered them, the oldest first.

Where a list begins with the newest, it is read as far back as `since`. Ours below a post of ours, or below a comment of
ours, is no answer to anybody. What was changed since is not heard again: Graph APIs tell no time of changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Final

from toolkit.model import Message
from toolkit.networks.graph.answers import REFUSED, is_gone
from toolkit.networks.graph.api import Api, RefusedError
from toolkit.networks.graph.reading import pages
from toolkit.values import dataclass

MOST: Final = 200  # pages below one post; more than ten thousand comments at once are not read to their end
PARAMETER: Final = 100  # the code of an error about a parameter, or about a list that an object does not have


@dataclass(frozen=True, slots=True)
class Below:
    """The list below a post: its edge, the fields of an entry, and what else the list is asked."""

    edge: str
    fields: str
    params: Mapping[str, str] = field(default_factory=dict)
    newest_first: bool = False  # and everything below the post is in it, at whatever depth
    instead: str = ""  # another edge for what has no list of the first kind


# Reads the messages of an entry of the list below a post (its remote id); ours are marked `own`.
ReadMessages = Callable[[object, str], Iterable[Message]]


def hear(
    api: Api, below: Below, read: ReadMessages, since: datetime | None, remote_ids: Iterable[str]
) -> Iterator[Message]:
    """Everything written below the posts since then; raises `WebError`. A post that is gone is left out."""
    posts = list(dict.fromkeys(remote_ids))
    found: dict[str, Message] = {}
    for remote_id in posts:
        for message in _below(api, below, read, since, remote_id):
            found.setdefault(message.remote_id, message)
    yield from in_order(found, posts, since)


def in_order(found: Mapping[str, Message], posts: Collection[str], since: datetime | None) -> list[Message]:
    """The messages since then, the oldest first, without those of ours that answer nobody else."""
    told = (one for one in found.values() if one.remote_id and (since is None or one.at >= since))
    wanted = (one for one in told if not one.own or _answers_others(one, found, posts))
    return sorted(wanted, key=lambda message: (message.at, message.remote_id))


def back_to(pages_: Iterable[list[Message]], since: datetime | None) -> Iterator[Message]:
    """The messages of pages that begin with the newest, up to the page on which all are older."""
    for page in pages_:
        yield from page
        if since is not None and page and all(one.at < since for one in page):
            return


def _below(api: Api, below: Below, read: ReadMessages, since: datetime | None, remote_id: str) -> list[Message]:
    listed = pages(api, f"{remote_id}/{below.edge}", {"fields": below.fields, **below.params}, MOST)
    told = ([message for entry in page for message in read(entry, remote_id)] for page in listed)
    try:
        return list(back_to(told, since if below.newest_first else None))
    except RefusedError as error:
        if is_gone(error) or _has_none(error):
            return []
        if below.instead and error.refusal.code in REFUSED:
            return _below(api, replace(below, edge=below.instead, instead=""), read, since, remote_id)
        raise


def _has_none(error: RefusedError) -> bool:
    """Whether the object has no such list: first comments of ours stand among the posts."""
    return error.refusal.code == PARAMETER and "nonexisting field" in error.refusal.words


def _answers_others(message: Message, known: Mapping[str, Message], posts: Collection[str]) -> bool:
    seen: set[str] = set()
    while message.answers not in ("", message.below) and message.answers not in posts:
        above = known.get(message.answers)
        if above is None or not above.own:  # what is not told is older, and may be an answer of ours as well
            return True
        if above.remote_id in seen:
            return False
        seen.add(above.remote_id)
        message = above
    return False
