"""What becomes of an idea: it is put on the shortlist, made a post, or dropped with a reason.

Only the keys concerned change in a file, and not over somebody else's change. An idea and its posts name each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

from toolkit.editorial.ideas import Idea, Stage, read_idea
from toolkit.errors import LeitstandError, UsageError
from toolkit.messages import _
from toolkit.source import Edit, Fields, FrontMatter, apply_edits, set_key, write_edits
from toolkit.source.entries import scalar
from toolkit.source.words import add_word
from toolkit.source.writing import append_key
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.naming import mint_uid
from toolkit.workspace.newposts import write_post

_COMMENT_END: Final = re.compile("--+!?>")


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides, on which day, and why."""

    by: str
    day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Promotion:
    """The post that is to come of an idea: who writes it, and when it goes out where that is known."""

    author: str
    publish: str = ""
    channels: tuple[str, ...] = ()


def shortlist(root: Path, idea: Idea, decision: Decision) -> None:
    """Keep it for the next planning."""
    _decide(root, idea, decision, {"status": Stage.SHORTLISTED.value})


def drop(root: Path, idea: Idea, decision: Decision) -> None:
    """Let it go; the reason stays, so that nobody is asked again. Raises `UsageError` without a reason."""
    if not decision.reason.strip():
        raise UsageError(_("say why it is dropped: --reason TEXT; it stays, so that nobody is asked the same again"))
    _decide(root, idea, decision, {"status": Stage.DROPPED.value})


def promote(workspace: Workspace, idea: Idea, promotion: Promotion, decision: Decision, now: datetime) -> Path:
    """Make the draft of a post of it and return where it is; idea and post name each other.

    `now` is aware. Raises `UsageError` for a dropped idea and for values that no post can have, `ChangedError` when
    the idea's file changed meanwhile; nothing is written then.
    """
    if idea.stage is Stage.DROPPED:
        message = _("{name} was dropped ({reason}); set its status back in {path} if that no longer holds")
        raise UsageError(message.format(name=idea.name, reason=idea.reason or "…", path=idea.path))
    known, uid = idea.id or mint_uid(now), mint_uid(now)
    values: dict[str, str | tuple[str, ...]] = {
        "uid": uid,
        "title": idea.title,
        "author": promotion.author,
        "status": "draft",
        "publish": promotion.publish,
        "channels": promotion.channels or idea.channels,
        "language": idea.language or workspace.settings.languages[0],
        "campaign": idea.campaign,
        "pillar": idea.pillar,
        "goal": idea.goal,
        "idea": known,
        "labels": idea.labels,
    }
    said = {key: value for key, value in values.items() if value}
    _post, path = write_post(workspace.root, workspace.settings, said, decision.day, body=_notes(idea))
    changes = {"status": Stage.PLANNED.value, **({} if idea.id else {"id": known})}
    try:
        _decide(workspace.root, idea, decision, changes, post=uid)
    except BaseException:
        path.unlink()  # an idea that does not know its post would be planned a second time
        raise
    return path


def _decide(root: Path, idea: Idea, decision: Decision, values: Mapping[str, str], *, post: str = "") -> None:
    said = {
        **values,
        "decided_by": decision.by,
        "decided": decision.day.isoformat(),
        "reason": decision.reason.strip(),
    }
    said = {key: value for key, value in said.items() if value}
    text = idea.places.source.text
    edits = _record(idea.places, {key: scalar(value) for key, value in said.items()}, post)
    _check(idea, apply_edits(text, edits), said, (*idea.posts, post) if post else idea.posts)
    write_edits(root / idea.path, text, edits)


def _check(idea: Idea, text: str, said: Mapping[str, str], posts: tuple[str, ...]) -> None:
    """Refuse a result that a reader would not understand as meant (an unusual YAML form that we do not know)."""
    again, _problems = read_idea(idea.path, text.encode())
    fields = None if again is None else Fields(again.places, [])
    if again is None or fields is None or again.posts != posts or any(fields.text(key) != said[key] for key in said):
        message = _("{path}: cannot write into front matter of this form; nothing was written")
        raise LeitstandError(message.format(path=idea.path))


def _record(front: FrontMatter, values: Mapping[str, str], post: str) -> list[Edit]:
    """Edits that set these keys, the new ones last and in order, and put `post` last into the list `posts`."""
    known = front.root.values if front.root is not None else {}
    edits = [edit for key, value in values.items() if key in known and (edit := set_key(front, key, value))]
    fresh = [append_key(front, key, value) for key, value in values.items() if key not in known]
    if post:
        listed = add_word(front, "posts", post)
        (edits if "posts" in known else fresh).append(listed)
    if fresh:
        # One edit: of several at the same place nobody knows the order.
        edits.append(Edit(fresh[0].start, fresh[0].end, "".join(edit.text for edit in fresh)))
    return edits


def _notes(idea: Idea) -> str:
    """What the idea says, as a comment that is never sent: whoever writes has it before their eyes."""
    said = "\n".join(f"  {line}".rstrip() for line in idea.text.strip().splitlines())
    return f"<!--\n{_COMMENT_END.sub('…', said)}\n-->\n" if said else ""
