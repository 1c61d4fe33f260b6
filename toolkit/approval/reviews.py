"""Reviews on the forge as approvals of posts.

A review says yes to a commit, an approval to the content of one post. So the post's content hash is computed over the
tree of the reviewed commit, with the settings that stood there: what the reviewer could see. It counts only when

1. the pull request was merged: the commit by which it came in lies in the published branch, here, by git;
2. the pull request is what brought this content: where it left the branch, the post had another hash, under the very
   same settings, or was not there. Nobody approves the whole repository by reviewing something else;
3. the hash is the one of the post as it is published now, which `judge` compares at the very end.

Commits are never compared, contents are: after a squash or a rebase the reviewed commit is in no branch, and its tree
still has the same post. It is fetched by the ref that forges keep for every pull request (`refs/pull/7/head`), or by
its id. A commit that cannot be had proves nothing, and its review does not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.approval.content import content_hash
from toolkit.errors import LeitstandError
from toolkit.model import Approval, Post
from toolkit.settings import ForgePlace, Settings
from toolkit.source import CommitTree, read_post
from toolkit.source.past import files_with, fork_point, has_commit, is_part, parents
from toolkit.values import dataclass
from toolkit.workspace import POSTS, Workspace, load_settings

if TYPE_CHECKING:
    from toolkit.forge import Given, Pull, Review


def reviewed(workspace: Workspace, state: Path, forge: ForgePlace | None) -> Workspace:
    """`workspace` with the reviews that the dispatcher of the state directory `state` has read from `forge`."""
    if forge is None:
        return workspace
    from toolkit.forge import read_knowledge  # with the client for HTTP

    return with_reviews(workspace, read_knowledge(state, forge).all_given())


def with_reviews(workspace: Workspace, given: Iterable[Given]) -> Workspace:
    """The workspace with the reviews that are known, as approvals of its people."""
    every = tuple(given)
    reviewed = {one.uid for one in every}
    posts = [post for post in workspace.posts if post.uid in reviewed]
    return replace(workspace, approvals={post.uid: approvals_from(every, post, workspace.settings) for post in posts})


@dataclass(frozen=True, slots=True)
class Published:
    """The repository, and the commit of it that is published now."""

    root: Path
    commit: str


def approvals_from(given: Iterable[Given], post: Post, settings: Settings) -> tuple[Approval, ...]:
    """The reviews of a post by people of leitstand.toml; a name on the forge that nobody has is nobody's."""
    people = {person.forge.casefold(): person.key for person in settings.people.values() if person.forge}
    found = [one for one in given if post.uid and one.uid == post.uid and one.reviewer.casefold() in people]
    return tuple(Approval(people[one.reviewer.casefold()], one.at, one.hash) for one in found)


def review_given(review: Review, pull: Pull, uid: str, now: Published) -> Given | None:
    """The review with the hash of what it said yes to; None when it says nothing about this post."""
    if not has_commit(now.root, review.commit) or not is_part(now.root, pull.commit, now.commit):
        return None
    fork = fork_point(now.root, review.commit, review.base or _before(now.root, pull.commit))
    if not fork:
        return None
    tree = CommitTree(now.root, review.commit)
    try:
        settings, _problems = load_settings(tree)
    except LeitstandError:
        return None
    from toolkit.forge import Given  # as in `reviewed`

    seen = _hashes(tree, uid, settings)
    if len(seen) != 1 or seen & _hashes(CommitTree(now.root, fork), uid, settings):
        return None
    return Given(uid, review.reviewer, review.at, min(seen), pull.number, review.commit)


def _hashes(tree: CommitTree, uid: str, settings: Settings) -> frozenset[str]:
    """The content hashes of the posts with this uid in a commit: one, unless it is not there or there more than once.

    The settings are given, so that a change of leitstand.toml alone is no change of every post.
    """
    found: list[Post] = []
    for path in files_with(tree.root, tree.commit, uid, POSTS):
        if path.endswith(".md") and tree.exists(path):
            post, _problems = read_post(path, tree.read(path), settings)
            found += [post] if post is not None and post.uid == uid else []
    return frozenset(content_hash(post, Workspace(tree.root, tree, settings, (post,), {}, (), ())) for post in found)


def _before(root: Path, merged: str) -> str:
    """The branch right before the pull request came in; "" when nobody can say."""
    first = parents(root, merged)[:1]
    return first[0] if first else ""
