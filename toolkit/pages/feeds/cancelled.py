"""What was planned and no longer is, so that calendars can say so: posts, channels and times that are gone.

Programs that subscribe fetch the whole file; most drop what no longer stands in it, some keep it, and all of them know
``STATUS:CANCELLED`` (RFC 5545, §3.8.1.11): Google's takes the event away, Apple's, Thunderbird and Nextcloud strike it out.
What can be known of the past, and from where:

- A post whose file was deleted stands in git. Its events are those that it would have now, on the channels that there
  still are, unless the ledger says that it went out, or its moment was over before it was deleted.
- A channel or a time that a post no longer has stands in the ledger, as cancelled, if the post was ready once.
- What was only ever a draft and lost a channel or its time, or was never committed, is known to nobody: its event is no
  longer in the file. So it is where neither git nor a ledger can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from toolkit.ledger import Row, State
from toolkit.model import Post
from toolkit.planning import slots
from toolkit.settings import Account
from toolkit.source import read_post
from toolkit.source.removed import read_removed
from toolkit.source.revisions import Revision
from toolkit.values import dataclass
from toolkit.workspace import POSTS, Workspace

if TYPE_CHECKING:
    from toolkit.pages.view import Site

# Feeds reach this far back; calendar programs fetch the whole file each time.
BEHIND: Final = timedelta(days=92)
# In these nothing of it is out, and nobody asks whether it is.
_NOT_OUT: Final = frozenset({State.PLANNED, State.CANCELLED, State.SKIPPED})


@dataclass(frozen=True, slots=True)
class Gone:
    """A post whose file was deleted, as it was before, and when that was."""

    post: Post
    at: datetime


@dataclass(frozen=True, slots=True)
class Cancelled:
    """One channel of a post at a moment (UTC) at which it no longer goes out."""

    post: Post
    account: Account
    occurrence: str
    due: datetime

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, whenever it is: post, account, and which time of it."""
        return self.post.uid or self.post.path, self.account.name, self.occurrence


def read_gone(workspace: Workspace, revisions: tuple[Revision, ...], now: datetime) -> tuple[Gone, ...]:
    """The posts that were deleted while feeds reach back; one that lies elsewhere now is not gone."""
    here = {name for post in workspace.posts for name in (post.path, post.uid) if name}
    found: dict[str, Gone] = {}
    for one in read_removed(workspace.root, revisions, POSTS, now - BEHIND):
        post, _problems = read_post(one.path, one.data, workspace.settings)
        if post is not None and here.isdisjoint({post.path, post.uid}):
            found.setdefault(post.uid or post.path, Gone(post, one.at))
    return tuple(found.values())


def find_cancelled(site: Site) -> tuple[Cancelled, ...]:
    """Everything that is known to be cancelled, in order of time."""
    found = {one.key: one for one in (*_deleted(site), *_withdrawn(site))}
    return tuple(sorted(found.values(), key=lambda one: (one.due, one.post.path)))


def _deleted(site: Site) -> Iterator[Cancelled]:
    """The channels of deleted posts."""
    gone = {one.post.path: one for one in site.given.gone}
    if not gone:
        return
    out = {_key(row) for row in site.given.rows if row.state not in _NOT_OUT}
    for slot in slots(replace(site.workspace, posts=tuple(one.post for one in gone.values()))):
        if slot.due is not None and slot.due > gone[slot.post.path].at:
            one = Cancelled(slot.post, slot.account, slot.occurrence, slot.due)
            if one.key not in out:
                yield one


def _withdrawn(site: Site) -> Iterator[Cancelled]:
    """The channels and times that the ledger had planned of a post that is still there."""
    rows = [one for one in site.given.rows if one.state is State.CANCELLED and one.action == "post" and one.part == 0]
    planned = {(slot.post.uid, slot.account.name, slot.occurrence) for slot in site.slots} if rows else set()
    for row in rows:
        post, account = site.posts_by_uid.get(row.uid), site.settings.accounts.get(row.account)
        if post is not None and account is not None and _key(row) not in planned:
            yield Cancelled(post, account, row.occurrence, row.due)


def _key(row: Row) -> tuple[str, str, str]:
    return row.uid, row.account, row.occurrence
