"""Reviews become approvals only of what the reviewer saw, merged, and still published. On real repositories."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toolkit.approval import content_hash, judge
from toolkit.approval.reviews import Published, approvals_from, review_given
from toolkit.forge import Given, Pull, Review
from toolkit.workspace import Workspace, load_workspace, open_tree

SETTINGS = """\
format = 1
[workspace]
id = "probe"
languages = ["de", "en"]
[people.redaktion]
roles = ["editor"]
forge = "red"
[people.leitung]
roles = ["manager"]
forge = "Octocat"
[accounts.news]
network = "feed"
[policy]
approvals = 1
"""
UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
OTHER = "01JDK3V7Q2M8X4T6R9A0B1C2D4"
PATH = "content/posts/tuer.md"
AT = datetime(2026, 11, 20, 9, 2, 11, tzinfo=UTC)


def post(text: str = "Hallo.", uid: str = UID, **more: str) -> str:
    head = f"uid: {uid}\nauthor: redaktion\nstatus: ready\npublish: 2026-12-01 07:30\nchannels: [news]\n"
    return f"---\n{head}{''.join(f'{key}: {value}' + chr(10) for key, value in more.items())}---\n{text}\n"


@dataclass
class Repository:
    """A workspace in a folder of a repository, as the daemon has it: `main` is what is published."""

    top: Path

    @property
    def root(self) -> Path:
        return self.top / "brand"

    def git(self, *args: str) -> str:
        identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *identity, *args], cwd=self.top, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def write(self, text: str, path: str = PATH) -> str:
        """Commit a file; the id of the commit."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", path)
        return self.git("rev-parse", "HEAD")

    def topic(self, name: str = "topic", start: str = "main") -> None:
        self.git("switch", "-q", "-C", name, start)

    def merge(self, kind: str, branch: str = "topic") -> str:
        """Merge as a forge does; the id of the commit by which it came in."""
        self.git("switch", "-q", "main")
        match kind:
            case "merge":
                self.git("merge", "-q", "--no-ff", "-m", "merge", branch)
            case "squash":
                self.git("merge", "-q", "--squash", branch)
                self.git("commit", "-q", "-m", "squash")
            case "rebase":
                self.git("cherry-pick", "--no-ff", f"main..{branch}")
            case _:
                self.git("merge", "-q", "--ff-only", branch)
        return self.git("rev-parse", "HEAD")

    def published(self) -> Workspace:
        return load_workspace(self.root, open_tree(self.root, "main"))

    def given(self, commit: str, merged: str, uid: str = UID, **review: str) -> Given | None:
        """What a review of `commit` gives, in a pull request that came in by `merged`."""
        now = Published(self.root, self.git("rev-parse", "main"))
        return review_given(Review("octocat", commit, AT, **review), Pull(7, "red", "main", merged), uid, now)

    def granted(self, given: Given | None, uid: str = UID) -> bool:
        workspace = self.published()
        found = next(one for one in workspace.posts if one.uid == uid)
        also = approvals_from([given] if given else [], found, workspace.settings)
        return judge(found, workspace.settings.accounts["news"], workspace, also=also).granted


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = Repository(tmp_path / "repo")
    found.root.mkdir(parents=True)
    found.git("init", "-q", "-b", "main")
    found.write(SETTINGS, "leitstand.toml")
    return found


@pytest.mark.parametrize("kind", ["merge", "squash", "rebase"])
@pytest.mark.parametrize("moved_on", [False, True])
def test_a_review_counts_after_every_kind_of_merge(repository: Repository, kind: str, moved_on: bool) -> None:
    """Contents are compared and not commits: with several commits, and also when the branch had moved on meanwhile."""
    repository.topic()
    repository.write(post("Entwurf."))
    reviewed = repository.write(post())
    if moved_on:
        repository.git("switch", "-q", "main")
        repository.write(post("Etwas anderes.", OTHER), "content/posts/anderes.md")
    given = repository.given(reviewed, repository.merge(kind))
    assert given == Given(
        UID, "octocat", AT, content_hash(repository.published().posts[-1], repository.published()), 7, reviewed
    )
    assert repository.granted(given)


def test_a_fast_forward_counts_by_what_the_forge_says_about_the_branch(repository: Repository) -> None:
    """GitLab's fast-forward makes no commit; where the target branch was, the version of the request says."""
    before = repository.git("rev-parse", "main")
    repository.topic()
    repository.write(post("Entwurf."))
    repository.write(post())
    reviewed = repository.write("x", "other")
    merged = repository.merge("fast-forward")
    assert merged == reviewed
    assert repository.given(reviewed, merged) is None  # the last commit alone changed no post
    assert repository.granted(repository.given(reviewed, merged, base=before))


def test_what_was_pushed_after_the_review_is_not_approved(repository: Repository) -> None:
    """One more word after the yes: the review is for another hash, whatever the forge shows."""
    repository.topic()
    reviewed = repository.write(post())
    repository.write(post("Hallo Welt."))
    given = repository.given(reviewed, repository.merge("squash"))
    assert given is not None
    assert not repository.granted(given)


def test_a_later_change_voids_and_a_return_restores(repository: Repository) -> None:
    """The approval is bound to the content: changed it is void, and exactly as it was it is approved again."""
    repository.topic()
    reviewed = repository.write(post())
    given = repository.given(reviewed, repository.merge("merge"))
    repository.write(post("Geändert."))
    assert not repository.granted(given)
    repository.write(post())
    assert repository.granted(given)


def test_an_unmerged_pull_request_approves_nothing(repository: Repository) -> None:
    """The same content pushed to the branch without the pull request does not borrow its review."""
    repository.topic()
    reviewed = repository.write(post())
    tip = repository.git("rev-parse", "topic")
    repository.git("switch", "-q", "main")
    repository.write(post(), "content/posts/direkt.md")
    assert repository.given(reviewed, tip) is None


def test_a_rewritten_branch_approves_nothing(repository: Repository) -> None:
    """A merge that is no part of the published history any more is as if it had not been."""
    repository.topic()
    reviewed = repository.write(post())
    before = repository.git("rev-parse", "main")
    merged = repository.merge("merge")
    assert repository.given(reviewed, merged) is not None
    repository.git("reset", "-q", "--hard", before)
    assert repository.given(reviewed, merged) is None


@pytest.mark.parametrize("kind", ["merge", "squash", "rebase"])
def test_reviewing_something_else_approves_no_post(repository: Repository, kind: str) -> None:
    """A post that was there before, unapproved, is in the reviewed tree, too; nobody looked at it."""
    repository.write(post())
    repository.topic()
    reviewed = repository.write("x", "README.md")
    assert repository.given(reviewed, repository.merge(kind)) is None


@pytest.mark.parametrize("kind", ["merge", "squash", "rebase"])
def test_bringing_the_branch_up_to_date_approves_nothing(repository: Repository, kind: str) -> None:
    """A post that came into the pull request by merging the branch into it is not what the request brings."""
    repository.topic()
    repository.write("x", "README.md")
    repository.git("switch", "-q", "main")
    repository.write(post())
    repository.git("switch", "-q", "topic")
    repository.git("merge", "-q", "--no-ff", "-m", "update", "main")
    reviewed = repository.git("rev-parse", "HEAD")
    if kind == "rebase":
        repository.git("switch", "-q", "-C", "rebased", "main")
        repository.write("x", "README.md")
        assert repository.given(reviewed, repository.merge("rebase", "rebased")) is None
    else:
        assert repository.given(reviewed, repository.merge(kind)) is None


def test_what_the_branch_changed_meanwhile_is_not_what_the_request_brings(repository: Repository) -> None:
    """The post is in the reviewed tree as it was where the request began; that the branch had another one is not its doing."""
    repository.write(post())
    repository.topic()
    reviewed = repository.write("x", "README.md")
    repository.git("switch", "-q", "main")
    repository.write(post("Anders."))
    merged = repository.merge("merge")
    repository.write(post())
    assert repository.given(reviewed, merged) is None


def test_a_change_of_settings_approves_no_post(repository: Repository) -> None:
    """Another default language changes every hash; who reviewed that has not read the posts."""
    repository.write(post())
    repository.topic()
    reviewed = repository.write(SETTINGS.replace('["de", "en"]', '["en", "de"]'), "leitstand.toml")
    assert repository.given(reviewed, repository.merge("merge")) is None


def test_a_second_post_with_the_uid_confuses_nobody(repository: Repository) -> None:
    """A uid that stands twice in the reviewed tree, or did where the request began, approves neither."""
    repository.write(post())
    repository.topic()
    reviewed = repository.write(post("Zwilling."), "content/posts/zwilling.md")
    merged = repository.merge("merge")
    assert repository.given(reviewed, merged) is None
    repository.topic("cleaning")
    repository.git("rm", "-q", "brand/content/posts/zwilling.md")
    reviewed = repository.write("x", "README.md")
    assert repository.given(reviewed, repository.merge("merge", "cleaning")) is None


def test_a_changed_picture_is_a_change_of_the_post(repository: Repository) -> None:
    """A pull request with another picture brings other content, and its review approves that."""
    repository.write("old", "content/media/tuer.jpg")
    repository.write(post(media="[{file: media/tuer.jpg, alt: Eine Tür}]"))
    repository.topic()
    reviewed = repository.write("new", "content/media/tuer.jpg")
    given = repository.given(reviewed, repository.merge("squash"))
    assert repository.granted(given)
    repository.write("newest", "content/media/tuer.jpg")
    assert not repository.granted(given)


def test_a_commit_that_is_not_here_proves_nothing(repository: Repository) -> None:
    """Neither an unknown id nor something that is no id is asked of git as anything else."""
    repository.topic()
    repository.write(post())
    merged = repository.merge("merge")
    for commit in ("0" * 40, "--output=x", "main", "", "HEAD^{/x}"):
        assert repository.given(commit, merged) is None
        assert repository.given(merged, commit) is None


def test_settings_that_cannot_be_read_approve_nothing(repository: Repository) -> None:
    """Where the reviewed commit has no usable leitstand.toml nobody can say what was approved."""
    repository.topic()
    repository.write(post())
    reviewed = repository.write("broken", "leitstand.toml")
    merged = repository.merge("merge")
    assert repository.given(reviewed, merged) is None


def test_names_on_the_forge_are_people_or_nobody(repository: Repository) -> None:
    """The name maps to a person whatever its capitals; strangers are nobody; the post's author never counts."""
    repository.topic()
    reviewed = repository.write(post())
    given = repository.given(reviewed, repository.merge("merge"))
    assert given is not None
    workspace = repository.published()
    found = workspace.posts[0]

    def by(name: str) -> list[str]:
        return [approval.by for approval in approvals_from([replace(given, reviewer=name)], found, workspace.settings)]

    assert (by("OCTOCAT"), by("stranger"), by("red")) == (["leitung"], [], ["redaktion"])
    assert not repository.granted(replace(given, reviewer="red"))
    assert not repository.granted(replace(given, uid=OTHER))
