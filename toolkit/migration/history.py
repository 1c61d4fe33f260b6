"""What another tool has published, in the ledger's words, so that nothing of it is ever sent again.

Out with an address: confirmed. Out, and nobody knows where: imported. Failed: skipped, with the reason; a person may
still say `leitstand resolve POST CHANNEL --send-again`, and nothing but a person can.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from toolkit.dispatch.zones import tzdata_version
from toolkit.ledger import Ledger, Planned, Row, State, account_key
from toolkit.messages import _
from toolkit.migration.base import Delivery
from toolkit.model import Post, WallTime
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many deliveries the ledger learned now, by what became of them; the others it knew."""

    confirmed: int = 0
    imported: int = 0
    failed: int = 0
    known: int = 0


def record_history(
    ledger: Ledger, workspace: Workspace, deliveries: Iterable[Delivery], tool: str, now: datetime
) -> Recorded:
    """Tell the ledger what `tool` did. What the ledger sent stays as it is; what it only planned and is out, it drops."""
    accounts = workspace.settings.accounts
    ledger.bind([(account_key(one), one.name, one.network) for one in accounts.values()], now)
    posts = {post.uid: post for post in workspace.posts}
    wanted = [one for one in deliveries if one.uid in posts and one.account in accounts]
    known = ledger.known()
    fresh = {_key(one, accounts): one for one in wanted if _key(one, accounts) not in known}
    born = ledger.summary(now).created_at or now
    ledger.plan([_planned(posts[one.uid], accounts[one.account], born) for one in fresh.values()], now)
    rows = {row.thread: row for row in ledger.rows(states=(State.IMPORTED, State.PLANNED)) if not row.part}
    # Also of an import that was interrupted: what is imported and failed, or has an address, is told now.
    for one in wanted:
        row = rows.get(_key(one, accounts))
        if row is not None:
            _settle(ledger, row, one, tool, now)
    return _count(fresh.values(), known=len(wanted) - len(fresh))


def _key(delivery: Delivery, accounts: Mapping[str, Account]) -> tuple[str, str, str, str]:
    return delivery.uid, "", account_key(accounts[delivery.account]), "post"


def _planned(post: Post, account: Account, born: datetime) -> Planned:
    """The row. It is due before the ledger was made, and so before it met any account: it can only be imported."""
    # A draft here may have been published there since.
    publish = post.publish or WallTime(born.astimezone(UTC).replace(tzinfo=None), "UTC")
    return Planned(
        uid=post.uid,
        account_id=account_key(account),
        account=account.name,
        network=account.network,
        path=post.path,
        due=min(publish.instant(), born),
        wall=f"{publish.wall:%Y-%m-%d %H:%M}",
        zone=publish.zone,
        tzdata=tzdata_version(),
    )


def _settle(ledger: Ledger, row: Row, delivery: Delivery, tool: str, now: datetime) -> None:
    if not delivery.published:
        if row.state is State.IMPORTED:
            ledger.resolve_drop(row, now, _("{tool} could not publish it").format(tool=tool))
        return
    out = _("published by {tool}").format(tool=tool)
    if row.state is State.PLANNED:
        # Both tools had it, and the other one was faster.
        ledger.resolve_drop(row, now, out)
    stopped = ledger.row(row.id)
    if delivery.url and stopped is not None and stopped.state in (State.IMPORTED, State.SKIPPED):
        ledger.resolve_out(stopped, now, delivery.url, who=out)


def _count(deliveries: Iterable[Delivery], known: int) -> Recorded:
    found = list(deliveries)
    failed = sum(not one.published for one in found)
    confirmed = sum(one.published and bool(one.url) for one in found)
    return Recorded(confirmed, len(found) - failed - confirmed, failed, known)
