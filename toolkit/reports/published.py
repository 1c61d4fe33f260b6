"""The workspace's own posts that went out in a month and can be counted: what a delivery is expected to be about."""

from __future__ import annotations

from toolkit.importers import IMPORTERS
from toolkit.model import Post, Status
from toolkit.networks import NETWORKS
from toolkit.reports.scope import Scope
from toolkit.workspace import drafts


def published(scope: Scope) -> dict[str, list[Post]]:
    """Account → its posts of the month that are due by now."""
    period, found = scope.period(), dict[str, list[Post]]()
    for post in (post for post in scope.workspace.posts if post.status is Status.READY):
        for draft in drafts(post, scope.workspace.settings):
            moment = draft.publish.instant() if draft.publish else None
            if moment and period.start <= moment < min(period.end, scope.now):
                found.setdefault(draft.account.name, []).append(post)
    return found


def is_countable(scope: Scope, name: str) -> bool:
    """Whether anybody can count the posts of an account: its network's API or an export of it."""
    account = scope.workspace.settings.accounts.get(name)
    if account is None:
        return False
    network = NETWORKS.get(account.network)
    return bool(network and network.counted) or any(account.network == one.NETWORK for one in IMPORTERS.values())
