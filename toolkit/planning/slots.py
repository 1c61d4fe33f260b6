"""Slots: one post on one account at one moment. Everything about time in the plan is computed from these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from toolkit.model import Post
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import Draft, Workspace, drafts, instances

_NEVER = datetime.max.replace(tzinfo=UTC)
# No two clocks on earth are further apart.
CLOCKS: Final = timedelta(hours=27)


@dataclass(frozen=True, slots=True)
class Slot:
    """One channel of one post: the `draft` that `account` will get, and when (UTC).

    `due` is None while the post waits for the next free slot (``publish: next``).
    """

    post: Post
    account: Account
    draft: Draft
    due: datetime | None

    @property
    def occurrence(self) -> str:
        """Which time of a post that comes again, "" for one that comes once."""
        return self.draft.occurrence

    @property
    def order(self) -> tuple[datetime, str, str]:
        """Sorts by moment, then path, then account; without a moment last."""
        return (self.due or _NEVER, self.post.path, self.account.name)


def slots(workspace: Workspace, since: datetime | None = None) -> tuple[Slot, ...]:
    """Every channel of every post with a publish time, whatever its status, in order of time.

    With `since` (aware) posts that are surely over by then are left out: of years most are.
    """
    posts: Sequence[Post] = workspace.posts
    if since is not None:
        oldest = since.replace(tzinfo=None) - CLOCKS
        posts = [post for post in posts if may_come(post, oldest)]
    found = (slot for post in posts for slot in _post_slots(post, workspace))
    return tuple(sorted(found, key=lambda slot: slot.order))


def may_come(post: Post, oldest: datetime) -> bool:
    """Whether a channel of the post may have a wall time from `oldest` (without a zone) on; asks no channel."""
    if post.publish is None or post.publish_next or post.repeat is not None:
        return True
    if any(options.publish is not None for options in post.options.values()):
        return True
    return post.publish.offset is not None or post.publish.wall >= oldest


def _post_slots(post: Post, workspace: Workspace) -> Iterator[Slot]:
    for draft in (one for whole in workspace.remembered(post, drafts) for one in instances(whole)):
        if draft.publish is not None:
            yield Slot(post, draft.account, draft, draft.publish.instant())
        elif post.publish_next:
            yield Slot(post, draft.account, draft, None)
