"""Hearing: answers below our statuses, mentions, quotes and direct messages, and what we answered others ourselves.

Answers come from each status's context, mentions from the notifications, page by page back to `since`, those of
strangers included; our own answers from the account's own statuses. What stands in two of them is one message, and
what an author changed since then comes again. Whom the account blocked or muted the server leaves out, and what the
account's filters hide is not heard. API: https://docs.joinmastodon.org/methods/notifications/ and `threads`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.networks.mastodon.api import Api
from toolkit.networks.mastodon.messages import Found, Raw, author_id, hidden, older, read_message, spoken_at
from toolkit.networks.mastodon.threads import Threads
from toolkit.values import dataclass

PAGE: Final = 40
MAX_PAGES: Final = 25
# Likes and boosts would fill the pages. Servers before 4.5 know no quotes, and pass over a type that they do not know;
# without `include_filtered`, those of 4.3 and later keep first messages of people whom the account does not follow.
WANTED: Final[Mapping[str, str | list[str]]] = {
    "limit": str(PAGE),
    "types[]": ["mention", "quote"],
    "include_filtered": "true",
}
OWN: Final[Mapping[str, str | list[str]]] = {"limit": str(PAGE), "exclude_reblogs": "true"}


@dataclass(frozen=True, slots=True)
class Ear:
    """What one account hears; `me` is its own id, whose statuses are no messages unless they answer somebody else."""

    api: Api
    channel: str
    me: str

    def hear(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Every message since then once, the oldest first; raises what `Api.read` raises."""
        threads = Threads(self.api, self.me)
        told = [*threads.read(remote_ids), *self._notified(since)]
        begun = since or min((at for one in told if (at := spoken_at(one))), default=None)
        told += self._own(begun)
        threads.note(told)
        statuses = {text(one, "id"): one for one in reversed(told)}
        wanted = (one for one in statuses.values() if not hidden(one) and not older(one, since))
        messages = (self._message(one, threads) for one in wanted)
        yield from sorted(filter(None, messages), key=lambda message: (message.at, message.remote_id))

    def _message(self, status: Raw, threads: Threads) -> Message | None:
        own = author_id(status) == self.me
        if own and not threads.answers_others(status):
            return None
        below, thread = threads.place(status)
        below = below or threads.ours_above(status)
        kind = MessageKind.COMMENT if below else MessageKind.MENTION
        return read_message(Found(status, kind, below or _quoted(status, self.me), thread, own), self.channel, self.me)

    def _notified(self, since: datetime | None) -> Iterator[Raw]:
        for notification in self._pages("/api/v1/notifications", WANTED, since):
            if text(notification, "type") in {"mention", "quote"}:
                yield fields(notification.get("status"))

    def _own(self, since: datetime | None) -> list[Raw]:
        """What the account wrote itself; nothing where nobody said anything."""
        path = f"/api/v1/accounts/{self.me}/statuses"
        return [] if since is None else list(self._pages(path, OWN, since))

    def _pages(self, path: str, params: Mapping[str, str | list[str]], since: datetime | None) -> Iterator[Raw]:
        """The entries of a list, the newest first, up to the page that reaches back to `since`."""
        seen: set[str] = set()
        last = ""
        for _number in range(MAX_PAGES):
            asked = {**params, "max_id": last} if last else params
            page = [fields(one) for one in items(self.api.read(path, asked))]
            fresh = [one for one in page if text(one, "id") not in seen]
            yield from fresh
            seen.update(text(one, "id") for one in fresh)
            if not fresh or older({"created_at": page[-1].get("created_at")}, since):
                return
            last = text(page[-1], "id")


def _quoted(status: Raw, me: str) -> str:
    """The status of ours that `status` quotes."""
    quoted = fields(fields(status.get("quote")).get("quoted_status"))
    return text(quoted, "id") if author_id(quoted) == me else ""
