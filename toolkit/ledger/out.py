"""What is out, by the networks' ids: below which posts people may answer; and words that are not to be kept any longer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from toolkit.database import surely, to_text
from toolkit.ledger.book import Ledger
from toolkit.ledger.view import View
from toolkit.values import dataclass

# Without the renditions, which are large.
_PARTS: Final = """SELECT account_id, uid, remote_id, updated_at FROM ledger
WHERE state = 'confirmed' AND remote_id <> '' AND action IN ('post', 'comment') AND updated_at >= :since"""
# What is on its way, or waits for a person, still needs its words; everything else of an answer is history.
# An answer's row names the conversation that it belongs to, as its uid or as its occurrence.
_SETTLED: Final = "action = 'answer' AND (uid = :uid OR occurrence = :uid) AND rendition NOT IN ('', '{}')"
_BOUND: Final = "SELECT account_id, bound_at FROM accounts"
_NEEDED: Final = "state IN ('sending', 'unknown', 'held')"
_REDACT: Final = f"UPDATE ledger SET rendition = '{{}}', reason = '' WHERE {_SETTLED} AND NOT {_NEEDED} RETURNING id"  # noqa: S608  # our own words
_LEFT: Final = f"SELECT id FROM ledger WHERE {_SETTLED} AND {_NEEDED}"  # noqa: S608  # our own words


@dataclass(frozen=True, slots=True)
class PartOut:
    """A part of a post, or its first comment, that the network has."""

    account_id: str
    uid: str
    remote_id: str
    published_at: datetime  # aware, UTC; when the ledger confirmed it


def parts_out(ledger: View, since: datetime) -> list[PartOut]:
    """Everything that went out since then."""
    rows = ledger.store.read(_PARTS, {"since": to_text(since)})
    return [PartOut(raw["account_id"], raw["uid"], raw["remote_id"], surely(raw["updated_at"])) for raw in rows]


@dataclass(frozen=True, slots=True)
class Redacted:
    """How many answers have lost their words, and how many keep them because they are still on their way."""

    rows: int = 0
    left: int = 0


def redact_answers(ledger: Ledger, conversations: Iterable[str], *, dry_run: bool = False) -> Redacted:
    """Take the words out of the answers in these conversations that are settled; that they were sent stays.

    Rows, events and their seals stay as they are, so the chain still proves. Call `scrub` of the store afterwards.
    """
    redacted = left = 0
    for uid in sorted(set(conversations)):
        left += len(ledger.store.read(_LEFT, {"uid": uid}))
        if dry_run:
            statement = f"SELECT id FROM ledger WHERE {_SETTLED} AND NOT {_NEEDED}"  # noqa: S608  # our own words
            redacted += len(ledger.store.read(statement, {"uid": uid}))
        else:
            with ledger.store.transaction() as transaction:
                redacted += len(transaction.run(_REDACT, {"uid": uid}))
    return Redacted(redacted, left)


def bound_since(ledger: View) -> dict[str, datetime]:
    """Since when the ledger knows each account, by its id: what was to go out before is history to it."""
    return {raw["account_id"]: surely(raw["bound_at"]) for raw in ledger.store.read(_BOUND)}
