"""What the world has seen of one account: its published posts, in order, and what they were sent with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field, replace
from datetime import datetime, timedelta

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """One public post. `key` is whose it is, whatever the network itself knows of keys."""

    id: str
    key: str
    text: str
    previous: str
    at: datetime  # true time
    name: str = ""  # its name in addresses, where the network gives names


@dataclass(slots=True)
class Record:
    """All posts of an account."""

    posts: list[Published] = field(default_factory=list)
    by_key: dict[str, list[Published]] = field(default_factory=dict)
    # Keys of corrections and retractions that were obeyed: to do them twice is to do them once.
    changed: dict[str, datetime] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def add(self, post: Published) -> None:
        self.posts.append(post)
        self.by_key.setdefault(post.key, []).append(post)

    def of(self, key: str) -> list[Published]:
        return self.by_key.get(key, [])

    def change(self, post_id: str, key: str, text: str, at: datetime) -> bool:
        """Give a post another text; False when there is none."""
        for number, post in enumerate(self.posts):
            if post.id == post_id and post_id not in self.gone:
                self.posts[number] = replace(post, text=text)
                self.changed.setdefault(key, at)
                return True
        return False

    def take_back(self, post_id: str, key: str, at: datetime) -> None:
        self.gone.add(post_id)
        self.changed.setdefault(key, at)

    def out_since(self, key: str) -> datetime | None:
        """Since when the world has seen what `key` stands for; None when it has not."""
        posts = self.of(key)
        return posts[0].at if posts else self.changed.get(key)

    def same_text(self, text: str) -> Published | None:
        """The last post with this very text."""
        return next((post for post in reversed(self.posts) if post.text == text), None)

    def visible(self, now: datetime, lag: timedelta) -> Iterator[Published]:
        """What is to be found, the newest first."""
        return (post for post in reversed(self.posts) if now - post.at >= lag and post.id not in self.gone)

    def copies(self) -> Counter[str]:
        """Key → how many public posts there are of it."""
        return Counter({key: len(posts) for key, posts in self.by_key.items()})
