"""What stands around our statuses: answers below them, answers to those, and where each belongs.

Most servers show all answers below a status at once; some show only the first row, and are asked again for each
answer that says it was answered. API: https://docs.joinmastodon.org/methods/statuses/#context
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Final

from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.mastodon.api import Api, RefusedError
from toolkit.networks.mastodon.messages import Raw, author_id
from toolkit.values import dataclass

GONE: Final = frozenset({404, 410})
LARGEST: Final = 40_000_000  # bytes of a context: a server shows up to 4096 statuses at once
DEEPER: Final = 20  # further questions for one of our statuses


@dataclass(slots=True)
class Threads:
    """Every status that was read, and of our statuses that were asked about the root of their thread."""

    api: Api
    me: str
    known: dict[str, Raw] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    under: dict[str, str] = field(default_factory=dict)  # what was read → the post whose context it stood in
    nearest: dict[str, str] = field(default_factory=dict)  # what was placed → the nearest post above it

    def read(self, posts: Iterable[str]) -> Iterator[Raw]:
        """What stands below `posts`; raises what `Api.read` raises. Later parts of a thread are rarely asked for twice."""
        whole: set[str] = set()
        self.roots = dict.fromkeys(posts, "")
        for post in self.roots:
            if post in whole:
                self.roots[post] = self._top(self.known[post])
                continue
            above, below = self._context(post)
            self.roots[post] = text(above[0], "id") if above else post
            for one in (*below, *self._deeper(post, below)):
                self.under.setdefault(text(one, "id"), post)
                yield one
            whole |= {text(one, "id") for one in below} - {text(one, "id") for one in _unread(below)}

    def note(self, statuses: Iterable[Raw]) -> None:
        """Remember what was read elsewhere."""
        self.known |= {text(one, "id"): one for one in statuses if text(one, "id")}

    def place(self, status: Raw) -> tuple[str, str]:
        """The nearest of the asked-for posts above `status`, and the root of its thread; "" for what is not known."""
        post = self._nearest(status) or self.under.get(text(status, "id"), "")
        return (post, self.roots[post]) if post else ("", self._top(status))

    def _nearest(self, status: Raw) -> str:
        walked = [text(status, "id")]
        for above in self._upwards(status):
            post = above if above in self.roots else self.nearest.get(above, "")
            if post:
                self.nearest |= dict.fromkeys(walked, post)  # each way is walked once, however long
                return post
            walked.append(above)
        return ""

    def ours_above(self, status: Raw) -> str:
        """The post of ours that `status` answers, though nobody asked about it; an answer to others is none."""
        above = text(status, "in_reply_to_id")
        if not above or author_id(status) == self.me or text(status, "in_reply_to_account_id") != self.me:
            return ""
        ours = self.known.get(above)
        return "" if ours is not None and self.answers_others(ours) else above

    def answers_others(self, status: Raw) -> bool:
        """Whether our `status` answers somebody else, itself or through those of ours before it.

        A thread of ours, its later parts, its first comment and its correction do not.
        """
        for above in self._upwards(status):
            author = author_id(self.known[above]) if above in self.known else text(status, "in_reply_to_account_id")
            if author != self.me or above not in self.known:
                return bool(author) and author != self.me
            status = self.known[above]
        return False

    def _upwards(self, status: Raw) -> Iterator[str]:
        """The ids above `status`, as far as they are known, the nearest first."""
        seen = {text(status, "id")}
        above = text(status, "in_reply_to_id")
        while above and above not in seen:
            yield above
            seen.add(above)
            above = text(self.known.get(above), "in_reply_to_id")

    def _top(self, status: Raw) -> str:
        """The root of the thread, "" where the way up is not known to its end."""
        for above in self._upwards(status):
            if self.roots.get(above):
                return self.roots[above]
            if above not in self.known:
                return ""
            status = self.known[above]
        return "" if text(status, "in_reply_to_id") else text(status, "id")

    def _deeper(self, post: str, below: list[Raw]) -> Iterator[Raw]:
        """The rows below the first, where the server shows one row at a time."""
        if any(text(one, "in_reply_to_id") != post for one in below):
            return
        left = _unread(below)
        for _number in range(DEEPER):
            if not left:
                return
            _above, row = self._context(text(left.pop(0), "id"))
            yield from row
            left += _unread(row)

    def _context(self, post: str) -> tuple[list[Raw], list[Raw]]:
        """What stands above a status and below it; nothing where it is gone."""
        try:
            told = fields(self.api.read(f"/api/v1/statuses/{post}/context", most=LARGEST))
        except RefusedError as error:
            if error.reply.status in GONE:
                return [], []
            raise
        above, below = (list(map(fields, items(told.get(name)))) for name in ("ancestors", "descendants"))
        self.note(above + below)
        return above, below


def _unread(statuses: list[Raw]) -> list[Raw]:
    """Those that say they were answered while no answer to them stands in the list."""
    answered = {text(one, "in_reply_to_id") for one in statuses}
    return [one for one in statuses if text(one, "id") not in answered and number(one, "replies_count") != 0]
