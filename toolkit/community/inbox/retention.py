"""What is forgotten because its time is over: a conversation that is done, so many days after its last word.

Everything personal goes; that somebody wrote on a day, and how long the answer took, stays. The author is known again
by a pseudonym. A conversation that still waits for us is never forgotten by itself: `review` names it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from toolkit.community.inbox import erasing as sql
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation
from toolkit.community.inbox.forgetting import place, scrub_if_due, tomb
from toolkit.community.inbox.gathering import GATHER, look_up
from toolkit.community.inbox.pseudonyms import read_pseudonyms
from toolkit.community.inbox.reading import read_conversation
from toolkit.community.inbox.schema import SCRUB_META
from toolkit.database import SET_META, Transaction, Value, to_text
from toolkit.ledger import Ledger
from toolkit.ledger.out import redact_answers
from toolkit.settings import InboxPolicy
from toolkit.values import dataclass

AT_ONCE: Final = 200  # conversations in one transaction
# So long after a post's comments are no longer fetched nothing of it comes again.
SLACK: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Review:
    """What the retention period means now: how many conversations are over, and which are old and still ours."""

    over: int
    before: datetime
    overdue: tuple[Conversation, ...]


def review(inbox: Inbox, policy: InboxPolicy, now: datetime) -> Review:
    """Look, and change nothing."""
    before = now - policy.retention
    values = {"before": to_text(before)}
    overdue = tuple(read_conversation(raw) for raw in inbox.store.read(sql.OVERDUE, values))
    return Review(int(inbox.store.read(sql.COUNT_OVER, values)[0]["found"]), before, overdue)


def forget_old(inbox: Inbox, ledger: Ledger | None, policy: InboxPolicy, now: datetime) -> int:
    """Forget what is over, our answers in the ledger included; returns how many conversations. Raises what both raise."""
    count = 0
    while ids := _forget_some(inbox, policy, now):
        count += len(ids)
        # An answer's row keeps the name that its conversation had when it was written.
        former = [str(raw["id"]) for one in ids for raw in inbox.store.read(sql.MERGED_INTO, {"id": one})]
        if ledger is not None and redact_answers(ledger, [*ids, *former]).rows:
            ledger.store.scrub()
    with inbox.store.transaction(GATHER) as transaction:
        before = now - policy.window - SLACK
        transaction.run(sql.SETTLE_TOMBS, {"before": to_text(before)})
    scrub_if_due(inbox)
    return count


def _forget_some(inbox: Inbox, policy: InboxPolicy, now: datetime) -> list[str]:
    with inbox.store.transaction(GATHER) as transaction:
        values: dict[str, Value] = {"before": to_text(now - policy.retention), "most": AT_ONCE}
        ids = [str(raw["id"]) for raw in transaction.run(sql.OVER, values)]
        if ids:
            _empty(transaction, ids, now)
        return ids


def _empty(transaction: Transaction, ids: list[str], now: datetime) -> None:
    pseudonyms, moment = read_pseudonyms(transaction.run), {"now": to_text(now)}
    entries = [raw for raw in look_up(transaction, "entries", "conversation", ids) if not raw["forgotten_at"]]
    theirs = [moment | place(raw) | {"tomb": tomb(pseudonyms, raw)} for raw in entries if not raw["own"]]
    transaction.run_many(sql.OF_TIME, theirs)
    transaction.run_many(sql.OF_OURS, [moment | place(raw) for raw in entries if raw["own"]])
    replies = look_up(transaction, "replies", "conversation", ids)
    transaction.run_many(sql.NO_REPLY, [{"id": raw["id"]} for raw in list(replies)])
    transaction.run_many(sql.NO_REMARKS, [{"id": one} for one in ids])
    transaction.run_many(sql.NO_DETAILS, [{"id": one} for one in ids])
    transaction.run_many(sql.EMPTY, [moment | {"id": one} for one in ids])
    transaction.run(SET_META, {"name": SCRUB_META, "value": "1"})
