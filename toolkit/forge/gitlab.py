"""Approvals of merge requests on GitLab.

API: https://docs.gitlab.com/api/commits/#list-merge-requests-associated-with-a-commit,
https://docs.gitlab.com/api/merge_request_approvals/ and
https://docs.gitlab.com/api/merge_requests/#get-merge-request-diff-versions. The token needs the scope ``read_api``.

An approval on GitLab names no commit, but a moment (``approved_at``); the commit is the head of the newest version of
the merge request at that moment. Where an older GitLab names no moment either, an approval counts only if there was
never another version. Each version also says where the target branch was (``start_commit_sha``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from toolkit.forge.api import Api
from toolkit.forge.base import Pull, Review
from toolkit.forge.shapes import items, moment, number, text
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    """What a merge request was at one time."""

    at: datetime
    head: str
    target: str  # the target branch then


@dataclass(frozen=True, slots=True)
class GitLab:
    """See `toolkit.forge.base.Forge`."""

    api: Api
    project: str

    def pulls_with(self, commit: str) -> tuple[Pull, ...]:
        found = map(_pull, self.api.read_all(f"{self._root}/repository/commits/{commit}/merge_requests"))
        return tuple(pull for pull in found if pull is not None)

    def reviews(self, pull: Pull) -> tuple[Review, ...]:
        where = f"{self._root}/merge_requests/{pull.number}"
        approvals = items(self.api.read(f"{where}/approvals"), "approved_by")
        versions = _versions(self.api.read_all(f"{where}/versions")) if approvals else []
        found = (_review(entry, versions) for entry in approvals)
        author = pull.author.casefold()
        return tuple(review for review in found if review is not None and review.reviewer.casefold() != author)

    def head_ref(self, number: int) -> str:
        return f"refs/merge-requests/{number}/head"

    @property
    def _root(self) -> str:
        return f"/projects/{quote(self.project, safe='')}"


def _pull(entry: object) -> Pull | None:
    """A merge request that was merged; a fast-forward makes no commit of its own."""
    commit = text(entry, "merge_commit_sha") or text(entry, "squash_commit_sha") or text(entry, "sha")
    found = Pull(number(entry, "iid"), text(entry, "author", "username"), text(entry, "target_branch"), commit)
    return found if found.number > 0 and commit and text(entry, "state") == "merged" else None


def _versions(entries: Sequence[object]) -> list[Version]:
    """The versions, the oldest first. One that cannot be read makes all of them unknown."""
    found = []
    for entry in entries:
        at, head = moment(text(entry, "created_at")), text(entry, "head_commit_sha")
        if at is None or not head:
            return []
        found.append(Version(at, head, text(entry, "start_commit_sha")))
    return sorted(found, key=lambda version: version.at)


def _review(entry: object, versions: Sequence[Version]) -> Review | None:
    who, at = text(entry, "user", "username"), moment(text(entry, "approved_at"))
    seen = [version for version in versions if at is None or version.at <= at]
    if not who or not seen or (at is None and len(versions) > 1):
        return None
    return Review(who, seen[-1].head, at or seen[-1].at, seen[-1].target)
