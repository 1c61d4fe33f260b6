"""Triage of an open inbox: what is known of a conversation there, and what of the verdict is kept.

The score is always renewed. Labels and an assignee are proposed once: what a person took away does not come back, and a
conversation that is somebody's stays theirs. None of it counts as somebody having looked at the conversation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from toolkit.community.inbox import statements as sql
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Act, Conversation
from toolkit.community.inbox.desk import OURS, Wanted
from toolkit.community.inbox.reading import act_values
from toolkit.community.triage.book import Book
from toolkit.community.triage.case import Case
from toolkit.community.triage.scoring import triage
from toolkit.community.triage.verdict import Triage
from toolkit.database import Values
from toolkit.workspace import AuthorRole

Found = list[tuple[Conversation, Triage]]
_EARLIER: Final = (
    "SELECT id FROM conversations WHERE id <> :id AND author_key <> '' AND author_key ="
    " (SELECT author_key FROM conversations WHERE id = :id) AND opened_at <"
    " (SELECT opened_at FROM conversations WHERE id = :id) LIMIT 1"
)
_ASSIGN: Final = (
    "UPDATE conversations SET assignee = :person, version = version + 1"
    " WHERE id = :id AND version = :version AND assignee = '' RETURNING id"
)
_BY_HAND: Final = ("assigned", "unassigned")
WORTH: Final = 0.01  # a smaller change of the score changes no order that anybody would miss


def examine(inbox: Inbox, conversation: Conversation, book: Book, now: datetime) -> Triage:
    """The verdict on one conversation of the inbox, with what it knows of the author."""
    known = {role.value: role for role in AuthorRole}
    case = Case.of(
        conversation,
        inbox.entries(conversation),
        roles=[known[role] for role in inbox.roles(conversation) if role in known],
        first_contact=not inbox.store.read(_EARLIER, {"id": conversation.id}),
    )
    return triage(case, book, now)


def examine_ours(inbox: Inbox, book: Book, now: datetime, limit: int = 10_000) -> Found:
    """The verdict on everything that waits for us, the most urgent of the last time first."""
    ours = inbox.conversations(Wanted(stages=OURS, limit=limit), now=now)
    return [(one, examine(inbox, one, book, now)) for one in ours]


def keep(inbox: Inbox, found: Iterable[tuple[Conversation, Triage]], now: datetime) -> int:
    """Write what has changed; how many conversations got another score, a label or somebody whose they are."""
    count = 0
    for conversation, verdict in found:
        moved = abs(conversation.score - verdict.score) >= WORTH
        if moved:
            inbox.rate(conversation, score=verdict.score)
        proposed = _propose(inbox, conversation, verdict, now)
        count += moved or proposed
    return count


def _propose(inbox: Inbox, seen: Conversation, verdict: Triage, now: datetime) -> bool:
    labels = [label for label in verdict.labels if label not in seen.labels]
    person = "" if seen.assignee else verdict.assignee
    if not labels and not person:
        return False
    acts = inbox.acts(seen)
    labels = _never_taken_away(labels, acts)
    if any(act.what in _BY_HAND for act in acts):
        person = ""
    if labels or person:
        _write(inbox, seen, labels, person, now)
    return bool(labels or person)


def _never_taken_away(labels: Collection[str], acts: Iterable[Act]) -> list[str]:
    away = {word[1:] for act in acts if act.what == "labelled" for word in act.detail.split() if word.startswith("-")}
    return [label for label in labels if label not in away]


def _write(inbox: Inbox, seen: Conversation, labels: Collection[str], person: str, now: datetime) -> None:
    said = " ".join(f"+{label}" for label in labels)
    with inbox.store.transaction() as transaction:
        if labels:
            transaction.run_many(sql.LABEL, [{"conversation": seen.id, "label": one} for one in labels])
            transaction.run(sql.ACT, act_values(Act(seen.id, "", now, "labelled", said)))
        values: Values = {"id": seen.id, "version": seen.version, "person": person}
        if person and transaction.run(_ASSIGN, values):
            transaction.run(sql.ACT, act_values(Act(seen.id, "", now, "assigned", person)))
