"""What is still to go out: each time of each account's draft, with the key at which that time stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from toolkit.lint.rule import View, time_key
from toolkit.model import Post, WallTime
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
    if _surely_out(post, view):
        return
    drafts = view.drafts(post)
    if post.repeat is not None:
        drafts = [one for whole in drafts if whole.instance is None for one in instances(whole)]
    for draft in drafts:
        wall = draft.publish
        if wall is None or (wall.wall < view.oldest and wall.offset is None):
            continue
        at = wall.instant()
        if at >= view.now:
            yield Upcoming(draft, wall, at)


def _surely_out(post: Post, view: View) -> bool:
    """Whether the post has one time only, and that is past on every clock; most posts, and their drafts are not needed."""
    wall = post.publish
    single = post.repeat is None and not any(own.publish for own in post.options.values()) and not post.publish_next
    return single and wall is not None and wall.offset is None and wall.wall < view.oldest
