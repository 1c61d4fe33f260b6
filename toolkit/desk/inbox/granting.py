"""Saying yes to a reply, giving it back with a note, dropping it; each for the version that was read."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.community.replies.bench import lay_out
from toolkit.community.replies.book import Replies
from toolkit.community.replies.checking import errors_of
from toolkit.community.replies.reply import Reply
from toolkit.community.replies.submitting import give_back, judge, look_again
from toolkit.desk.endpoint import Redirect, Visit
from toolkit.desk.permissions import Permission
from toolkit.errors import ChangedError, UsageError
from toolkit.messages import _

PATH = "/replies"
Work = Callable[[Replies, Reply], str]


def approve(visit: Visit) -> Redirect:
    """POST /replies/{id}/approve."""
    return _decide(visit, lambda replies, reply: _say_yes(visit, replies, reply))


def _say_yes(visit: Visit, replies: Replies, reply: Reply) -> str:
    if look_again(replies, reply, visit.now) is not None:
        raise ChangedError(_("something was said since it was written; read it, then approve again or give it back"))
    bench = lay_out(replies.inbox, reply.conversation, visit.house.workspace, visit.now)
    found = judge(bench, reply, visit.person)
    if found.failure:
        raise UsageError(found.failure)
    wrong = errors_of(list(found.problems))
    if wrong:
        raise UsageError(_("this cannot go out: {problem}").format(problem=wrong[0].message))
    return _("approved; it goes out with the next publish")


def send_back(visit: Visit) -> Redirect:
    """POST /replies/{id}/back: `note` says what should be different."""

    def work(replies: Replies, reply: Reply) -> str:
        give_back(replies, reply, visit.form.get("note", ""), visit.person, visit.now)
        return _("sent back with your note")

    return _decide(visit, work)


def drop(visit: Visit) -> Redirect:
    """POST /replies/{id}/drop: it is not wanted any more. One's own, or with the right to approve."""

    def work(replies: Replies, reply: Reply) -> str:
        if reply.author != visit.person and Permission.APPROVE not in visit.may:
            raise UsageError(_("only its author, or whoever may approve it, drops a reply"))
        replies.drop(reply, visit.person, visit.now)
        return _("dropped")

    return _decide(visit, work)


def _decide(visit: Visit, work: Work) -> Redirect:
    with visit.house.replies() as replies:
        reply = replies.find(visit.path["id"])
        if reply is None:
            raise UsageError(_("there is no such reply any more"))
        if visit.form.get("version", "") != str(reply.version):
            raise ChangedError(_("the reply was changed meanwhile; read it again, then decide"))
        notice = work(replies, reply)
    return Redirect(PATH, notice, about=reply.id)
