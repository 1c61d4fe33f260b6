"""From a written text to a yes: keeping it whatever is wrong with it, handing it in, approving it, giving it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from toolkit.community.inbox.ids import short
from toolkit.community.replies.bench import Bench
from toolkit.community.replies.book import Replies, Wish
from toolkit.community.replies.checking import errors_of
from toolkit.community.replies.granting import needs_approval, why_not
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.community.replies.saying import state_word
from toolkit.errors import InboxError, LeitstandError, UsageError
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a wish: the reply as it is now, what is wrong with its text, and why nobody said yes."""

    reply: Reply
    problems: tuple[Problem, ...] = ()
    failure: str = ""

    @property
    def blocked(self) -> bool:
        """Whether somebody has to do something before it goes on."""
        return bool(self.failure or errors_of(list(self.problems)))


@dataclass(frozen=True, slots=True)
class Begun:
    """The replies of a conversation as one person sees them, all at the same moment."""

    mine: Reply | None  # their own unfinished one
    others: list[Reply]  # what else is under way
    count: int  # how many are their own, whatever became of them


def find_begun(bench: Bench, author: str) -> Begun:
    """What the author and others have begun in the conversation."""
    # One question: between two of them somebody may begin a reply, and then the answers contradict each other.
    found = bench.replies.of(bench.seen)
    own = [one for one in found if one.author == author]
    mine = [one for one in own if one.state.written]
    others = [one for one in found if one.state.going or (one.state.written and one.author != author)]
    return Begun(mine[-1] if mine else None, others, len(own))


def keep(bench: Bench, mine: Reply | None, wish: Wish, *, after: int | None = None) -> Reply | None:
    """Nothing that somebody wrote is lost, also when it has errors; an empty text is not kept.

    Raises `BegunError` where it would be a second one; see `Replies.write`.
    """
    if not wish.text:
        return mine
    if mine is not None:
        return bench.replies.rewrite(mine, bench.seen, wish, bench.now)
    return bench.replies.write(bench.seen, wish, bench.now, after=after)


def hand_in(bench: Bench, reply: Reply | None, author: str) -> str:
    """Ask for the yes, or give it where the author's own is enough; why that was not possible."""
    if reply is None:
        return ""
    reply = bench.replies.hand_in(reply, author, bench.now)
    if needs_approval(bench.risk(), bench.workspace.settings):
        return ""
    try:
        bench.replies.approve(reply, author, bench.now)
    except LeitstandError as error:
        return str(error)
    return ""


def judge(bench: Bench, reply: Reply, person: str) -> Judged:
    """Say yes, where the text may go out and this person may say so. The reply has to be current; see `look_again`."""
    problems = tuple(bench.check(reply.text))
    failure = why_not(person, reply.author, bench.risk(), bench.workspace.settings)
    if not failure and not errors_of(list(problems)):
        reply = bench.replies.approve(reply, person, bench.now)
    return Judged(reply, problems, failure)


def look_again(replies: Replies, reply: Reply, now: datetime) -> Reply | None:
    """The reply sent back because something was said since it was written; None while it is current."""
    if not reply.state.written or replies.is_current(reply, now):
        return None
    return replies.send_back(reply, _("something was said since it was written"), now)


def give_back(replies: Replies, reply: Reply, note: str, by: str, now: datetime) -> Reply:
    """Ask its author for another text, and say why."""
    if not note.strip():
        raise UsageError(_("say what should be different; the author reads it"))
    if reply.state not in (ReplyState.REVIEW, ReplyState.STALE, ReplyState.APPROVED):
        message = _("reply {id} ({state}) cannot be sent back")
        raise InboxError(message.format(id=short(reply.id), state=state_word(reply.state)))
    void = replace(reply, approved_by="", approved_at=None, approved_hash="", note=note.strip(), changed_at=now)
    return replies.change(reply, replace(void, state=ReplyState.STALE), by, "returned")
