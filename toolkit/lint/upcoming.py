"""What is still to go out: each time of each account's draft, with the key at which that time stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from toolkit.lint.rule import View, time_key
from toolkit.model import Post, WallTime
from toolkit.planning.slots import may_come
from toolkit.values import dataclass
from toolkit.workspace import Draft, instances


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One draft at one time that has not come yet."""

    draft: Draft
    wall: WallTime
    at: datetime  # UTC

    @property
    def local(self) -> datetime:
        """The time on the account's own clock."""
        return self.wall.local()

    @property
    def key(self) -> str:
        """Where the time stands in the front matter."""
        post, instance = self.draft.post, self.draft.instance
        if instance is None or post.repeat is None or post.publish is None:
            return time_key(self.draft)
        own = post.repeat.own.get(instance)
        if own is not None and own.publish is not None:
            return time_key(self.draft)
        return "publish" if instance == post.publish.wall.date() else "repeat"


def find_upcoming(post: Post, view: View) -> Iterator[Upcoming]:
    """The post's times from now on, on each account, those of a post that comes again one by one."""
    if not may_come(post, view.oldest):
        return
    wall: WallTime | None = None
    at, due = view.now, False
    for draft in (one for whole in view.drafts(post) if whole.instance is None for one in instances(whole)):
        if draft.publish is None:
            continue
        if draft.publish is not wall:  # most accounts have the time of the one before
            wall = draft.publish
            at = wall.instant()
            due = at >= view.now
        if due:
            yield Upcoming(draft, wall, at)
