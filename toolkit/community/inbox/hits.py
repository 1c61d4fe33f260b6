"""What was heard elsewhere and only counted: when, how it sounded, of which dangers it told. No word and no name is kept.

A message is known again by a pseudonym of its address, so that it counts once, whichever account finds it and however
often, also after a restart. What stands in the inbox is not counted here, whichever came first.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.inbox import statements as sql
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.links import links_of
from toolkit.community.inbox.pseudonyms import Pseudonyms, read_pseudonyms
from toolkit.database import Values, to_text
from toolkit.model import Message
from toolkit.values import dataclass

STEP: Final = timedelta(minutes=5)  # as exact as the curve needs it
KEPT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Hit:
    """A message, for as long as it takes to count it; `event` is its address without what only counts visitors."""

    message: Message
    event: str
    negative: bool = False
    risks: Collection[str] = ()


def count_hits(inbox: Inbox, account_id: str, source: str, hits: Sequence[Hit], now: datetime) -> int:
    """Count those that were not counted yet, and drop what is older than a month; returns how many are new."""
    count = 0
    with inbox.store.transaction() as transaction:
        pseudonyms = read_pseudonyms(transaction.run)
        for hit in hits:
            count += len(transaction.run(sql.HIT, _values(hit, account_id, source, pseudonyms)))
        transaction.run(sql.FORGET_HITS, {"before": to_text(now - KEPT)})
    return count


def _values(hit: Hit, account_id: str, source: str, pseudonyms: Pseudonyms) -> Values:
    message = hit.message
    begins = message.at - timedelta(seconds=message.at.timestamp() % STEP.total_seconds())
    return {
        "hit": pseudonyms.of(f"hit {hit.event or f'{account_id} {message.remote_id}'}"),
        "account_id": account_id,
        "link": pseudonyms.of(links_of(message)[0]),
        "source": source,
        "at": to_text(begins.replace(microsecond=0)),
        "negative": int(hit.negative),
        "risks": json.dumps(sorted(hit.risks), ensure_ascii=False),
    }
