"""Answers that are due in service hours, and what waits for the yes of whoever looks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from toolkit.community.inbox.conversation import Conversation
from toolkit.community.replies.granting import why_not
from toolkit.community.replies.reply import ReplyState
from toolkit.community.triage.book import read_book
from toolkit.community.triage.keeping import examine_ours
from toolkit.community.triage.verdict import Triage
from toolkit.desk.day.part import MOST, Part, Thing
from toolkit.desk.endpoint import Visit
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.outlook import Outlook
from toolkit.outlook.waiting import Waiting, people_left, waiting_posts
from toolkit.settings import Settings

_WAITING: Final = "SELECT COUNT(*) AS count FROM conversations WHERE stage IN ('new', 'open') AND waiting_since <> ''"
LOOKED_AT: Final = 300  # the most urgent ones; of more nobody takes care in one day
SOON: Final = timedelta(hours=2)


def answers_due(visit: Visit, now: datetime) -> Part:
    """Who waits for an answer, by when it is promised; late ones first."""
    title, href = _("Answers due"), "/inbox"
    if not visit.house.inbox_place.exists():
        return Part("answers", title, href, quiet=_("there is no inbox yet"))
    try:
        with visit.house.inbox(read_only=True) as inbox:
            found = examine_ours(inbox, visit.house.kept(read_book), visit.now, LOOKED_AT)
            (counted,) = inbox.store.read(_WAITING, {})
    except LeitstandError as error:
        return Part("answers", title, href, unknown=str(error))
    wait = sorted((one for one in found if one[1].since is not None), key=lambda one: one[1].due or _far(now))
    late = sum(one[1].due is not None and one[1].due < now for one in wait)
    things = tuple(_answer(one, verdict, visit.house.settings, now) for one, verdict in wait[:MOST])
    hint = _("{count} of them too late").format(count=late) if late else ""
    count = len(wait) if len(found) < LOOKED_AT else int(counted["count"])
    return Part("answers", title, href, count, "bad" if late else "", things, _("nobody waits"), hint=hint)


def approvals_waiting(visit: Visit, outlook: Outlook) -> Part:
    """Posts and replies that wait for the yes of whoever looks."""
    posts = [one for one in waiting_posts(outlook) if not one.sent_back and _may(visit.person, one, outlook)]
    things = [
        Thing(one.post.title or one.post.path, f"/approvals/{one.post.uid}", when=_local(one.due, outlook))
        for one in posts
    ]
    replies, unknown = _replies(visit)
    if replies:
        things.append(Thing(_("replies: {count}").format(count=replies), "/replies"))
    soon = any(one.due is not None and one.due - outlook.now < SOON for one in posts)
    return Part(
        "approvals",
        _("Waits for your yes"),
        "/approvals" if posts or not replies else "/replies",
        len(posts) + replies,
        "bad" if soon else "warn" if things else "",
        tuple(things[:MOST]),
        _("nothing waits for you"),
        unknown,
    )


def _may(person: str, waiting: Waiting, outlook: Outlook) -> bool:
    return person in {one.key for one in people_left(waiting, outlook)}


def _local(due: datetime | None, outlook: Outlook) -> datetime | None:
    return due.astimezone(outlook.now.tzinfo) if due is not None else None


def _far(now: datetime) -> datetime:
    """Later than anything that was promised."""
    return now + timedelta(days=36_500)


def _answer(one: Conversation, verdict: Triage, settings: Settings, now: datetime) -> Thing:
    who = one.name or one.author
    late = verdict.due is not None and verdict.due < now
    why = verdict.reasons[0] if verdict.reasons else ""
    account = settings.accounts.get(one.channel)
    place = account.title or account.name if account else one.channel
    when = verdict.due.astimezone(now.tzinfo) if verdict.due is not None else None
    return Thing(who, f"/inbox/{one.id}", f"{place}: {why}" if why else place, when, "bad" if late else "")


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
