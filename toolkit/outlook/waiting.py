"""Which posts wait for an approval, whose, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from toolkit.approval import Verdict, people_to_ask
from toolkit.ledger import State
from toolkit.model import Post, SentBack, Status
from toolkit.outlook.outlook import Outlook
from toolkit.settings import Account, Person
from toolkit.values import dataclass

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
        ahead = slot.due is None or slot.due >= outlook.instant
        if ahead and slot.post.uid in posts and not outlook.rows_of(slot.post, slot.account, slot.occurrence):
            yield slot.post, slot.account, slot.due
    for row in outlook.rows:
        if row.uid in posts and row.account in accounts and row.state in _AHEAD:
            yield posts[row.uid], accounts[row.account], row.due


def people_left(waiting: Waiting, outlook: Outlook) -> tuple[Person, ...]:
    """Who can be asked today and has not said yes yet, deputies in the place of the absent."""
    asked = people_to_ask(waiting.post, outlook.workspace.settings, outlook.now.date())
    given = [{one.by for one in verdict.given} for _account, verdict in waiting.lacks]
    return tuple(person for person in asked if any(person.key not in names for names in given))
