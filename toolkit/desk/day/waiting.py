"""Answers that are due in service hours, and what waits for the yes of whoever looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from toolkit.approval import people_to_ask
from toolkit.community.inbox.conversation import Conversation
from toolkit.community.replies.granting import why_not
from toolkit.community.replies.reply import ReplyState
from toolkit.community.triage import Triage, read_book
from toolkit.community.triage.keeping import examine_ours
from toolkit.desk.day.part import MOST, Part, Thing
from toolkit.desk.endpoint import Visit
from toolkit.dispatch.outlook import Outlook
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Post, Status

LOOKED_AT: Final = 300  # the most urgent ones; of more nobody takes care in one day
AHEAD: Final = timedelta(days=7)


def answers_due(visit: Visit, now: datetime) -> Part:
    """Who waits for an answer, by when it is promised; late ones first."""
    title, href = _("Answers due"), "/inbox"
    if not visit.house.inbox_place.exists():
        return Part("answers", title, href, quiet=_("there is no inbox yet"))
    try:
        with visit.house.inbox(read_only=True) as inbox:
            found = examine_ours(inbox, visit.house.kept(read_book), visit.now, LOOKED_AT)
    except LeitstandError as error:
        return Part("answers", title, href, unknown=str(error))
    wait = sorted((one for one in found if one[1].since is not None), key=lambda one: one[1].due or _far(now))
    late = sum(one[1].due is not None and one[1].due < now for one in wait)
    things = tuple(_answer(one, verdict, now) for one, verdict in wait[:MOST])
    hint = _("{count} of them too late").format(count=late) if late else ""
    return Part("answers", title, href, len(wait), "bad" if late else "", things, _("nobody waits"), hint=hint)


def approvals_waiting(visit: Visit, outlook: Outlook) -> Part:
    """Posts of the coming week and replies that wait for the yes of whoever looks."""
    posts = {slot_post.path: (slot_post, due) for slot_post, due in _asked(visit.person, outlook)}
    things = [
        Thing(post.title or post.path, f"/posts/{post.uid}", when=due.astimezone(outlook.now.tzinfo))
        for post, due in sorted(posts.values(), key=lambda one: one[1])
    ]
    replies, unknown = _replies(visit)
    if replies:
        things.append(Thing(_("replies: {count}").format(count=replies), "/replies"))
    soon = any(due - outlook.now < timedelta(hours=2) for _post, due in posts.values())
    title = _("Waits for your yes")
    return Part(
        "approvals",
        title,
        "/approvals" if posts or not replies else "/replies",
        len(posts) + replies,
        "bad" if soon else "warn" if things else "",
        tuple(things[:MOST]),
        _("nothing waits for you"),
        unknown,
    )


def _far(now: datetime) -> datetime:
    """Later than anything that was promised."""
    return now + timedelta(days=36_500)


def _answer(one: Conversation, verdict: Triage, now: datetime) -> Thing:
    who = one.name or one.author
    late = verdict.due is not None and verdict.due < now
    why = verdict.reasons[0] if verdict.reasons else ""
    when = verdict.due.astimezone(now.tzinfo) if verdict.due is not None else None
    return Thing(who, f"/inbox/{one.id}", f"{one.channel}: {why}" if why else one.channel, when, "bad" if late else "")


def _asked(person: str, outlook: Outlook) -> Iterator[tuple[Post, datetime]]:
    """What goes out within a week, lacks a yes, and could get it from this person."""
    settings = outlook.workspace.settings
    for slot in outlook.slots:
        post, due = slot.post, slot.due
        if due is None or not outlook.now < due <= outlook.now + AHEAD or post.status is not Status.READY:
            continue
        if person not in {one.key for one in people_to_ask(post, settings, outlook.now.date())}:
            continue
        verdict = outlook.find_verdict(post, slot.account)
        if not verdict.granted and person not in {one.by for one in verdict.given}:
            yield post, due


def _replies(visit: Visit) -> tuple[int, str]:
    """How many replies this person could say yes to, and why nobody can tell."""
    if not visit.house.inbox_place.exists():
        return 0, ""
    try:
        with visit.house.replies(read_only=True) as replies:
            waiting = [one for one in replies.open() if one.state is ReplyState.REVIEW]
    except LeitstandError as error:
        return 0, str(error)
    # The highest class: whoever may say yes to that may say it to all.
    return sum(not why_not(visit.person, one.author, 3, visit.house.settings) for one in waiting), ""
