"""Reviews of pull requests on GitHub.

API: https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit and
https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request (in chronological order). The token needs
to read pull requests and contents, and nothing else.
"""

from __future__ import annotations

from typing import Final

from toolkit.forge.api import Api
from toolkit.forge.base import Pull, Review
from toolkit.forge.shapes import moment, number, text
from toolkit.values import dataclass

HEADERS: Final = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
# A comment takes no earlier yes back; every other state does. A dismissed review has its own state for good.
NO_OPINION: Final = frozenset({"COMMENTED", "PENDING"})


@dataclass(frozen=True, slots=True)
class GitHub:
    """See `toolkit.forge.base.Forge`."""

    api: Api
    project: str

    def pulls_with(self, commit: str) -> tuple[Pull, ...]:
        found = map(_pull, self.api.read_all(f"/repos/{self.project}/commits/{commit}/pulls"))
        return tuple(pull for pull in found if pull is not None)

    def reviews(self, pull: Pull) -> tuple[Review, ...]:
        latest: dict[str, Review | None] = {}
        for entry in self.api.read_all(f"/repos/{self.project}/pulls/{pull.number}/reviews"):
            who = text(entry, "user", "login")
            if who and text(entry, "state") not in NO_OPINION:
                latest[who.casefold()] = _review(entry, who)
        latest.pop(pull.author.casefold(), None)
        return tuple(review for review in latest.values() if review is not None)

    def head_ref(self, number: int) -> str:
        return f"refs/pull/{number}/head"


def _pull(entry: object) -> Pull | None:
    """A pull request that was merged; None for one that is open or was closed."""
    found = Pull(
        number(entry, "number"),
        text(entry, "user", "login"),
        text(entry, "base", "ref"),
        text(entry, "merge_commit_sha"),
    )
    merged = found.number > 0 and found.commit and moment(text(entry, "merged_at"))
    return found if merged else None


def _review(entry: object, who: str) -> Review | None:
    at, commit = moment(text(entry, "submitted_at")), text(entry, "commit_id")
    return Review(who, commit, at) if text(entry, "state") == "APPROVED" and at and commit else None
