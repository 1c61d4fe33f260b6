"""A status as a message: who said what, when, to whom.

Direct messages belong together by who takes part in them, as https://docs.joinmastodon.org/entities/Conversation/
shows them: that is known of each status by itself, on every server. API: https://docs.joinmastodon.org/entities/Status/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.jsonvalues import fields, items, moment, number, text
from toolkit.networks.mastodon.words import bare_name, words
from toolkit.values import dataclass

Raw = Mapping[str, object]
DIRECT: Final = "direct"


@dataclass(frozen=True, slots=True)
class Found:
    """A status and where it was found; `own` in answer to somebody else."""

    status: Raw
    kind: MessageKind
    below: str = ""
    thread: str = ""
    own: bool = False


def author_id(status: Raw) -> str:
    """The server's id of the author."""
    return text(status.get("account"), "id")


def people(status: Raw) -> Iterable[str]:
    """The ids of the author and of everybody who is mentioned."""
    return (author_id(status), *(text(one, "id") for one in items(status.get("mentions"))))


def hidden(status: Raw) -> bool:
    """Whether a filter of the account's own hides it: https://docs.joinmastodon.org/entities/FilterResult/."""
    results = (fields(fields(result).get("filter")) for result in items(status.get("filtered")))
    return any(text(one, "filter_action") == "hide" for one in results)


def spoken_at(status: Raw) -> datetime | None:
    """When it was written or changed last."""
    said = (moment(text(status, "created_at")), moment(text(status, "edited_at")))
    return max((at for at in said if at is not None), default=None)


def older(status: Raw, since: datetime | None) -> bool:
    """Whether nothing of it is of `since` or later; False where nobody dated it."""
    at = spoken_at(status)
    return since is not None and at is not None and at < since


def read_message(found: Found, channel: str, me: str) -> Message | None:
    """The message; None for what has no id or no date."""
    raw, author = found.status, fields(found.status.get("account"))
    at = moment(text(raw, "created_at"))
    if not text(raw, "id") or at is None:
        return None
    direct = text(raw, "visibility") == DIRECT
    return Message(
        remote_id=text(raw, "id"),
        channel=channel,
        kind=MessageKind.DIRECT if direct else found.kind,
        author="@" + (text(author, "acct") or text(author, "username")),
        text=_said(raw),
        at=at,
        url=text(raw, "url") or text(raw, "uri"),
        answers=text(raw, "in_reply_to_id"),
        below=found.below,
        language=text(raw, "language"),
        author_id=text(author, "id"),
        name=bare_name(text(author, "display_name"), (text(one, "shortcode") for one in items(author.get("emojis")))),
        thread=_circle(raw, me) if direct else found.thread,
        reach=None if found.own else _followers(author),
        edited_at=moment(text(raw, "edited_at")),
        media=tuple(_media(raw)),
        own=found.own,
    )


def _circle(raw: Raw, me: str) -> str:
    """The name of a direct conversation: the ids of everybody in it but us."""
    others = sorted({person for person in people(raw) if person} - {me})
    return "direct:" + ",".join(others)


def _followers(author: Raw) -> int | None:
    """Snac answers 0 to both counts; who wrote to us has written something, so that 0 means "not counted"."""
    followers = number(author, "followers_count")
    return int(followers) if followers is not None and number(author, "statuses_count") else None


def _media(raw: Raw) -> Iterable[str]:
    for medium in items(raw.get("media_attachments")):
        address = text(medium, "url") or text(medium, "remote_url")
        if address:
            yield address


def _said(raw: Raw) -> str:
    """The text without HTML; a content warning stands above it."""
    warning, content = text(raw, "spoiler_text").strip(), words(text(raw, "content"))
    return f"{warning}\n\n{content}" if warning and content else warning or content
