"""The replies under way: which wait for a yes, with the conversation beside them; what goes out when; what did not, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Final

from toolkit.community.inbox.book import Inbox
from toolkit.community.replies.bench import Bench, lay_out
from toolkit.community.replies.book import Replies
from toolkit.community.replies.granting import why_not
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.community.replies.saying import state_word
from toolkit.desk.endpoint import Page, Visit
from toolkit.desk.inbox.asking import conversation_path
from toolkit.desk.inbox.editor import Judged, judge_text
from toolkit.desk.inbox.rows import Light, Row, make_row
from toolkit.desk.inbox.rules import book_of, verdicts
from toolkit.desk.inbox.team import name_of
from toolkit.desk.inbox.thread import Item, Told, thread
from toolkit.desk.inbox.times import Said, say
from toolkit.desk.permissions import Permission
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.values import dataclass

MOST: Final = 20  # of each kind on one page
LAST: Final = 6  # messages beside a reply
LATELY: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Draft:
    """One reply with what is needed to say yes to it."""

    id: str
    version: int
    author: str
    text: str
    state: str
    note: str
    private: bool
    row: Row
    href: str
    items: tuple[Item, ...]
    risk: int
    judged: Judged
    changed: Said
    expires: Said
    refusal: str  # why the yes of who looks does not count; "" when it does
    mine: bool


@dataclass(frozen=True, slots=True)
class Going:
    """One that has its yes, or that did not go out: when or why."""

    id: str
    version: int
    author: str
    text: str
    state: str
    row: Row
    href: str
    words: str
    remedy: str
    private: bool


@dataclass(frozen=True, slots=True)
class Under:
    """Everything of the page."""

    waiting: tuple[Draft, ...]
    going: tuple[Going, ...]
    drafts: tuple[Going, ...]
    expired: tuple[Going, ...]
    more: int  # that have no room here
    stamp: str
    may_approve: bool
    may_answer: bool


def show_replies(visit: Visit) -> Page:
    """GET /replies."""
    with visit.house.replies(read_only=True) as replies:
        under = under_way(visit, replies)
    return Page("inbox/replies.html", {"under": under})


def show_news(visit: Visit) -> Page:
    """GET /replies/news: whether the page that was shown (`stamp`) is still what there is."""
    with visit.house.replies(read_only=True) as replies:
        older = visit.query.get("stamp", "") != _stamp(replies.open())
    return Page("inbox/since.html", {"older": older, "here": "/replies"})


def _stamp(found: Sequence[Reply]) -> str:
    """Another one whenever a reply came, went or changed."""
    return sha256(" ".join(f"{one.id}:{one.version}" for one in found).encode()).hexdigest()[:16]


def under_way(visit: Visit, replies: Replies) -> Under:
    """Those that wait come first, the oldest of them on top."""
    found = replies.open()
    asked = [one for one in found if one.state in (ReplyState.REVIEW, ReplyState.STALE)]
    going = [one for one in found if one.state.going]
    # Unfinished words are their writer's own affair.
    drafts = [one for one in found if one.state is ReplyState.DRAFT and one.author == visit.person]
    return Under(
        waiting=tuple(_drafts(visit, replies.inbox, asked[:MOST])),
        going=tuple(_going(visit, replies.inbox, going[:MOST])),
        drafts=tuple(_going(visit, replies.inbox, drafts[:MOST])),
        expired=tuple(_going(visit, replies.inbox, replies.expired(visit.now - LATELY))),
        more=max(0, len(asked) - MOST),
        stamp=_stamp(found),
        may_approve=Permission.APPROVE in visit.may,
        may_answer=Permission.ANSWER in visit.may,
    )


def _drafts(visit: Visit, inbox: Inbox, found: Sequence[Reply]) -> Iterator[Draft]:
    for reply in found:
        bench, failure = _bench(visit, inbox, reply)
        light = _light(visit)
        risk = bench.risk(book_of(visit.house)) if bench else 0
        entries = tuple(inbox.entries(inbox.conversation(reply.conversation, now=visit.now)))
        since = None if Replies(inbox).is_current(reply, visit.now) else reply.changed_at
        yield Draft(
            id=reply.id,
            version=reply.version,
            author=name_of(visit.house.settings, reply.author),
            text=reply.text,
            state=state_word(reply.state),
            note=reply.note,
            private=reply.private,
            row=_row(visit, inbox, reply),
            href=conversation_path(reply.conversation),
            items=thread(Told(entries[-LAST:], (), (), since), light),
            risk=risk,
            judged=judge_text(bench, reply.text) if bench else Judged(),
            changed=say(reply.changed_at, visit.now, visit.house.zone),
            expires=say(reply.expires_at, visit.now, visit.house.zone),
            refusal=failure or why_not(visit.person, reply.author, risk, visit.house.settings),
            mine=reply.author == visit.person,
        )


def _going(visit: Visit, inbox: Inbox, found: Sequence[Reply]) -> Iterator[Going]:
    for reply in found:
        words, remedy = _fate(visit, reply)
        yield Going(
            id=reply.id,
            version=reply.version,
            author=name_of(visit.house.settings, reply.author),
            text=reply.text,
            state=state_word(reply.state),
            row=_row(visit, inbox, reply),
            href=conversation_path(reply.conversation),
            words=words,
            remedy=remedy,
            private=reply.private,
        )


def _fate(visit: Visit, reply: Reply) -> tuple[str, str]:
    """When it goes out, or why it did not, and what to do."""
    until = say(reply.expires_at, visit.now, visit.house.zone).short
    if reply.state is ReplyState.EXPIRED:
        said = _("nobody said yes in time, or it could not be sent before {moment}").format(moment=until)
        return said, _("open the conversation and send the text anew")
    if reply.state is ReplyState.DRAFT:
        return _("not handed in; kept until {moment}").format(moment=until), ""
    if reply.send_after is not None and reply.send_after > visit.now:
        moment = say(reply.send_after, visit.now, visit.house.zone).short
        return _("goes out with the first publish after {moment}").format(moment=moment), ""
    return _("goes out with the next publish, {moment} at the latest").format(moment=until), ""


def _bench(visit: Visit, inbox: Inbox, reply: Reply) -> tuple[Bench | None, str]:
    """Where it is judged; or why it cannot be, such as when its author took everything back."""
    try:
        return lay_out(inbox, reply.conversation, visit.house.workspace, visit.now), ""
    except LeitstandError as error:
        return None, str(error)


def _row(visit: Visit, inbox: Inbox, reply: Reply) -> Row:
    seen = inbox.conversation(reply.conversation, now=visit.now)
    found = verdicts(visit.house, inbox, [seen], visit.now)[seen.id]
    return make_row(seen, found, inbox.last_words([seen]).get(seen.id, ""), _light(visit))


def _light(visit: Visit) -> Light:
    return Light(visit.house.settings, visit.now, visit.house.zone)
