"""A post as a message: who said what, when, in which thread. Lexicons: app.bsky.feed.defs, app.bsky.feed.post.

A message's time is the network's: when it saw it, or what the author claims if earlier. Nobody tells of an edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.bluesky.record import read_place, web_url
from toolkit.networks.jsonvalues import fields, items, moment, text
from toolkit.values import dataclass

INVALID: Final = "handle.invalid"  # https://atproto.com/specs/handle
View = Mapping[str, object]  # a post, or a notification about one
# What the account wants nothing to do with, or may not.
_APART: Final = ("muted", "blocking", "blockedBy", "mutedByList", "blockingByList", "threadMuted")


@dataclass(frozen=True, slots=True)
class Found:
    """A post and where it was found; `own` in answer to somebody else."""

    view: View
    kind: MessageKind
    below: str = ""
    subject: str = ""  # what a notification is about
    own: bool = False


def uri_of(view: View) -> str:
    """Where the post lies."""
    return text(view, "uri")


def author_of(view: View) -> str:
    """The DID of the author."""
    return text(view.get("author"), "did")


def link_of(view: View, name: str) -> str:
    """Where the ``root`` or ``parent`` of a post lies, "" for one that answers nothing."""
    return text(fields(fields(view.get("record")).get("reply")).get(name), "uri")


def handle_of(author: object) -> str:
    """Somebody's handle, "" where it leads nowhere any more: then only the DID is their name."""
    handle = text(author, "handle")
    return "" if handle == INVALID else handle


def spoken_at(view: View) -> datetime | None:
    """When the network saw it."""
    return moment(text(view, "indexedAt"))


def apart(view: View) -> bool:
    """Whether the account blocked or muted the author, or muted the thread, as the network tells it."""
    viewers = fields(view.get("viewer")), fields(fields(view.get("author")).get("viewer"))
    return any(viewer.get(name) for viewer in viewers for name in _APART)


def read_message(found: Found, channel: str) -> Message | None:
    """The message; None for what cannot be read. Its reach is not told with it."""
    view, author = found.view, fields(found.view.get("author"))
    record, place, at = fields(view.get("record")), read_place(uri_of(view)), spoken_at(view)
    if place is None or at is None:
        return None
    languages = [language for language in items(record.get("langs")) if isinstance(language, str)]
    return Message(
        remote_id=str(place),
        channel=channel,
        kind=found.kind,
        author=handle_of(author) or place.repo,
        text=text(record, "text") or _link(view),
        at=at,
        url=web_url(handle_of(author), place),
        answers=link_of(view, "parent") or found.subject,
        below=found.below,
        language=languages[0] if languages else "",
        author_id=text(author, "did") or place.repo,
        name=text(author, "displayName"),
        thread=link_of(view, "root") or str(place),
        media=tuple(_media(_medium(view))),
        own=found.own,
    )


def _medium(view: View) -> Mapping[str, object]:
    """The embed with pictures, a video or a link; of a quote with one of these, that one."""
    embed = fields(view.get("embed"))
    return fields(embed.get("media")) or embed


def _media(embed: Mapping[str, object]) -> Iterator[str]:
    for image in items(embed.get("images")):
        if text(image, "fullsize"):
            yield text(image, "fullsize")
    if text(embed, "playlist"):
        yield text(embed, "playlist")
    link = text(embed.get("external"), "uri")
    if link.partition("?")[0].endswith(".gif"):  # how the official app sends a moving picture
        yield link


def _link(view: View) -> str:
    """What somebody shared without a word."""
    record = fields(fields(view.get("record")).get("embed"))
    return text(_medium(view).get("external"), "uri") or text(record.get("external"), "uri")
