"""Writing a yes into the front matter, and only that: every other byte of the file stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from toolkit.approval.verdict import may_approve, objection
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Approval, Post
from toolkit.settings import Person, Settings
from toolkit.source import Edit, FrontMatter, apply_edits, read_frontmatter, read_post, write_edits
from toolkit.source.entries import Entries, flow_entry, line_ending
from toolkit.source.nodes import Scalar, Sequence
from toolkit.source.writing import append_key

KEY: Final = "approved"


def sign(root: Path, post: Post, approval: Approval, settings: Settings) -> bool:
    """Write `approval` into the post's file; void approvals of the same person make room for it.

    False, with nothing to do, when the same person has approved the same content already.
    Raises `LeitstandError`, with nothing written, when the person may not approve or the result would not read back
    as intended, and `ChangedError` when the file is no longer the one that was read.
    """
    if problem := objection(approval.by, post, settings):
        raise LeitstandError(_("{problem}; nothing was approved").format(problem=problem))
    if any((old.by, old.hash) == (approval.by, approval.hash) for old in post.approved):
        return False
    approval = replace(approval, at=approval.at.replace(microsecond=0))
    edits = approval_edits(post, approval)
    _check(post, approval, apply_edits(post.source.text, edits), settings)
    write_edits(root / post.path, post.source.text, edits)
    return True


def approval_edits(post: Post, approval: Approval) -> list[Edit]:
    """The edits that put `approval` into the front matter, in the style that stands there."""
    front, _problems = read_frontmatter(post.source)
    text, node = post.source.text, front.node(KEY)
    entry = {"by": approval.by, "at": approval.at.isoformat(), "hash": approval.hash}
    if node is None:
        return [append_key(front, KEY, f"[{flow_entry(entry)}]", f"\n  - {flow_entry(entry)}")]
    if not isinstance(node, Sequence):
        if not isinstance(node, Scalar) or not node.empty:
            raise LeitstandError(_("{place}: approved must be a list").format(place=_place(post)))
        value = f"{line_ending(text)}  - {flow_entry(entry)}"
        return [Edit(front.start + node.start, front.start + node.end, value)]
    entries = Entries(text, front.start, node)
    own = [index for index in range(len(node.items)) if _text(front, f"{KEY}.{index}.by") == approval.by]
    void = [index for index in own if _text(front, f"{KEY}.{index}.hash") != approval.hash]
    if not void:
        return [entries.append(entry)]
    return [entries.replace(void[0], entry), *(entries.remove(index) for index in void[1:])]


def people_to_ask(post: Post, settings: Settings, day: date) -> tuple[Person, ...]:
    """Who can be asked for an approval on `day`: deputies stand in for the absent, with their own rights only."""
    found = {}
    for person in settings.people.values():
        if may_approve(person, settings):
            present = present_person(person, settings, day)
            if present is not None and present.key != post.author and may_approve(present, settings):
                found[present.key] = present
    return tuple(found.values())


def present_person(person: Person, settings: Settings, day: date) -> Person | None:
    """The person, or the first of their deputies who is there; None when all of them are absent on `day`."""
    asked: set[str] = set()
    at: Person | None = person
    while at is not None and at.absent(day):
        asked.add(at.key)
        at = settings.people.get(at.deputy) if at.deputy not in asked else None
    return at


def _check(post: Post, approval: Approval, text: str, settings: Settings) -> None:
    """Refuse a result that a reader would not understand as meant (an unusual YAML form that we do not know)."""
    again, problems = read_post(post.path, text.encode(), settings)
    kept = {old for old in post.approved if old.by != approval.by or old.hash == approval.hash}
    found = set(again.approved) if again is not None else set()
    known = len(read_post(post.path, post.source.text.encode(), settings)[1])
    if found != kept | {approval} or len(problems) > known:
        place = _place(post)
        raise LeitstandError(
            _("{place}: cannot write an approval in this form; nothing was written").format(place=place)
        )


def _place(post: Post) -> str:
    span = post.span(KEY)
    return f"{post.path}:{span.line}:{span.col}"


def _text(front: FrontMatter, key: str) -> str:
    node = front.node(key)
    return node.text if isinstance(node, Scalar) else ""
