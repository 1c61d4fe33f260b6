"""Slots: one post on one account at one moment. Everything about time in the plan is computed from these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from toolkit.model import Post
from toolkit.settings import Account
from toolkit.workspace import Draft, Workspace, drafts, instances

_NEVER = datetime.max.replace(tzinfo=UTC)
# No two clocks on earth are further apart.
_CLOCKS = timedelta(hours=27)


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
    posts = workspace.posts if since is None else [post for post in workspace.posts if _may_come(post, since)]
    found = (slot for post in posts for slot in _post_slots(post, workspace))
    return tuple(sorted(found, key=lambda slot: slot.order))


def _may_come(post: Post, since: datetime) -> bool:
    """Whether a channel of the post may go out after `since`; told from the wall time, without asking each channel."""
    if post.publish is None or post.publish_next or post.repeat is not None:
        return True
    if any(options.publish is not None for options in post.options.values()):
        return True
    return post.publish.offset is not None or post.publish.wall >= since.replace(tzinfo=None) - _CLOCKS


def _post_slots(post: Post, workspace: Workspace) -> Iterator[Slot]:
    for draft in (one for whole in drafts(post, workspace.settings) for one in instances(whole)):
        if draft.publish is not None:
            yield Slot(post, draft.account, draft, draft.publish.instant())
        elif post.publish_next:
            yield Slot(post, draft.account, draft, None)
