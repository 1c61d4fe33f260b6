"""The house that listens: its dangers, and every source with when it was heard and when it was not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.community.crisis.curve import Gap
from toolkit.community.crisis.hearing import House
from toolkit.community.crisis.sources import Source
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.cursors import all_cursors
from toolkit.community.mentions.memory import Known, Memory, read_memory
from toolkit.community.mentions.sought import list_sought
from toolkit.community.triage.dangers import Dangers
from toolkit.ledger import account_key
from toolkit.networks.jsonvalues import moment
from toolkit.settings import Settings
from toolkit.workspace import Workspace
from toolkit.workspace.feeds import Kind, Reading, read_feeds


def find_house(workspace: Workspace, inbox: Inbox, state: Path) -> House:
    """The house of a workspace; `state` is its state directory. Raises `InboxError`."""
    reading, _problems = read_feeds(workspace.tree)
    sources = (*_accounts(workspace.settings, inbox), *_elsewhere(reading, read_memory(state)))
    return House(dangers_of(workspace), sources)


def dangers_of(workspace: Workspace) -> Dangers:
    """The handbook's dangers; an account is known by its own name and its network's."""
    accounts = workspace.settings.accounts

    def names(channel: str) -> frozenset[str]:
        return frozenset((channel, accounts[channel].network) if channel in accounts else (channel,))

    return Dangers(workspace.handbook.risks, names)


def _accounts(settings: Settings, inbox: Inbox) -> Iterator[Source]:
    """Those that were ever asked. What an account could not tell at once it tells later, so that it leaves no gap."""
    known = {one.account_id: one for one in all_cursors(inbox.store)}
    for account in settings.accounts.values():
        cursor = known.get(account_key(account))
        if cursor is not None:
            yield Source(
                cursor.account_id,
                account.name,
                cursor.begun_at,
                cursor.heard_at,
                failure=cursor.reason,
                tells_past=True,
            )


def _elsewhere(reading: Reading, memory: Memory) -> Iterator[Source]:
    """Feeds, and what is looked for on networks; only what speaks of us."""
    for feed in reading.feeds:
        if feed.name in memory.feeds:
            yield _source(f"feed:{feed.url}", feed.name, memory.feeds[feed.name])
    for one in list_sought(reading):
        if one.key in memory.sought and one.kind is Kind.OURS:
            yield _source(one.key, one.key, memory.sought[one.key])


def _source(name: str, label: str, known: Known) -> Source:
    gaps = [(moment(begins), moment(ends)) for begins, ends in known.gaps]
    return Source(
        name,
        label,
        moment(known.since),
        moment(known.heard_at),
        tuple(Gap(begins, ends) for begins, ends in gaps if begins is not None and ends is not None),
        known.reason,
    )
