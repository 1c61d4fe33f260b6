from __future__ import annotations

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
