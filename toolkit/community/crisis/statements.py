"""Holding statements: posts that wait without a time, approved beforehand, and go out during a pause.

What goes out is a copy with a time and a uid of its own, which the pause names and nothing else. An approval is bound to
the content with its time, so those of the waiting post are carried over when, and only when, they are for exactly what
stands there now; nothing but the time is new, and that is what the approvers left open.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path, PurePosixPath

from toolkit.approval import approval_edits, content_hash, judge, objection
from toolkit.community.crisis.incident import Incident, Prepared
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Approval, Post, SourceText
from toolkit.source import apply_edits, read_frontmatter, read_post, set_key
from toolkit.source.writing import READABLE, append_key, sync_folder, write_whole
from toolkit.values import dataclass
from toolkit.workspace import Workspace, drafts, post_folder
from toolkit.workspace.naming import mint_uid
from toolkit.workspace.playbook import CrisisLevel, Playbook


@dataclass(frozen=True, slots=True)
class Statement:
    """A holding statement that goes out: its file, and account → why it would be held back there, "" when nothing does."""

    path: str
    text: str
    uid: str
    accounts: dict[str, str]


def prepare(playbook: Playbook, workspace: Workspace, now: datetime) -> tuple[Prepared, ...]:
    """The statements of all levels, each with a fresh uid; names of nothing are left out (the rule tells)."""
    names = dict.fromkeys(name for level in playbook.levels for name in level.holding)
    found = (workspace.find_post(name) for name in names)
    return tuple(Prepared(post.path, mint_uid(now)) for post in found if post is not None)


def make_statement(
    prepared: Prepared, incident: Incident, level: CrisisLevel | None, workspace: Workspace, now: datetime
) -> Statement:
    """What goes out at `now` (on the workspace's clock).

    Raises `LeitstandError` when the waiting post is gone, or when it is not approved as it stands there.
    """
    post = workspace.find_post(prepared.post)
    if post is None:
        raise LeitstandError(_("{path} is gone; write a post and let it be approved").format(path=prepared.post))
    given = valid_approvals(post, workspace)
    wanted = level.approvers if level is not None else ()
    missing = [name for name in wanted if name not in {one.by for one in given}] or ([] if given else [_("NAME")])
    if missing:
        message = _("{path} is not approved as it is now: leitstand approve {path} --by {name}")
        raise LeitstandError(message.format(path=post.path, name=missing[0]))
    path = statement_path(prepared, incident, now)
    text = _carry(path, _timed(post, prepared.uid, now), given, workspace)
    made = _read(path, text, workspace)
    accounts = {
        draft.account.name: judge(made, draft.account, workspace).reason for draft in drafts(made, workspace.settings)
    }
    return Statement(path, text, prepared.uid, accounts)


def write_statement(root: Path, statement: Statement) -> bool:
    """Write the post in one step; False when it is there already, and then nothing is touched."""
    path = root / statement.path
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_whole(path, lambda file: _fill(file, statement.text), fresh=True, mode=READABLE)
    except FileExistsError:
        return False
    sync_folder(path.parent)
    return True


def statement_path(prepared: Prepared, incident: Incident, now: datetime) -> str:
    """Where the post that goes out is written: always the same for one incident."""
    # By the day it was declared: a second try after midnight must not write a second file.
    day = incident.declared.astimezone(now.tzinfo)
    return f"{post_folder(f'{day:%Y-%m}')}/{incident.id}-{PurePosixPath(prepared.post).name}"


def valid_approvals(post: Post, workspace: Workspace) -> tuple[Approval, ...]:
    """The approvals that are for the post as it is now, of people whose yes counts."""
    digest = content_hash(post, workspace)
    every = (*post.approved, *workspace.approvals.get(post.uid, ()))
    return tuple(one for one in every if one.hash == digest and not objection(one.by, post, workspace.settings))


def _timed(post: Post, uid: str, now: datetime) -> str:
    offset = f"{now:%z}"
    values = {
        "uid": uid,
        "status": "ready",
        # With the offset: this minute may be one that comes twice in autumn.
        "publish": f"{now:%Y-%m-%d %H:%M}{offset[:3]}:{offset[3:5]}",
        "late": "send",
    }
    text = post.source.text
    for key, value in values.items():
        front, _problems = read_frontmatter(SourceText(post.path, text))
        edit = set_key(front, key, value) if front.node(key) is not None else append_key(front, key, value)
        if edit is None:
            raise LeitstandError(
                _("{path}: {key} cannot be changed; nothing was written").format(path=post.path, key=key)
            )
        text = apply_edits(text, [edit])
    return text


def _carry(path: str, text: str, given: tuple[Approval, ...], workspace: Workspace) -> str:
    for old in given:
        post = _read(path, text, workspace)
        approval = Approval(old.by, old.at, content_hash(post, workspace))
        text = apply_edits(text, approval_edits(post, approval))
    return text


def _read(path: str, text: str, workspace: Workspace) -> Post:
    post, problems = read_post(path, text.encode(), workspace.settings)
    if post is None:
        raise LeitstandError(str(problems[0]))
    return post


def _fill(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
