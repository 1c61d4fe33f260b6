"""GitLab's API: what is asked, and what its documented answers mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.forge.conftest import TOKEN, answering
from tests.servers.pretend import PretendServer
from toolkit.forge import Forge, Pull, Review, open_forge
from toolkit.model import SetClock
from toolkit.settings import ForgePlace

ROOT = "/projects/group%2Fsub%2Fsocial"
MERGED = "33e2ee8579fda5bc36accc9c6fbd0b4fefda9e30"
FIRST, SECOND, TARGET = "a" * 40, "b" * 40, "c" * 40
PULL = Pull(16, "admin", "main", MERGED)


# https://docs.gitlab.com/api/commits/#list-merge-requests-associated-with-a-commit, the example's form
def merge_request(**changes: object) -> object:
    return {
        "id": 45,
        "iid": 16,
        "project_id": 35,
        "state": "merged",
        "author": {"id": 1, "username": "admin", "name": "Administrator", "state": "active"},
        "target_branch": "main",
        "source_branch": "test-branch",
        "sha": SECOND,
        "merge_commit_sha": MERGED,
        "squash_commit_sha": None,
        **changes,
    }


# https://docs.gitlab.com/api/merge_request_approvals/#retrieve-approval-state-for-a-merge-request, the example's form
def approvals(*people: tuple[str, str]) -> object:
    entries = [
        {"user": {"id": 1, "username": name, "state": "active"}, **({"approved_at": at} if at else {})}
        for name, at in people
    ]
    return {"id": 5, "iid": 16, "project_id": 1, "state": "merged", "approved": True, "approved_by": entries}


# https://docs.gitlab.com/api/merge_requests/#get-merge-request-diff-versions, the example's form; the newest is first
VERSIONS = [
    {
        "id": 110,
        "head_commit_sha": SECOND,
        "base_commit_sha": "d" * 40,
        "start_commit_sha": TARGET,
        "created_at": "2016-07-26T14:44:48.926Z",
        "merge_request_id": 105,
        "state": "collected",
    },
    {
        "id": 108,
        "head_commit_sha": FIRST,
        "base_commit_sha": "d" * 40,
        "start_commit_sha": TARGET,
        "created_at": "2016-07-25T14:21:33.028Z",
        "merge_request_id": 105,
        "state": "collected",
    },
]


@pytest.fixture
def forge(pretend: PretendServer, clock: SetClock, environ: dict[str, str]) -> Forge:
    return open_forge(ForgePlace("gitlab", "group/sub/social", pretend.address), environ, clock)


def reviews(pretend: PretendServer, forge: Forge, given: object, versions: object = VERSIONS) -> tuple[Review, ...]:
    answering(pretend, f"{ROOT}/merge_requests/16/approvals", given)
    answering(pretend, f"{ROOT}/merge_requests/16/versions", versions)
    return forge.reviews(PULL)


def test_every_request_is_as_documented(pretend: PretendServer, forge: Forge) -> None:
    """GET only, the project's path as one encoded part, the token in a header that no redirect takes elsewhere."""
    answering(pretend, f"{ROOT}/repository/commits/{MERGED}/merge_requests", [merge_request()])
    assert forge.pulls_with(MERGED) == (PULL,)
    reviews(pretend, forge, approvals(("root", "2016-07-26T15:00:00Z")))
    assert [one.path.removeprefix(ROOT) for one in pretend.requests] == [
        f"/repository/commits/{MERGED}/merge_requests",
        "/merge_requests/16/approvals",
        "/merge_requests/16/versions",
    ]
    assert {one.method for one in pretend.requests} == {"GET"}
    assert {one.headers["authorization"] for one in pretend.requests} == {f"Bearer {TOKEN}"}
    assert forge.head_ref(16) == "refs/merge-requests/16/head"


@pytest.mark.parametrize(
    ("changes", "commit"),
    [
        ({}, MERGED),
        ({"merge_commit_sha": None, "squash_commit_sha": FIRST}, FIRST),
        ({"merge_commit_sha": None}, SECOND),
        ({"state": "opened"}, ""),
        ({"state": "closed"}, ""),
        ({"iid": None}, ""),
    ],
)
def test_merges_of_every_kind(pretend: PretendServer, forge: Forge, changes: dict[str, object], commit: str) -> None:
    """A merge commit, a squash commit, or the request's own head after a fast-forward; unmerged ones brought nothing."""
    answering(pretend, f"{ROOT}/repository/commits/{MERGED}/merge_requests", [merge_request(**changes)])
    assert [pull.commit for pull in forge.pulls_with(MERGED)] == ([commit] if commit else [])


@pytest.mark.parametrize(
    ("approved_at", "commit"),
    [
        ("2016-07-25T14:21:33.028Z", FIRST),
        ("2016-07-26T14:44:48.925Z", FIRST),
        ("2016-07-26T14:44:48.926Z", SECOND),
        ("2016-07-27T00:00:00+02:00", SECOND),
        ("2016-07-01T00:00:00Z", ""),
    ],
)
def test_an_approval_is_for_the_version_of_its_moment(
    pretend: PretendServer, forge: Forge, approved_at: str, commit: str
) -> None:
    """What was pushed after the approval was not approved, even where GitLab lets the approval stand."""
    found = reviews(pretend, forge, approvals(("root", approved_at)))
    assert [one.commit for one in found] == ([commit] if commit else [])
    assert all(one.base == TARGET for one in found)


def test_without_a_moment_only_a_single_version_is_sure(pretend: PretendServer, forge: Forge) -> None:
    """An older GitLab says no moment: with one version there is no doubt what was approved, with two there is."""
    assert reviews(pretend, forge, approvals(("root", ""))) == ()
    created = datetime(2016, 7, 25, 14, 21, 33, 28000, tzinfo=UTC)
    assert reviews(pretend, forge, approvals(("root", "")), VERSIONS[1:]) == (Review("root", FIRST, created, TARGET),)


def test_authors_and_strange_shapes_do_not_count(pretend: PretendServer, forge: Forge) -> None:
    """The author's own approval, which GitLab may allow, an empty list, and versions that cannot be read."""
    at = "2016-07-26T15:00:00Z"
    assert reviews(pretend, forge, approvals(("Admin", at))) == ()
    assert reviews(pretend, forge, {"approved_by": None}) == ()
    assert reviews(pretend, forge, [1, 2]) == ()
    assert reviews(pretend, forge, approvals(("root", at)), [{**VERSIONS[0], "created_at": "x"}, VERSIONS[1]]) == ()
