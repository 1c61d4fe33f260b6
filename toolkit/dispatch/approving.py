"""Which posts wait for an approval, whose and until when; and saying yes or no to one, in the ledger.

What is said is bound to the hash of what the person saw. When the post has changed meanwhile nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from toolkit.approval import Verdict, canonical_content, hash_content, objection, people_to_ask, time_objection
from toolkit.dispatch.outlook import Outlook
from toolkit.errors import ChangedError, LeitstandError, UsageError
from toolkit.ledger import ApprovalRow, Ledger, State, add_approval
from toolkit.lint import post_errors
from toolkit.messages import _
from toolkit.model import Post, SentBack, Status
from toolkit.settings import Account, Person
from toolkit.workspace import Workspace

_NEVER: Final = datetime.max.replace(tzinfo=UTC)
# What is said about a post in these states is said for the next sending.
_AHEAD: Final = (State.PLANNED, State.MISSED, State.FAILED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post that lacks approvals: on which accounts, and when (UTC) the first of them needs it; None: no time yet."""

    post: Post
    due: datetime | None
    lacks: tuple[tuple[Account, Verdict], ...]

    @property
    def sent_back(self) -> tuple[SentBack, ...]:
        """What was said against this very content."""
        return self.lacks[0][1].sent_back

    @property
    def order(self) -> tuple[bool, bool, datetime, str]:
        """What somebody sent back waits for its author, after all that waits for approvers; ready posts come first."""
        return bool(self.sent_back), self.post.status is not Status.READY, self.due or _NEVER, self.post.path


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says: yes or no to the content with this hash, a no with what is to be changed."""

    by: str
    hash: str
    granted: bool
    note: str = ""


def waiting_posts(outlook: Outlook) -> list[Waiting]:
    """Every post that is ready or in review, still to go out, and lacks an approval; the soonest first."""
    found: dict[str, Waiting] = {}
    for post, account, due in _wanted(outlook):
        verdict = outlook.find_verdict(post, account)
        if not verdict.granted:
            known = found.get(post.uid)
            lacks = {one.name: (one, said) for one, said in (*(known.lacks if known else ()), (account, verdict))}
            moments = [moment for moment in (known.due if known else None, due) if moment is not None]
            found[post.uid] = Waiting(post, min(moments, default=None), tuple(lacks.values()))
    return sorted(found.values(), key=lambda one: one.order)


def _wanted(outlook: Outlook) -> Iterator[tuple[Post, Account, datetime | None]]:
    """Posts, accounts and moments of everything that is still to be sent."""
    posts = {post.uid: post for post in outlook.workspace.posts if post.uid and post.status is not Status.DRAFT}
    accounts = outlook.workspace.settings.accounts
    for slot in outlook.slots:
        ahead = slot.due is None or slot.due >= outlook.now
        if slot.post.uid in posts and ahead and not outlook.rows_of(slot.post, slot.account, slot.occurrence):
            yield slot.post, slot.account, slot.due
    for row in outlook.rows:
        if row.uid in posts and row.account in accounts and row.state in _AHEAD:
            yield posts[row.uid], accounts[row.account], row.due


def people_left(waiting: Waiting, outlook: Outlook) -> tuple[Person, ...]:
    """Who can be asked today and has not said yes yet, deputies in the place of the absent."""
    asked = people_to_ask(waiting.post, outlook.workspace.settings, outlook.now.date())
    given = [{one.by for one in verdict.given} for _account, verdict in waiting.lacks]
    return tuple(person for person in asked if any(person.key not in names for names in given))


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
