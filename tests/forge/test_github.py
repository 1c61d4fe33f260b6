"""GitHub's API: what is asked, and what its documented answers mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.forge.conftest import TOKEN, answering
from tests.servers.pretend import PretendServer, Reply
from toolkit.forge import Forge, Pull, Review, open_forge
from toolkit.model import SetClock
from toolkit.settings import ForgePlace

COMMIT = "ecdd80bb57125d7ba9641ffaa4d7d2c19d3f3091"
MERGED = "e5bd3914e2e596debea16f433f57875b5b90bcd6"
PULLS = f"/repos/octo-org/octo-repo/commits/{MERGED}/pulls"
REVIEWS = "/repos/octo-org/octo-repo/pulls/12/reviews"
PULL = Pull(12, "monalisa", "main", MERGED)


# https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request, the example's form
def review(
    login: str | None, state: str = "APPROVED", commit: str = COMMIT, at: str = "2019-11-17T17:43:43Z"
) -> object:
    return {
        "id": 80,
        "node_id": "MDE3OlB1bGxSZXF1ZXN0UmV2aWV3ODA=",
        "user": None if login is None else {"login": login, "id": 1, "type": "User", "site_admin": False},
        "body": "Here is the body for the review.",
        "state": state,
        "html_url": "https://github.com/octocat/Hello-World/pull/12#pullrequestreview-80",
        "pull_request_url": "https://api.github.com/repos/octocat/Hello-World/pulls/12",
        "submitted_at": at,
        "commit_id": commit,
        "author_association": "COLLABORATOR",
    }


# https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit, the example's form
def pull(**changes: object) -> object:
    return {
        "number": 12,
        "state": "closed",
        "user": {"login": "monalisa", "id": 2},
        "merged_at": "2011-01-26T19:01:12Z",
        "merge_commit_sha": MERGED,
        "head": {"label": "octocat:new-topic", "ref": "new-topic", "sha": COMMIT},
        "base": {"label": "octocat:main", "ref": "main", "sha": COMMIT},
        **changes,
    }


@pytest.fixture
def forge(pretend: PretendServer, clock: SetClock, environ: dict[str, str]) -> Forge:
    return open_forge(ForgePlace("github", "octo-org/octo-repo", pretend.address), environ, clock)


def test_every_request_is_as_documented(pretend: PretendServer, forge: Forge) -> None:
    """GET only, with the token, the media type and the version of the API that the documentation names."""
    answering(pretend, PULLS, [pull()])
    answering(pretend, REVIEWS, [review("octocat")])
    assert forge.pulls_with(MERGED) == (PULL,)
    assert forge.reviews(PULL) == (Review("octocat", COMMIT, datetime(2019, 11, 17, 17, 43, 43, tzinfo=UTC)),)
    assert [(one.method, one.path) for one in pretend.requests] == [("GET", PULLS), ("GET", REVIEWS)]
    for request in pretend.requests:
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        assert request.headers["accept"] == "application/vnd.github+json"
        assert request.headers["x-github-api-version"] == "2022-11-28"
        assert request.query == {"per_page": "100", "page": "1"}
    assert forge.head_ref(12) == "refs/pull/12/head"


def test_only_merged_pull_requests_are_told(pretend: PretendServer, forge: Forge) -> None:
    """One that is open, was closed, or says things in another shape brought nothing."""
    open_one = pull(number=13, state="open", merged_at=None)
    broken = [pull(number="12"), pull(merge_commit_sha=None), pull(merged_at="soon"), None, "x", {}]
    answering(pretend, PULLS, [open_one, pull(), *broken])
    assert forge.pulls_with(MERGED) == (PULL,)


@pytest.mark.parametrize(
    ("states", "counts"),
    [
        (["APPROVED"], True),
        (["COMMENTED"], False),
        (["APPROVED", "COMMENTED"], True),
        (["APPROVED", "PENDING"], True),
        (["APPROVED", "CHANGES_REQUESTED"], False),
        (["CHANGES_REQUESTED", "APPROVED"], True),
        (["DISMISSED"], False),
        (["APPROVED", "DISMISSED"], False),
        (["DISMISSED", "APPROVED"], True),
        (["APPROVED", "SOMETHING_NEW"], False),
        ([], False),
    ],
)
def test_the_latest_word_of_a_reviewer_counts(
    pretend: PretendServer, forge: Forge, states: list[str], counts: bool
) -> None:
    """The list is in order of time; a comment takes nothing back, a dismissal or a demand for changes does."""
    answering(pretend, REVIEWS, [review("octocat", state) for state in states])
    assert bool(forge.reviews(PULL)) is counts


def test_each_reviewer_has_one_word(pretend: PretendServer, forge: Forge) -> None:
    """Capitals do not make two people; the newer commit is the one that was approved; the author has no say."""
    newer = "a" * 40
    answering(
        pretend,
        REVIEWS,
        [review("octocat"), review("HUBOT"), review("OctoCat", commit=newer), review("Monalisa"), review(None)],
    )
    assert {(one.reviewer, one.commit) for one in forge.reviews(PULL)} == {("OctoCat", newer), ("HUBOT", COMMIT)}


def test_all_pages_are_read(pretend: PretendServer, forge: Forge) -> None:
    """A demand for changes on the second page of a hundred takes the yes on the first one back."""
    pages = {"1": [review("octocat")] + [review("hubot", "COMMENTED")] * 99, "2": [review("octocat", "DISMISSED")]}
    pretend.routes[f"GET {REVIEWS}"] = lambda request: Reply(200, pages[request.query["page"]])
    assert forge.reviews(PULL) == ()
    assert [one.query["page"] for one in pretend.requests] == ["1", "2"]
