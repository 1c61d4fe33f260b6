"""Triage of an open inbox, and what of the verdicts is kept.

The score is always renewed. Labels and an assignee are proposed once: what a person took away does not come back, and a
conversation that is somebody's stays theirs. None of it counts as somebody having looked at the conversation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from toolkit.community.inbox import statements as sql
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Act, Conversation
from toolkit.community.inbox.desk import OURS, Wanted
from toolkit.community.inbox.gathering import AT_ONCE, chunks
from toolkit.community.inbox.reading import MILLION, act_values, read_act
from toolkit.community.triage.book import Book
from toolkit.community.triage.knowing import know
from toolkit.community.triage.scoring import triage
from toolkit.community.triage.verdict import Triage
from toolkit.database import Transaction, Values
from toolkit.values import dataclass

Found = list[tuple[Conversation, Triage]]
_SCORE: Final = "UPDATE conversations SET score = :score WHERE id = :id"
_ASSIGN: Final = (
    "UPDATE conversations SET assignee = :person, version = version + 1"
    " WHERE id = :id AND version = :version AND assignee = '' RETURNING id"
)
_BY_HAND: Final = ("assigned", "unassigned")
WORTH: Final = 0.01  # a smaller change of the score changes no order that anybody would miss


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a conversation gets that it did not have."""

    seen: Conversation
    labels: tuple[str, ...]
    person: str = ""


def examine(inbox: Inbox, conversation: Conversation, book: Book, now: datetime) -> Triage:
    """The verdict on one conversation of the inbox, with what it knows of the author."""
    ((_one, case),) = know(inbox, [conversation])
    return triage(case, book, now)


def examine_ours(inbox: Inbox, book: Book, now: datetime, limit: int = 10_000) -> Found:
    """The verdicts on everything that waits for us; of more than `limit` those that were the most urgent."""
    ours = inbox.conversations(Wanted(stages=OURS, limit=limit), now=now)
    return [(one, triage(case, book, now)) for one, case in know(inbox, ours)]


def keep(inbox: Inbox, found: Iterable[tuple[Conversation, Triage]], now: datetime) -> int:
    """Write what has changed; how many conversations got another score, a label or somebody whose they are."""
    pairs = list(found)
    moved = {one.id: verdict.score for one, verdict in pairs if abs(one.score - verdict.score) >= WORTH}
    proposals = list(_propose(inbox, pairs))
    for some in chunks(list(moved), AT_ONCE):
        rows: list[Values] = [{"id": name, "score": round(moved[name] * MILLION)} for name in some]
        with inbox.store.transaction() as transaction:
            transaction.run_many(_SCORE, rows)
    for first in range(0, len(proposals), AT_ONCE):
        with inbox.store.transaction() as transaction:
            for proposal in proposals[first : first + AT_ONCE]:
                _write(transaction, proposal, now)
    return len(moved.keys() | {proposal.seen.id for proposal in proposals})


def _propose(inbox: Inbox, pairs: Iterable[tuple[Conversation, Triage]]) -> Iterator[Proposal]:
    """What is new in the verdicts, without what people have decided otherwise."""
    wanted = [
        Proposal(seen, tuple(one for one in verdict.labels if one not in seen.labels), verdict.assignee)
        for seen, verdict in pairs
    ]
    wanted = [one for one in wanted if one.labels or (one.person and not one.seen.assignee)]
    acts = _acts(inbox, [one.seen.id for one in wanted])
    for one in wanted:
        own = acts[one.seen.id]
        taken_away = {
            word[1:] for act in own if act.what == "labelled" for word in act.detail.split() if word[0] == "-"
        }
        labels = tuple(label for label in one.labels if label not in taken_away)
        theirs = one.seen.assignee or any(act.what in _BY_HAND for act in own)
        if labels or (one.person and not theirs):
            yield Proposal(one.seen, labels, "" if theirs else one.person)


def _acts(inbox: Inbox, names: Sequence[str]) -> defaultdict[str, list[Act]]:
    found: defaultdict[str, list[Act]] = defaultdict(list)
    for some in chunks(names, AT_ONCE):
        for raw in inbox.store.read(sql.select_in("acts", "conversation", len(some)), sql.one_of(some)):
            found[str(raw["conversation"])].append(read_act(raw))
    return found


def _write(transaction: Transaction, proposal: Proposal, now: datetime) -> None:
    seen = proposal.seen
    if proposal.labels:
        rows: list[Values] = [{"conversation": seen.id, "label": label} for label in proposal.labels]
        transaction.run_many(sql.LABEL, rows)
        said = " ".join(f"+{label}" for label in proposal.labels)
        transaction.run(sql.ACT, act_values(Act(seen.id, "", now, "labelled", said)))
    values: Values = {"id": seen.id, "version": seen.version, "person": proposal.person}
    if proposal.person and transaction.run(_ASSIGN, values):
        transaction.run(sql.ACT, act_values(Act(seen.id, "", now, "assigned", proposal.person)))
