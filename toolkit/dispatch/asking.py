"""One round of questions to the forge: which posts are wanting, which pull requests brought them, who approved those.

At most `MOST_POSTS` posts a round, the next due first. A post that has its approvals is looked at again after
`RECHECK`, since a review can be dismissed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.approval import content_hash, judge, required_approvals
from toolkit.approval.reviews import Published, approvals_from, review_given
from toolkit.dispatch.fetching import fetch_ref
from toolkit.forge import Forge, Given, Knowledge, Pull, Review
from toolkit.forge.knowledge import keep_only
from toolkit.model import Post, Status
from toolkit.planning import Slot, slots
from toolkit.source.past import commits_that_touch, has_commit, is_id
from toolkit.values import dataclass
from toolkit.workspace import Workspace, media_path

MOST_POSTS: Final = 30
# So many of a post's newest commits are asked for: it may have been corrected after it was merged.
MOST_COMMITS: Final = 3
RECHECK: Final = timedelta(minutes=15)
# A post that is late may still be sent.
STILL_WANTED: Final = timedelta(days=2)
# Where the commits of pull requests are kept: no branch has them after a squash, and git would forget them.
KEPT: Final = "refs/leitstand/pull"


@dataclass(slots=True)
class Desired:
    """The posts of one published commit, and what was found out about them: it stays true as long as that commit does."""

    workspace: Workspace
    hashes: dict[str, str] = field(default_factory=dict)  # uid → content hash
    commits: dict[str, tuple[str, ...]] = field(default_factory=dict)  # uid → commits that changed the post
    given: dict[tuple[str, Review, Pull], Given | None] = field(default_factory=dict)
    fetched: dict[str, datetime] = field(default_factory=dict)  # ref or commit → when it was last tried

    @property
    def now(self) -> Published:
        return Published(self.workspace.root, self.workspace.tree.commit)

    def slots(self, since: datetime) -> list[Slot]:
        """What is still to go out and needs approvals, the next due first."""
        settings = self.workspace.settings
        return [
            slot
            for slot in slots(self.workspace)
            if slot.post.uid and slot.post.status is Status.READY and (slot.due is None or slot.due >= since)
            if required_approvals(slot.account, settings)
        ]

    def commits_of(self, post: Post) -> tuple[str, ...]:
        """The newest commits of the branch that changed the post or its media."""
        if post.uid not in self.commits:
            media = {media_path(one.file) for one in post.media if one.file}
            paths, now = [post.path, *media], self.now
            self.commits[post.uid] = commits_that_touch(now.root, now.commit, paths, MOST_COMMITS)
        return self.commits[post.uid]

    def granted(self, slot: Slot, known: Knowledge) -> bool:
        """Whether the slot has all approvals, with the reviews that are known."""
        post = slot.post
        # The workspace knows of no reviews, so that none counts twice or longer than it is known.
        also = approvals_from(known.all_given(), post, self.workspace.settings)
        if not (also or post.approved):
            return False
        if post.uid not in self.hashes:
            self.hashes[post.uid] = content_hash(post, self.workspace)
        return judge(post, slot.account, self.workspace, digest=self.hashes[post.uid], also=also).granted


@dataclass(slots=True)
class Asking:
    """`known` grows with every answer, so that what came before a failure is kept.

    `branch`: remote and branch. `overdue`: whether a round has taken long enough; the rest is asked in the next one.
    """

    forge: Forge
    known: Knowledge
    desired: Desired
    branch: tuple[str, str]
    environ: Mapping[str, str]
    now: datetime
    overdue: Callable[[], bool] = lambda: False

    def ask(self) -> None:
        """Raises `ForgeError` in the middle."""
        waiting = self.desired.slots(self.now - STILL_WANTED)
        posts = {slot.post.uid: slot.post for slot in waiting}
        every = frozenset(commit for post in posts.values() for commit in self.desired.commits_of(post))
        self.known = keep_only(self.known, every)
        open_ones = dict.fromkeys(slot.post.uid for slot in waiting if self._is_open(slot))
        chosen = [posts[uid] for uid in list(open_ones)[:MOST_POSTS]]
        done: set[Pull] = set()
        for post in chosen:
            for pull in self._pulls(post):
                if self.overdue():
                    return
                if pull not in done:
                    done.add(pull)
                    self._look(pull, [uid for uid, other in posts.items() if pull in self._known_pulls(other)])

    def _is_open(self, slot: Slot) -> bool:
        """Whether its reviews are to be read: it lacks approvals, or has had them for a while."""
        looked = [self.known.looked.get(pull.number) for pull in self._known_pulls(slot.post)]
        fresh = bool(looked) and all(at is not None and self.now - at < RECHECK for at in looked)
        return not (fresh and self.desired.granted(slot, self.known))

    def _known_pulls(self, post: Post) -> Iterator[Pull]:
        for commit in self.desired.commits_of(post):
            yield from self.known.pulls.get(commit, ())

    def _pulls(self, post: Post) -> Iterator[Pull]:
        """The pull requests that brought the post into the branch; asked for until there is one."""
        for commit in self.desired.commits_of(post):
            if not self.known.pulls.get(commit):
                found = tuple(pull for pull in self.forge.pulls_with(commit) if pull.branch == self.branch[1])
                self.known = replace(self.known, pulls={**self.known.pulls, commit: found})
            yield from self.known.pulls[commit]

    def _look(self, pull: Pull, uids: list[str]) -> None:
        """Read the reviews of a pull request; what it gave before is replaced by what it gives now."""
        reviews = self.forge.reviews(pull)
        self._bring(f"+{self.forge.head_ref(pull.number)}:{KEPT}/{pull.number}")
        given = [self._given(review, pull, uid) for review in reviews for uid in uids]
        found = tuple(one for one in given if one is not None)
        self.known = replace(
            self.known,
            given={**self.known.given, pull.number: found},
            looked={**self.known.looked, pull.number: self.now},
        )

    def _given(self, review: Review, pull: Pull, uid: str) -> Given | None:
        key = (uid, review, pull)
        if key not in self.desired.given:
            root = self.desired.now.root
            if not has_commit(root, review.commit) and is_id(review.commit):
                self._bring(review.commit)
            if not has_commit(root, review.commit):
                return None  # it may come later
            self.desired.given[key] = review_given(review, pull, uid, self.desired.now)
        return self.desired.given[key]

    def _bring(self, wanted: str) -> None:
        """Fetch it, unless that was tried a while ago; what does not come proves nothing."""
        last = self.desired.fetched.get(wanted)
        if last is None or self.now - last >= RECHECK:
            self.desired.fetched[wanted] = self.now
            fetch_ref(self.desired.now.root, self.branch[0], wanted, self.environ)
