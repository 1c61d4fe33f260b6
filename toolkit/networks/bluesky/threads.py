"""What stands around our posts: answers below them, answers to those, and where each belongs.

A thread is read to its leaves. What is blocked, deleted or hidden is passed over; below a post at the end of what the
network shows at once, it is asked again. API: app.bsky.feed.getPostThread
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Final

from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.messages import View, link_of, uri_of
from toolkit.networks.bluesky.xrpc import RefusedError
from toolkit.networks.jsonvalues import fields, items, number
from toolkit.values import dataclass

THREAD: Final = "app.bsky.feed.getPostThread"
DEPTH: Final = 100  # of answers below answers
DEEPER: Final = 20  # further questions for one of our posts
LARGEST: Final = 40_000_000  # bytes of a thread
GONE: Final = frozenset({"NotFound", "RecordNotFound"})


@dataclass(slots=True)
class Threads:
    """Every post that was read, and the posts of ours that were asked about."""

    client: Client
    me: str
    known: dict[str, View] = field(default_factory=dict)
    posts: dict[str, None] = field(default_factory=dict)

    def read(self, posts: Iterable[str]) -> Iterator[View]:
        """What stands below `posts`; raises `WebError`. Later parts of a thread are not asked for again."""
        self.posts = dict.fromkeys(posts)
        for post in self.posts:
            if post not in self.known:
                yield from self._below(post)

    def note(self, views: Iterable[View]) -> None:
        """Remember what was read elsewhere."""
        for view in views:
            self.known.setdefault(uri_of(view), view)

    def ours(self, uri: str) -> bool:
        """Whether a post is our account's."""
        return uri.startswith(f"at://{self.me}/")

    def post_above(self, view: View) -> str:
        """Our post that `view` stands below: the nearest that was asked about, else the root; "" in threads of others."""
        for above in self._upwards(view):
            if above in self.posts:
                return above
        root = link_of(view, "root") or link_of(view, "parent")
        return root if self.ours(root) else ""

    def answers_others(self, view: View) -> bool:
        """Whether our own post answers somebody else, itself or through those of ours before it."""
        root = link_of(view, "root")
        if root and not self.ours(root):
            return True
        return any(not self.ours(above) for above in self._upwards(view))

    def _upwards(self, view: View) -> Iterator[str]:
        """The posts above `view`, as far as they are known, the nearest first."""
        seen = {uri_of(view)}
        above = link_of(view, "parent")
        while above and above not in seen:
            yield above
            seen.add(above)
            above = link_of(self.known.get(above, {}), "parent")

    def _below(self, post: str) -> Iterator[View]:
        left = [post]
        for _number in range(1 + DEEPER):
            if not left:
                return
            for branch in _branches(self._ask(left.pop(0))):
                view = fields(branch.get("post"))
                if uri_of(view) and uri_of(view) not in self.known:
                    self.note([view])
                    yield view
                    if "replies" not in branch and number(view, "replyCount"):
                        left.append(uri_of(view))

    def _ask(self, uri: str) -> Mapping[str, object]:
        """The thread below a post; empty where it is gone."""
        params = {"uri": uri, "depth": str(DEPTH), "parentHeight": "0"}
        try:
            return fields(fields(self.client.read(THREAD, params, most=LARGEST)).get("thread"))
        except RefusedError as error:
            if error.name in GONE:
                return {}
            raise


def _branches(thread: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Everything below the top of a thread."""
    left = list(items(thread.get("replies")))
    while left:
        branch = fields(left.pop())
        left += items(branch.get("replies"))
        yield branch
