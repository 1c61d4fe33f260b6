"""What no program can stop: accounts where people publish by hand or plan in the network itself, paid items, what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.pause import Pause
from toolkit.ledger import Row, State
from toolkit.messages import _
from toolkit.model import Post, Status
from toolkit.networks import by_hand
from toolkit.planning import Slot, slots
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.playbook import Playbook

AHEAD: Final = timedelta(hours=24)
# Paid reach is bought for what is new.
PAID: Final = timedelta(days=30)
_HOLD: Final = re.compile(r";[^;]*leitstand hold (\w+)$")
_GONE: Final = (State.CONFIRMED, State.IMPORTED, State.SKIPPED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A send of the next 24 hours, and whether the pauses stop it."""

    slot: Slot
    stopped: bool


def coming(workspace: Workspace, pauses: Iterable[Pause], now: datetime) -> tuple[Stopped, ...]:
    """What is due within a day and ready, on every account."""
    chosen = list(pauses)
    found = [
        slot
        for slot in slots(workspace)
        if slot.due is not None and now <= slot.due < now + AHEAD and slot.post.status is Status.READY
    ]
    return tuple(Stopped(slot, any(one.covers(slot.post, slot.account.name) for one in chosen)) for slot in found)


def make_checklist(
    workspace: Workspace, playbook: Playbook, found: Iterable[Stopped], rows: Iterable[Row], now: datetime
) -> list[str]:
    """Every item as one sentence, the most pressing first."""
    return [
        *_handed_over(workspace, rows),
        *_planned_there(workspace),
        *_paid(workspace, now),
        *_still_going(found, now),
        *(_("do not: {what}").format(what=what) for what in playbook.do_not),
    ]


def _handed_over(workspace: Workspace, rows: Iterable[Row]) -> Iterator[str]:
    """Kits that somebody holds in their hand."""
    posts = {post.uid: post for post in workspace.posts}
    for row in rows:
        if row.handed_over:
            title = posts[row.uid].title if row.uid in posts else row.path
            known = workspace.settings.accounts.get(row.account)
            yield _("{account}: {title} lies with somebody to be published by hand; call them").format(
                account=known.title or known.name if known else row.account, title=title
            )


def _planned_there(workspace: Workspace) -> Iterator[str]:
    """The networks' own planners, of which nothing here knows."""
    for account in workspace.settings.accounts.values():
        title = account.title or account.name
        if by_hand(account):
            yield _("{account}: published by hand; stop what is planned in the network itself").format(account=title)
    yield _("every other account: look whether something is planned in the network's own planner")


def _paid(workspace: Workspace, now: datetime) -> Iterator[str]:
    """Posts that somebody pays for; ads themselves no program here sees."""
    yield _("paid ads and boosted posts: stop them in the ad accounts")
    for post in paid_posts(workspace, now):
        yield _("paid: {title} ({path})").format(title=post.title or post.path, path=post.path)


def paid_posts(workspace: Workspace, now: datetime) -> Iterator[Post]:
    """Posts of thirty days before and after that say of themselves that somebody paid."""
    for post in workspace.posts:
        publish = post.publish.instant() if post.publish is not None else None
        if post.sponsored and publish is not None and now - PAID <= publish <= now + PAID:
            yield post


def _still_going(found: Iterable[Stopped], now: datetime) -> Iterator[str]:
    """What the pause does not stop, so that somebody looks at it."""
    for one in found:
        if not one.stopped and one.slot.due is not None:
            local = one.slot.due.astimezone(now.tzinfo)
            message = _("goes out {when} on {account} all the same: {title}; stop it: leitstand hold {uid}")
            title = one.slot.post.title or one.slot.post.path
            account = one.slot.account.title or one.slot.account.name
            yield message.format(when=f"{local:%Y-%m-%d %H:%M}", account=account, title=title, uid=one.slot.post.uid)


def find_hold(item: str) -> tuple[str, str]:
    """What `_still_going` told without its command line, and the uid of the post; other items as they are, and ""."""
    found = _HOLD.search(item)
    return (item[: found.start()], found[1]) if found else (item, "")


def is_ban(item: str, do_not: Iterable[str]) -> bool:
    """Whether an item only says what nobody does, in whichever language it was written down: there is nothing to tick."""
    return any(item.endswith(f": {' '.join(what.split())}") for what in do_not)


def fell_due(rows: Iterable[Row], incident_began: datetime, now: datetime) -> tuple[Row, ...]:
    """What should have gone out since it began and has not: it waits for a decision, or for the end of the pause."""
    found = [row for row in rows if incident_began <= row.due <= now and row.state not in _GONE]
    return tuple(sorted(found, key=lambda row: (row.due, row.path, row.account)))
