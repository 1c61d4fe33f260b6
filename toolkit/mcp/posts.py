"""Posts for a program: found by what they are, read as they stand, and drafted, never more than that.

A draft is written in the name of the person whose door it is, and stays a draft: only a person sets it to ``ready``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from toolkit.errors import ChangedError, UsageError
from toolkit.mcp.door import Door
from toolkit.messages import _
from toolkit.model import Post, Status
from toolkit.source.writing import Edit, write_edits
from toolkit.values import dataclass
from toolkit.workspace import Workspace

LONGEST: Final = 100_000  # characters; no network takes more
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which posts: "" is any. `month` is that of the publish time, as 2026-12; `words` stand in title or text."""

    month: str = ""
    channel: str = ""
    campaign: str = ""
    status: str = ""
    words: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Sketch:
    """A post to be drafted: Markdown, and where it is to go. `publish` is a wall time such as 2026-12-01 07:30."""

    title: str
    text: str
    channels: tuple[str, ...] = ()
    publish: str = ""
    campaign: str = ""
    language: str = ""


def list_posts(door: Door, wanted: Wanted) -> dict[str, object]:
    """The posts that are wanted, the latest first, and how many more there are."""
    found = sorted(_matching(door.load(), wanted), key=_moment, reverse=True)
    return {
        "posts": [_summary(post) for post in found[: wanted.limit]],
        "left_off": max(0, len(found) - wanted.limit),
    }


def read_post(door: Door, name: str) -> dict[str, object]:
    """A post's file as it stands, with the `seen` that a change of it has to name."""
    post = _find(door.load(), name)
    return {**_summary(post), "file": post.source.text, "text": post.body, "seen": _digest(post)}


def draft_post(door: Door, sketch: Sketch) -> dict[str, object]:
    """Write a new draft; says where it is and what the rules find."""
    text = _clean(sketch.text)
    made = door.object(
        "new",
        sketch.title,
        publish=sketch.publish,
        channel=sketch.channels,
        campaign=sketch.campaign,
        language=sketch.language,
        author=door.by,
    )
    post = _find(door.load(), str(made["path"]))
    _put(door, post, text)
    return _told(door, post.path)


def change_draft(door: Door, name: str, text: str, seen: str) -> dict[str, object]:
    """Replace the text of a draft that nobody has changed since it was read; everything else stays as it is."""
    post = _find(door.load(), name)
    if post.status is not Status.DRAFT or post.approved:
        raise UsageError(_("{path} is no draft any more; only people change it now").format(path=post.path))
    if seen != _digest(post):
        raise ChangedError(_("{path} has changed since you read it; read it again").format(path=post.path))
    _put(door, post, _clean(text))
    return _told(door, post.path)


def _told(door: Door, path: str) -> dict[str, object]:
    problems = [one for one in door.objects("check", str(door.root / path)) if one.get("path") == path]
    return {**read_post(door, path), "problems": problems}


def _put(door: Door, post: Post, text: str) -> None:
    end = post.body_start + len(post.body)
    write_edits(door.root / post.path, post.source.text, [Edit(post.body_start, end, text)])


def _clean(text: str) -> str:
    """A text that may stand in a post: no comments, which can silence rules, and no characters that nobody sees."""
    if len(text) > LONGEST:
        raise UsageError(_("a text has at most {count} characters").format(count=LONGEST))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "<!--" in text:
        raise UsageError(_("a text from a program has no HTML comments: they can silence rules"))
    if _CONTROL.search(text):
        raise UsageError(_("a text has no control characters"))
    return text.strip("\n") + "\n"


def _find(workspace: Workspace, name: str) -> Post:
    post = workspace.find_post(name)
    if post is None:
        raise UsageError(_("no post {name!r}, or more than one; list_posts says their paths").format(name=name))
    return post


def _matching(workspace: Workspace, wanted: Wanted) -> Iterator[Post]:
    words = wanted.words.casefold()
    for post in workspace.posts:
        month = f"{post.publish.wall:%Y-%m}" if post.publish is not None else ""
        if (
            wanted.month in ("", month)
            and (not wanted.channel or wanted.channel in post.channels)
            and wanted.campaign in ("", post.campaign)
            and wanted.status in ("", post.status.value)
            and words in f"{post.title}\n{post.body}".casefold()
        ):
            yield post


def _moment(post: Post) -> tuple[str, str]:
    return (post.publish.wall.isoformat() if post.publish is not None else "9999", post.path)


def _summary(post: Post) -> dict[str, object]:
    return {
        "uid": post.uid,
        "path": post.path,
        "title": post.title,
        "author": post.author,
        "status": post.status.value,
        "publish": str(post.publish) if post.publish is not None else "next" if post.publish_next else None,
        "channels": list(post.channels),
        "language": post.language,
        "campaign": post.campaign,
        "pillar": post.pillar,
        "labels": list(post.labels),
    }


def _digest(post: Post) -> str:
    return hashlib.sha256(post.source.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
