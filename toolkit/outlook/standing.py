"""How a post stands on each of its channels, in words that site and desk share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache
from typing import Final, NamedTuple

from toolkit.ledger import NEEDS_PERSON, Row
from toolkit.ledger import State as LedgerState
from toolkit.messages import _, spoken
from toolkit.model import Post, Status
from toolkit.outlook.outlook import Outlook
from toolkit.planning import Slot


class State(NamedTuple):  # thousands of pages name theirs in their keys
    """How something stands: a word, an icon and a tone, so that nothing is said by colour alone."""

    key: str
    label: str
    tone: str  # quiet | info | good | warn | bad

    def __repr__(self) -> str:
        return self.key  # the rest follows from it

    @property
    def urgent(self) -> bool:
        """Whether a person has to decide something."""
        return self.key in URGENT


URGENT: Final = ("failed", "held", "unknown", "missed", "late", "unapproved")
# The state that speaks for several channels is the one that comes first here.
RANKS: Final = (
    *("failed", "unknown", "held", "missed", "late", "byhand", "paused", "unapproved", "sending", "partly"),
    *("draft", "review", "ready", "skipped", "cancelled", "retracted", "sent", "past"),
)
FINISHED: Final = frozenset({"sent", "past", "skipped", "cancelled", "retracted"})
# The ledger's own states, where they are called differently here.
_LEDGER: Final = {"planned": "ready", "confirmed": "sent", "imported": "past"}


def state(key: str) -> State:
    """The state called `key`, in the spoken language."""
    return _state(key, spoken())


@cache
def _state(key: str, _language: str) -> State:
    known = {
        "draft": (_("Draft"), "quiet"),
        "review": (_("In review"), "info"),
        "ready": (_("Ready"), "info"),
        "unapproved": (_("Approval missing"), "warn"),
        "sending": (_("Being sent"), "info"),
        "sent": (_("Published"), "good"),
        "partly": (_("Partly published"), "warn"),
        "late": (_("Overdue"), "warn"),
        "missed": (_("Missed"), "bad"),
        "held": (_("Held"), "bad"),
        "byhand": (_("To publish by hand"), "info"),
        "paused": (_("Paused"), "warn"),
        "unknown": (_("Outcome unknown"), "bad"),
        "failed": (_("Failed"), "bad"),
        "retracted": (_("Taken back"), "quiet"),
        "past": (_("Past"), "quiet"),
        "skipped": (_("Skipped"), "quiet"),
        "cancelled": (_("Cancelled"), "quiet"),
    }
    label, tone = known.get(key, (key, "quiet"))
    return State(key, label, tone)


def is_open(standing: State) -> bool:
    """Whether it is still to be published, so that a person needs its kit."""
    return standing.key not in FINISHED


def channel_state(outlook: Outlook, slot: Slot) -> State:
    """How one channel of a post stands: the ledger's word first, then the post's, then the approvals'."""
    if not outlook.is_known(slot.post):
        return _state_of(outlook, slot, ())
    following = outlook.followers_of(slot.post, slot.account, slot.occurrence)
    if any(row.action.startswith("retract") and row.state is LedgerState.CONFIRMED for row in following):
        return state("retracted")
    rows = outlook.rows_of(slot.post, slot.account, slot.occurrence)
    asking = [row for row in following if row.state in NEEDS_PERSON]
    said = {_said(outlook, slot.post, row) for row in (*rows, *asking)}
    return together(state(key) for key in said) if said - {"ready"} else _state_of(outlook, slot, rows)


def _state_of(outlook: Outlook, slot: Slot, rows: Sequence[Row]) -> State:
    """The post's word, where the ledger has at most `rows` that are still to go out."""
    post, account, due = slot.post, slot.account, slot.due
    if post.status is not Status.READY:
        return state(post.status.value)
    if not rows and due is not None and due < outlook.instant:
        # The ledger did not know the account then, or does not send there.
        return state("past")
    if not outlook.find_verdict(post, account).granted:
        return state("unapproved")
    if outlook.pauses.blocking(post, account.name, max(outlook.instant, due or outlook.instant)):
        return state("paused")
    overdue = rows and due is not None and (outlook.now - due).total_seconds() > post.grace * 60
    return state("late" if overdue else "ready")


def _said(outlook: Outlook, post: Post, row: Row) -> str:
    """What the ledger says of a row; what a person publishes is overdue when the grace is over, and no alarm before."""
    if not row.handed_over:
        return _LEDGER.get(row.state, row.state.value)
    until = max(row.due, row.again_at or row.due) + timedelta(minutes=post.grace)
    return "late" if outlook.now > until else "byhand"


def together(states: Iterable[State]) -> State:
    """The state that speaks for all: the most urgent; published only when everything is."""
    found = {one.key: one for one in states}
    if len(found) == 1:
        return next(iter(found.values()))
    if "sent" in found and len(found) > 1 and found.keys() <= {"sent", "ready", "sending"}:
        return state("partly")
    order = sorted(found, key=lambda key: RANKS.index(key) if key in RANKS else -1)
    return found[order[0]] if order else state("draft")
