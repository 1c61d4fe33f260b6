"""What there is to measure: posts that the ledger confirmed and accounts, on networks that count, when due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from toolkit.collect.due import account_due, due_for_measuring
from toolkit.errors import LeitstandError
from toolkit.ledger import Row, State, account_key
from toolkit.networks import by_hand, find_network
from toolkit.networks.figures import Figures
from toolkit.settings import Account
from toolkit.values import dataclass

NOTHING: Final = Figures(posts=(), source="")
ACCOUNT: Final = "account"  # the subject of what is said about a whole account

Last = Mapping[tuple[str, str], datetime]  # (subject, channel) → when it was measured last


@dataclass(frozen=True, slots=True)
class Published:
    """One post on one account; a thread is one post, so its parts are counted together."""

    uid: str
    account: Account
    remote_ids: tuple[str, ...]
    published_at: datetime  # aware, UTC; of the first part


def find_published(rows: Iterable[Row], accounts: Mapping[str, Account]) -> list[Published]:
    """The posts of `rows` that can be measured, in the order of their publication.

    Accounts are found by their remote identity, so that a renamed account keeps its posts.
    """
    countable = {account_key(account): account for account in find_audiences(accounts) if figures_of(account).posts}
    threads: dict[tuple[str, str, str, str], list[Row]] = {}
    for row in rows:
        if row.state is State.CONFIRMED and row.action == "post" and row.remote_id and row.account_id in countable:
            threads.setdefault(row.thread, []).append(row)
    found = [_published(parts, countable[parts[0].account_id]) for parts in threads.values()]
    return sorted(found, key=lambda post: (post.published_at, post.uid, post.account.name))


def find_audiences(accounts: Mapping[str, Account]) -> list[Account]:
    """The accounts that are asked, for their followers or for their posts' counts."""
    return [account for account in accounts.values() if counts(account)]


def due_posts(posts: Iterable[Published], last: Last, now: datetime) -> list[Published]:
    """Those of `posts` whose age has entered a new step, and of which the network still tells totals."""
    return [post for post in posts if _has_totals(post, now) and _is_due(post, last, now)]


def _is_due(post: Published, last: Last, now: datetime) -> bool:
    return due_for_measuring(post.published_at, last.get((post.uid, post.account.name)), now)


def _has_totals(post: Published, now: datetime) -> bool:
    window = figures_of(post.account).window
    return window is None or now - post.published_at <= window


def figures_of(account: Account) -> Figures:
    """What the account's network tells about accounts like it; raises `UsageError` for a network that nobody knows."""
    return (find_network(account.network).figures or NOTHING).of(account.id)


def due_audiences(accounts: Iterable[Account], last: Last, now: datetime) -> list[Account]:
    """Those of `accounts` that tell something about themselves and were not counted today."""
    told = [account for account in accounts if figures_of(account).account]
    return [account for account in told if account_due(last.get((ACCOUNT, account.name)), now)]


def counts(account: Account) -> bool:
    """Whether the account's network tells counts, and us: who publishes by hand has no token to ask with."""
    if by_hand(account):
        return False
    try:
        network = find_network(account.network)
    except LeitstandError:
        return False
    return network.connect is not None and bool(network.counted)


def _published(parts: list[Row], account: Account) -> Published:
    ordered = sorted(parts, key=lambda row: row.part)
    return Published(ordered[0].uid, account, tuple(row.remote_id for row in ordered), ordered[0].updated_at)
