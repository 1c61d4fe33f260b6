"""Writing a correction or a retraction into the front matter, and only that: every other byte of the file stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Correction, Otherwise, Post, Retraction
from toolkit.settings import Settings
from toolkit.source import Edit, apply_edits, read_frontmatter, read_post, write_edits
from toolkit.source.entries import flow_entry
from toolkit.source.writing import append_key


def write_correction(root: Path, post: Post, correction: Correction, settings: Settings) -> None:
    """Ask for a correction in the post's file; raises `LeitstandError`, with nothing written, when that is not possible.

    Also raises `ChangedError` when the file is no longer the one that was read.
    """
    entry = {"number": str(correction.number)} | _shared(correction)
    _write(root, post, replace(post, correction=correction), _table_edit(post, "correction", entry), settings)


def write_retraction(root: Path, post: Post, retraction: Retraction, settings: Settings) -> None:
    """Ask for a retraction in the post's file; raises like `write_correction`."""
    entry = {"channels": retraction.channels} | _shared(retraction)
    _write(root, post, replace(post, retraction=retraction), _table_edit(post, "retract", entry), settings)


def _shared(revision: Correction | Retraction) -> dict[str, str | tuple[str, ...]]:
    said: dict[str, str | tuple[str, ...]] = {"reason": revision.reason}
    if revision.otherwise is not Otherwise.HAND_OFF:
        said["otherwise"] = revision.otherwise.value
    return said | ({"reply": revision.reply} if revision.reply else {})


def _table_edit(post: Post, key: str, entry: dict[str, str | tuple[str, ...]]) -> Edit:
    front, _problems = read_frontmatter(post.source)
    node = front.node(key)
    if node is None:
        return append_key(front, key, flow_entry(entry))
    return Edit(front.start + node.start, front.start + node.end, flow_entry(entry))


def _write(root: Path, post: Post, wanted: Post, edit: Edit, settings: Settings) -> None:
    """Write `edit`, unless a reader would not understand the result as meant."""
    again, _problems = read_post(post.path, apply_edits(post.source.text, [edit]).encode(), settings)
    if again is None or _said(again) != _said(wanted):
        message = _("{path}: the front matter cannot be changed in this form; nothing was written")
        raise LeitstandError(message.format(path=post.path))
    write_edits(root / post.path, post.source.text, [edit])


def _said(post: Post) -> tuple[object, ...]:
    return post.uid, post.correction, post.retraction, post.approved, post.body
