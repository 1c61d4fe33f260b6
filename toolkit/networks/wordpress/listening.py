"""Hearing: what visitors wrote below the blog's posts, and what we answered them.

Comments that wait for moderation are heard where the account may read them; their address leads to the page on which
a person approves them. Spam and what lies in the trash is not heard. WordPress keeps no time of changes, so what was
changed later is not heard again. Guests are known by the mark that the blog makes of their mail address for their
picture; the address itself is not asked for. API: https://developer.wordpress.org/rest-api/reference/comments/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Final

from toolkit.model import Message, MessageKind, Showing
from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.matching import plain
from toolkit.networks.wordpress.api import PAGE, Api, Entry, RefusedError, read_entry
from toolkit.networks.wordpress.lookup import COMMENT, COMMENTS
from toolkit.values import dataclass

Raw = Mapping[str, object]
# How many posts are asked about in one request; their ids stand in its address.
ASKED: Final = 50
MAX_PAGES: Final = 50
# The blog filters by its own wall time, which may be this far from ours.
ZONES: Final = timedelta(hours=26)
UNHEARD: Final = frozenset({"spam", "trash"})
HELD: Final = "hold"
DEEPEST: Final = 20  # rows of answers above one of ours that are asked for; the software shows ten at most
_MARK: Final = re.compile(r"/avatar/([0-9a-f]{32,64})\b")


@dataclass(slots=True)
class Ear:
    """What one account hears; `me` is its person's number in the blog."""

    api: Api
    channel: str
    me: int
    known: dict[str, Entry] = field(default_factory=dict)

    def hear(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Every comment since then, the oldest first; raises what `Api.read` raises."""
        posts = sorted({one for one in remote_ids if not one.startswith(COMMENT)}, key=int)
        groups = (posts[start : start + ASKED] for start in range(0, len(posts), ASKED))
        told = [one for group in groups for one in self._below(group, since)]
        self._note(told)
        self._look_above()
        messages = filter(None, map(self._message, told))
        recent = (one for one in messages if since is None or one.at >= since)
        yield from sorted(recent, key=lambda message: (message.at, message.remote_id))

    def _below(self, posts: list[str], since: datetime | None) -> Iterator[Raw]:
        params = {"post": ",".join(posts), "orderby": "date_gmt", "order": "asc"}
        if since is not None:
            params["after"] = (since - ZONES).strftime("%Y-%m-%dT%H:%M:%S")
        for page in range(1, MAX_PAGES + 1):
            reply = self.api.ask(COMMENTS, params | {"status": "any", "per_page": str(PAGE), "page": str(page)})
            if reply.status != 200:
                raise RefusedError(reply)
            yield from map(fields, items(reply.json()))
            # Comments that the account may not read are left out of a page, so a short one need not be the last.
            pages = reply.headers.get("x-wp-totalpages", "")
            if not pages.isdecimal() or page >= int(pages):
                return

    def _note(self, comments: Iterable[Raw]) -> None:
        entries = map(read_entry, comments)
        self.known.update({entry.id: entry for entry in entries})

    def _look_above(self) -> None:
        """Ask for what our own comments answer, where it is older than what was told."""
        asked: set[str] = set()
        for _row in range(DEEPEST):
            ours = (entry for entry in self.known.values() if entry.author == self.me and entry.parent)
            missing = sorted({str(entry.parent) for entry in ours} - set(self.known) - asked)[:PAGE]
            if not missing:
                return
            asked.update(missing)
            params = {"include": ",".join(missing), "status": "any", "per_page": str(PAGE)}
            self._note(map(fields, items(self.api.read(COMMENTS, params))))

    def _answers_others(self, entry: Entry) -> bool:
        """Whether our comment answers somebody else, itself or through those of ours before it."""
        seen = {entry.id}
        while entry.parent and str(entry.parent) not in seen:
            above = self.known.get(str(entry.parent))
            # The blog shows us all of our own comments: one that it does not show is somebody else's.
            if above is None or above.author != self.me:
                return True
            seen.add(above.id)
            entry = above
        return False

    def _message(self, raw: Raw) -> Message | None:
        """A comment as a message; None for a first comment of ours, for spam, and for what is no comment."""
        entry, post = read_entry(raw), number(raw, "post")
        own = entry.author == self.me
        if not entry.id or entry.at is None or entry.status in UNHEARD or (own and not self._answers_others(entry)):
            return None
        name = plain(text(raw, "author_name"))
        return Message(
            remote_id=COMMENT + entry.id,
            channel=self.channel,
            kind=MessageKind.COMMENT,
            author=name,
            text=plain(text(raw.get("content"), "rendered")).strip(),
            at=entry.at,
            url=self.api.moderation(entry.id) if entry.status == HELD else entry.url,
            answers=f"{COMMENT}{entry.parent}" if entry.parent else "",
            below=str(int(post)) if post else "",
            author_id=str(entry.author) if entry.author else _mark(raw),
            name=name,
            own=own,
            showing=Showing.HELD if entry.status == HELD else Showing.SHOWN,
        )


def _mark(raw: Raw) -> str:
    """What tells one guest from another of the same name; "" where the blog shows no pictures."""
    pictures = fields(raw.get("author_avatar_urls")).values()
    found = (_MARK.search(one) for one in pictures if isinstance(one, str))
    return next((f"guest-{one[1]}" for one in found if one), "")
