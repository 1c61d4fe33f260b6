"""What is known about posts: from their files, and for posts without a file from the imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from toolkit.model import Post, Subject


def known_subjects(imported: Mapping[str, Subject], posts: Iterable[Post]) -> dict[str, Subject]:
    """Uid → subject; a post's own file knows better than an export."""
    return {**imported, **{post.uid: _of_post(post, imported.get(post.uid)) for post in posts if post.uid}}


def _of_post(post: Post, told: Subject | None) -> Subject:
    """What its file says; only the network knows its address there, and whether reach was bought."""
    form = post.media[0].kind.value if post.media else "text"
    known = told or Subject(post.uid)
    return replace(known, title=post.title, format=form, pillar=post.pillar, campaign=post.campaign)
