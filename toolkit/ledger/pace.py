"""The pace of an account: never more publishing requests in a window of time than its network takes.

Every request that is allowed is written down, by the intent that it begins with and in the same transaction. So the pace
holds for several dispatchers and over restarts, in every window of that length and not only on average.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from toolkit.database import Record, Store, Transaction, Value, Values, surely, to_moment, to_text
from toolkit.ledger import statements as sql

# Longer than any wait that a network is believed to ask for; see `toolkit.networks.answers.LONGEST`.
LONGEST_REST: Final = timedelta(hours=25)


class Rate(Protocol):
    """At most so many requests in so many seconds."""

    @property
    def requests(self) -> int: ...

    @property
    def seconds(self) -> float: ...


def longest_rest(now: datetime) -> str:
    """A rest that ends after this was written before the clock was set back."""
    return to_text(now + LONGEST_REST)


def pace_values(paces: Sequence[Rate], now: datetime) -> dict[str, Value]:
    """What an intent of an account with these paces is compared with."""
    values: dict[str, Value] = {}
    for number, pace in enumerate(paces):
        values[f"most_{number}"] = pace.requests
        values[f"since_{number}"] = to_text(now - timedelta(seconds=pace.seconds))
    return values


def spend(transaction: Transaction, values: Values, paces: Sequence[Rate]) -> Sequence[Record]:
    """Commit to a request, if the paces allow it, and write it down; returns the events. Needs `pace_lock`."""
    send = sql.send(len(paces))
    if not paces:
        return transaction.change(send, values)
    # After the clock was set back the past must not lie in the future, or it would never leave the window.
    transaction.run(sql.NO_FUTURE, values)
    events = transaction.change(send, values)
    if events:
        since = min(str(values[f"since_{number}"]) for number in range(len(paces)))
        transaction.run(sql.FORGET, {"account_id": values["account_id"], "past": since})
        transaction.run(sql.SPEND, values)
    return events


def next_request(store: Store, account_id: str, paces: Sequence[Rate], now: datetime) -> datetime:
    """When the account may be asked again, for its paces and for what its network said; `now` when it may now."""
    moments = [now]
    for raw in store.read(sql.RESTING, {"account_id": account_id}):
        rests = to_moment(raw["not_before"])
        moments += [rests] if rests and rests <= now + LONGEST_REST else []
    for pace in paces:
        newer: Value = pace.requests - 1
        for raw in store.read(sql.SPENT, {"account_id": account_id, "newer": newer}):
            moments.append(min(surely(raw["at"]), now) + timedelta(seconds=pace.seconds))
    return max(moments)
