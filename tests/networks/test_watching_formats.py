"""In which format another account's post is, and where it can be looked at, by what the networks answer."""

from __future__ import annotations

import pytest

from toolkit.networks.bluesky.watching import _own_posts
from toolkit.networks.mastodon.watching import _post

AT = "2026-11-20T09:00:00.000Z"


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ({"media_attachments": [{"type": "image"}, {"type": "image"}]}, "photo"),
        ({"media_attachments": [{"type": "gifv"}]}, "video"),
        ({"media_attachments": [{"type": "unknown"}]}, ""),
        ({"poll": {"id": "1"}}, "poll"),
        ({"card": {"url": "https://x.example"}}, "link"),
        ({"card": None, "media_attachments": []}, "text"),
    ],
)
def test_a_status_has_a_format(status: dict[str, object], wanted: str) -> None:
    """What is attached says more than a card; an attachment that nobody knows has none."""
    post = _post({"created_at": AT, "url": "https://social.example/@r/1", **status})
    assert (post.format, post.url) == (wanted, "https://social.example/@r/1")


@pytest.mark.parametrize(
    ("embed", "wanted"),
    [
        ({"$type": "app.bsky.embed.images#view"}, "photo"),
        ({"$type": "app.bsky.embed.video#view"}, "video"),
        ({"$type": "app.bsky.embed.external#view"}, "link"),
        ({"$type": "app.bsky.embed.record#view"}, "text"),
        ({"$type": "app.bsky.embed.recordWithMedia#view", "media": {"$type": "app.bsky.embed.video#view"}}, "video"),
        (None, "text"),
    ],
)
def test_a_bluesky_post_has_a_format(embed: object, wanted: str) -> None:
    """A quoted post counts by the media beside it; the address holds when the handle changes."""
    post = {"indexedAt": AT, "uri": "at://did:plc:r/app.bsky.feed.post/3k", "embed": embed, "likeCount": 2}
    (found,) = _own_posts([{"post": post}])
    assert (found.format, found.interactions) == (wanted, 2)
    assert found.url == "https://bsky.app/profile/did:plc:r/post/3k"
