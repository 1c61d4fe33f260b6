"""What is known about posts: from their files, and for posts without a file from the imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toolkit.model import Post, Subject


def known_subjects(imported: Mapping[str, Subject], posts: Iterable[Post]) -> dict[str, Subject]:
    """Uid → subject; a post's own file knows better than an export."""
    return {**imported, **{post.uid: _of_post(post) for post in posts if post.uid}}


def _of_post(post: Post) -> Subject:
    form = post.media[0].kind.value if post.media else "text"
    return Subject(post.uid, title=post.title, format=form, pillar=post.pillar, campaign=post.campaign)
