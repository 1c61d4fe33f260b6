"""What waits for somebody: replies that nobody has said yes to, conversations that wait too long; and who is away next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from toolkit.approval import present_person
from toolkit.community.hours import ServiceTimes
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation
from toolkit.community.inbox.desk import OURS, Wanted
from toolkit.community.inbox.ids import short
from toolkit.community.replies.book import Replies
from toolkit.community.replies.reply import ReplyState
from toolkit.community.summary.week import Week
from toolkit.settings import Settings
from toolkit.values import dataclass

MOST: Final = 12  # of a list that somebody reads on a phone
ALL: Final = 10_000


class Matter(StrEnum):
    """Why something waits for somebody."""

    APPROVAL = "approval"  # a reply waits for a yes
    AGAIN = "again"  # a reply has to be looked at once more
    LATE = "late"  # a conversation waits longer than promised


@dataclass(frozen=True, slots=True)
class Open:
    """Something that waits: the conversation's short id, never what was said. `who` is a person of leitstand.toml, or ""."""

    matter: Matter
    conversation: str
    channel: str
    since: datetime
    who: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is away on some days of a week, and who stands in on the first of them; "" for nobody."""

    person: str
    first: date
    last: date
    deputy: str


@dataclass(frozen=True, slots=True)
class Pending:
    """The longest waiting first, at most twelve of `count`."""

    count: int = 0
    items: tuple[Open, ...] = ()


def find_pending(inbox: Inbox, times: ServiceTimes, now: datetime) -> Pending:
    """What waits at `now`."""
    found = [*_replies(inbox), *_late(inbox.conversations(Wanted(OURS, limit=ALL), now=now), times, now)]
    found.sort(key=lambda one: (one.since, one.conversation, one.matter))
    return Pending(len(found), tuple(found[:MOST]))


def _replies(inbox: Inbox) -> Iterator[Open]:
    matters = {ReplyState.REVIEW: Matter.APPROVAL, ReplyState.STALE: Matter.AGAIN}
    for reply in Replies(inbox).open():
        if reply.state in matters:
            matter, name = matters[reply.state], short(reply.conversation)
            yield Open(matter, name, reply.channel, reply.changed_at, reply.author)


def _late(conversations: Iterable[Conversation], times: ServiceTimes, now: datetime) -> Iterator[Open]:
    for one in conversations:
        promise = times.promise(one.channel, one.kind, one.labels) if one.waiting_since else None
        if promise is not None and one.waiting_since is not None and promise.used(one.waiting_since, now) > 1:
            yield Open(Matter.LATE, short(one.id), one.channel, one.waiting_since, one.assignee)


def find_away(settings: Settings, week: Week) -> tuple[Away, ...]:
    """Who is away in a week, in the order of leitstand.toml."""
    return tuple(_away(settings, week))


def _away(settings: Settings, week: Week) -> Iterator[Away]:
    for person in settings.people.values():
        days = [day for day in week.days() if person.absent(day)]
        if days:
            deputy = present_person(person, settings, days[0])
            yield Away(person.key, days[0], days[-1], deputy.key if deputy else "")
