from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.migration.conftest import Checkout
from toolkit.migration import Kind, Migration
from toolkit.migration.galaxy import Wishes, migrate, read_export
from toolkit.settings import read_settings
from toolkit.source import read_body, read_post

LONG = "A sentence about the lab that goes on for a while. " * 8


def move(checkout: Checkout) -> Migration:
    return migrate(read_export(checkout.folder), Wishes("lab", "Europe/Berlin"))


def said(migration: Migration, kind: Kind) -> list[str]:
    return [change.said for post in migration.posts for change in post.changes if change.kind is kind]


def test_accounts_become_accounts(checkout: Checkout) -> None:
    """Servers, handles and pages are kept; what has no adapter is published by hand; previews and secrets stay behind."""
    checkout.post("a", "Hi", "mastodon-lab", "matrix-lab")
    migration = move(checkout)
    settings, problems = read_settings(migration.settings)
    assert settings is not None
    assert not problems
    accounts = {one.name: (one.network, one.id, one.server, one.hand_off) for one in settings.accounts.values()}
    assert accounts == {
        "mastodon-lab": ("mastodon", "@lab@mstdn.example", "https://mstdn.example", False),
        "bluesky-lab": ("bluesky", "lab.bsky.example", "", False),
        "linkedin-lab": ("linkedin", "urn:li:organization:4711", "", False),
        "matrix-lab": ("files", "!abc:matrix.example", "matrix-lab", True),
    }
    assert "$" not in migration.settings
    assert any(
        "$BLUESKY_PASSWORD" in one.said and "LEITSTAND_TOKEN_BLUESKY_LAB" in one.said for one in migration.changes
    )


def test_each_network_keeps_its_text(checkout: Checkout) -> None:
    """The commonest text is the default, another tail a variant; where it is too long it is a thread, elsewhere not."""
    more = "hashtags:\n  linkedin-lab: [Lab]\n"
    checkout.post("2025/2025-03-01-a", LONG, "mastodon-lab", "matrix-lab", "bluesky-lab", "linkedin-lab", more=more)
    migration = move(checkout)
    settings, _problems = read_settings(migration.settings)
    assert settings is not None
    (moved,) = migration.posts
    post, problems = read_post(moved.path, moved.text.encode(), settings)
    assert post is not None
    assert not problems
    body = read_body(post.body)
    assert [variant.channel for variant in body.variants] == ["bluesky-lab", "linkedin-lab"]
    assert len(body.variant("mastodon-lab", "mastodon").parts) == 1
    assert len(body.variant("bluesky-lab", "bluesky").parts) == 2
    assert body.variant("linkedin-lab", "linkedin").parts[0].text.endswith("#Lab")
    assert said(migration, Kind.THREAD) == ["bluesky-lab gets a thread of 2 parts"]


def test_what_was_never_published_is_a_draft(checkout: Checkout) -> None:
    """Without a result, or with failures only: a draft, which nothing sends; half published is published."""
    checkout.post("2025/2025-03-01-out", "Out", mastodon_lab=True, linkedin_lab=False)
    checkout.post("2025/2025-03-02-failed", "Failed", mastodon_lab=False)
    checkout.post("2025/2025-03-03-new", "New")
    migration = move(checkout)
    drafts = {post.source for post in migration.posts if "status: draft" in post.text}
    assert drafts == {"posts/2025/2025-03-02-failed.md", "posts/2025/2025-03-03-new.md"}
    assert said(migration, Kind.DRAFT) == ["published nowhere; a draft here", "never published there; a draft here"]


def test_failures_name_the_copy_that_repaired_them(checkout: Checkout) -> None:
    """A failed account says with which copy it went out after all, or that it never did."""
    checkout.post("2025/2025-03-01-a", "A", "mastodon-lab", "linkedin-lab", mastodon_lab=True, linkedin_lab=False)
    checkout.post("2025/retry-1_2025-03-01-a", "A", "linkedin-lab", linkedin_lab=False)
    checkout.post("2025/retry-2_retry-1_2025-03-01-a", "A", "linkedin-lab", linkedin_lab=True)
    checkout.post("2025/2025-03-02-b", "B", "linkedin-lab", linkedin_lab=False)
    repaired = "failed on linkedin-lab; published with posts/2025/retry-2_retry-1_2025-03-01-a.md"
    assert said(move(checkout), Kind.FAILED) == [repaired, "failed on linkedin-lab, and never again", repaired]


def test_identity_never_changes(checkout: Checkout) -> None:
    """Later posts, new texts and another order change no uid; another path is another post."""
    path = checkout.post("2025/2025-03-01-a", "A", mastodon_lab=True)
    before = {post.source: post.uid for post in move(checkout).posts}
    checkout.post("2025/2024-01-01-b", "B", mastodon_lab=True)
    checkout.post("2025/2025-03-01-a", "Another text", mastodon_lab=True)
    after = {post.source: post.uid for post in move(checkout).posts}
    assert after[path] == before[path]
    assert len(set(after.values())) == 2


def test_names_that_meet_get_numbers(checkout: Checkout) -> None:
    """Two files that would get the same name get two."""
    checkout.post("2025/2025-03-01-a b", "A", mastodon_lab=True)
    checkout.post("2025/2025-03-01-a-b", "B", mastodon_lab=True)
    assert sorted(post.path.rpartition("/")[2] for post in move(checkout).posts) == [
        "2025-03-01-a-b-2.md",
        "2025-03-01-a-b.md",
    ]


def git(folder: Path, *args: str, when: str = "2025-06-01T12:00:00+00:00") -> None:
    who = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    subprocess.run(("git", *who, *args), cwd=folder, check=True, capture_output=True, env=os.environ | dates)


def test_a_repository_knows_when_a_post_was_published(checkout: Checkout) -> None:
    """Published when its branch was merged, on the workspace's own clock; a later change of the file moves nothing."""
    git(checkout.folder, "init", "-b", "main")
    git(checkout.folder, "commit", "--allow-empty", "-m", "start")
    git(checkout.folder, "switch", "-c", "post")
    checkout.post("2025/2025-06-02-a", "A", mastodon_lab=True)
    git(checkout.folder, "add", ".")
    git(checkout.folder, "commit", "-m", "a post", when="2025-06-02T08:00:00+00:00")
    git(checkout.folder, "switch", "main")
    git(checkout.folder, "merge", "--no-ff", "post", when="2025-06-03T08:15:30+00:00")
    checkout.post("2025/2025-06-02-a", "Another text", mastodon_lab=True)
    git(checkout.folder, "commit", "-a", "-m", "a change", when="2025-07-01T08:00:00+00:00")
    migration = move(checkout)
    assert "publish: 2025-06-03 10:15\n" in migration.posts[0].text
    assert said(migration, Kind.DATE) == ["its name says 2025-06-02; it was merged on 2025-06-03"]


def test_a_repository_without_its_past_says_nothing(checkout: Checkout, tmp_path: Path) -> None:
    """A shallow clone, and a commit that brought everything at once, date no post: then names and order do."""
    for number in range(25):
        checkout.post(f"2025/2025-06-02-{number}", "A", mastodon_lab=True)
    git(checkout.folder, "init", "-b", "main")
    git(checkout.folder, "add", ".")
    git(checkout.folder, "commit", "-m", "everything", when="2026-01-01T00:00:00+00:00")
    checkout.post("2025/2025-06-03-late", "A", mastodon_lab=True)
    git(checkout.folder, "add", ".")
    git(checkout.folder, "commit", "-m", "one", when="2026-01-02T00:00:00+00:00")
    assert list(read_export(checkout.folder).arrivals) == ["posts/2025/2025-06-03-late.md"]
    git(tmp_path, "clone", "--depth", "1", f"file://{checkout.folder}", "shallow")
    assert not read_export(tmp_path / "shallow").arrivals


def test_results_of_files_that_are_gone_are_named(checkout: Checkout) -> None:
    """What was published and deleted since is said; results for an account that the file no longer names count."""
    checkout.post("2025/2025-06-02-a", "A", "mastodon-lab", mastodon_lab=True, linkedin_lab=True)
    gone = checkout.post("2025/2025-06-03-b", "B", mastodon_lab=True)
    (checkout.folder / gone).unlink()
    migration = move(checkout)
    assert [change.said for change in migration.changes if change.kind is Kind.GONE] == [
        f"{gone} has results, and is not there any more"
    ]
    assert [delivery.account for delivery in migration.deliveries] == ["mastodon-lab", "linkedin-lab"]


def test_every_real_post_is_moved(shared_data: Path) -> None:
    """All real files become posts that read without a problem, each with a uid of its own; every result is delivered."""
    export = read_export(shared_data / "galaxy-social")
    migration = migrate(export, Wishes("galaxy", "UTC"))
    settings, _problems = read_settings(migration.settings)
    assert settings is not None
    files = {
        path.relative_to(shared_data / "galaxy-social").as_posix()
        for path in shared_data.glob("galaxy-social/posts/**/*.md")
    }
    assert {post.source for post in migration.posts} == files
    assert not migration.problems
    assert len({post.uid for post in migration.posts}) == len({post.path for post in migration.posts}) == len(files)
    for moved in migration.posts:
        post, problems = read_post(moved.path, moved.text.encode(), settings)
        assert post is not None
        assert not problems, (moved.source, problems)
        assert post.title
    assert len(migration.deliveries) == sum(map(len, export.outcomes.values()))
    assert migration == migrate(export, Wishes("galaxy", "UTC"))
