"""Writing a suggestion into the files: its slots into the draft, or into the draft that comes of an idea."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.editorial import Idea
from toolkit.editorial.deciding import Decision, Promotion, promote
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import SourceText, zone
from toolkit.planning.candidates import Source
from toolkit.planning.suggesting import Suggestion
from toolkit.source import Edit, Fields, add_to_table, apply_edits, decode, read_frontmatter, write_edits
from toolkit.source.tables import insert_below
from toolkit.workspace import Workspace

# A draft without a publish gets it below the first of these that it has.
_ABOVE: Final = ("status", "author", "title", "uid", "channels")


def fill(
    workspace: Workspace, ideas: Sequence[Idea], suggestion: Suggestion, decision: Decision, now: datetime
) -> Path:
    """Write the suggestion; the post's file. Raises `ChangedError` when a file changed meanwhile, with nothing written in it."""
    chosen = suggestion.candidate
    if chosen.source is Source.POST:
        return _write(workspace.root / chosen.path, _text_of(workspace, chosen.path), suggestion)
    idea = next(one for one in ideas if one.path == chosen.path)
    author = idea.owner if idea.owner in workspace.settings.people else decision.by
    path = promote(workspace, idea, Promotion(author, "next"), decision, now)
    return _write(path, _read(path), suggestion)


def _text_of(workspace: Workspace, path: str) -> str:
    return next(post.source.text for post in workspace.posts if post.path == path)


def _read(path: Path) -> str:
    source, _problems = decode(path.as_posix(), path.read_bytes())
    return "" if source is None else source.text


def _write(path: Path, text: str, suggestion: Suggestion) -> Path:
    front, _problems = read_frontmatter(SourceText("", text))
    timezone = Fields(front, []).text("timezone")
    slots = {place.account.name: place.written(timezone if zone(timezone) else "") for place in suggestion.places}
    changed = _with_slots(_with_wish(text), slots)
    if changed is None:
        message = _("{path}: cannot write into front matter of this form; nothing was written")
        raise LeitstandError(message.format(path=suggestion.candidate.path))
    write_edits(path, text, [Edit(0, len(text), changed)])
    return path


def _with_wish(text: str) -> str:
    """The text with `publish: next`, unless it says a wish already."""
    front, _problems = read_frontmatter(SourceText("", text))
    keys = front.root.values if front.root is not None else {}
    if "publish" in keys:
        return text
    edit = next((found for key in _ABOVE if (found := insert_below(front, "publish: next", key))), None)
    return text if edit is None else apply_edits(text, [edit])


def _with_slots(text: str, slots: dict[str, str]) -> str | None:
    front, _problems = read_frontmatter(SourceText("", text))
    edit = add_to_table(front, "slots", slots, after="publish")
    return None if edit is None else apply_edits(text, [edit])
