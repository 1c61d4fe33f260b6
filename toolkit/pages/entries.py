"""Entries: a post at a moment with the channels it goes to then, and in what state that is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from toolkit.model import Post
from toolkit.outlook.standing import State, is_open, together
from toolkit.planning import Slot
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace.naming import name_post

if TYPE_CHECKING:
    from toolkit.pages.view import Site


@dataclass(frozen=True, slots=True)
class Entry:
    """A post at `local` time (the workspace's zone) on `accounts`; one post has as many as it has moments."""

    post: Post
    local: datetime
    accounts: tuple[Account, ...]
    state: State
    deadline: datetime | None = None  # until when a person has to publish it, on the same clock as `local`
    states: tuple[State, ...] = ()  # of each account

    @property
    def title(self) -> str:
        return name_post(self.post)

    def state_on(self, account: Account) -> State:
        """How it stands on one of its accounts."""
        return next(state for one, state in zip(self.accounts, self.states, strict=True) if one.name == account.name)


def entries(site: Site) -> tuple[Entry, ...]:
    """All entries of a site in order of time."""
    groups: dict[tuple[datetime, str], list[Slot]] = {}
    for slot in site.slots:
        if slot.due is not None:
            groups.setdefault((slot.due, slot.post.path), []).append(slot)
    return tuple(_entry(site, group) for group in groups.values())


def _entry(site: Site, group: list[Slot]) -> Entry:
    first = group[0]
    local = (first.due or site.now).astimezone(site.zone)
    accounts = tuple(slot.account for slot in group)
    states = {slot.account.name: site.standing(slot) for slot in group}
    waits = any(account.name in site.by_hand and is_open(states[account.name]) for account in accounts)
    until = local + timedelta(minutes=first.post.grace) if waits else None
    return Entry(first.post, local, accounts, together(states.values()), until, tuple(states.values()))
