"""What the ledger knows about posts that are out, as exports ask for them: by the network's id or the link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toolkit.importers import KnownPost, KnownPosts, post_keys
from toolkit.ledger import Row, State, account_key
from toolkit.settings import Account


def known_posts(rows: Iterable[Row], accounts: Mapping[str, Account]) -> KnownPosts:
    """The confirmed posts of `rows`, also those that a person published by hand.

    Accounts are found by their remote identity, so that a renamed account keeps its posts.
    """
    names = {account_key(account): account.name for account in accounts.values()}
    out = [row for row in rows if row.state is State.CONFIRMED and row.action == "post" and row.account_id in names]
    first = {row.thread: row for row in sorted(out, key=lambda row: -row.part)}
    posts: dict[tuple[str, str], KnownPost] = {}
    for row in sorted(out, key=lambda row: row.id):
        post = KnownPost(row.uid, first[row.thread].updated_at, row.parts)
        for key in post_keys(row.remote_id, row.url):
            posts.setdefault((names[row.account_id], key), post)
    return KnownPosts(posts)
