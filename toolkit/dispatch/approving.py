"""Saying yes or no to a post that waits for it, in the ledger.

What is said is bound to the hash of what the person saw. When the post has changed meanwhile nothing is written.
"""

from __future__ import annotations

from datetime import datetime

from toolkit.approval import canonical_content, hash_content, objection, time_objection
from toolkit.errors import ChangedError, LeitstandError, UsageError
from toolkit.ledger import ApprovalRow, Ledger, add_approval
from toolkit.lint import post_errors
from toolkit.messages import _
from toolkit.model import Post
from toolkit.outlook import Outlook
from toolkit.values import dataclass
from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says: yes or no to the content with this hash, a no with what is to be changed."""

    by: str
    hash: str
    granted: bool
    note: str = ""


def approval_objection(outlook: Outlook, post: Post, person: str) -> str:
    """Why this person cannot say anything about the post at the desk; "" when they can."""
    settings = outlook.workspace.settings
    if not post.uid:
        return _("{name} has no uid yet; run: leitstand fix").format(name=post.path)
    if settings.policy.signed_approvals:
        return _("approvals are signed here, which only a commit can be: leitstand approve {post} --by {name}").format(
            post=post.uid, name=person
        )
    return objection(person, post, settings)


def say(ledger: Ledger, outlook: Outlook, post: Post, said: Said) -> bool:
    """Write down what was said; False when the same person has said exactly this already.

    Raises `ChangedError` when the post is no longer what the person saw, `LeitstandError` when they have no say, or an
    error stands in the file that is to be approved. `outlook` is of now.
    """
    if problem := approval_objection(outlook, post, said.by):
        raise LeitstandError(_("{problem}; nothing was approved").format(problem=problem))
    content = canonical_content(post, outlook.workspace)
    if hash_content(content) != said.hash:
        raise ChangedError(_("{path} has changed since you saw it; look at it again").format(path=post.path))
    if said.granted:
        if problem := time_objection(post, outlook.workspace.settings):
            raise LeitstandError(_("{problem}; nothing was approved").format(problem=problem))
        _refuse_errors(outlook.workspace, post, outlook.now)
    elif not said.note.strip():
        raise UsageError(_("say what is to be changed: the author reads nothing else"))
    now = outlook.now.replace(microsecond=0)
    row = ApprovalRow(post.uid, said.by, now, said.hash, granted=said.granted, note=said.note.strip(), content=content)
    return add_approval(ledger, row)


def _refuse_errors(workspace: Workspace, post: Post, now: datetime) -> None:
    errors = post_errors(workspace, post, now)
    if errors:
        problems = "\n".join(map(str, errors))
        raise LeitstandError(
            _("{problems}\nnothing was approved: it could not be sent as it is").format(problems=problems)
        )
