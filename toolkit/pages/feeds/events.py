"""The events of the calendar feeds: posts at their moments, days on which drafts are wanted, campaigns.

**Identity.** In the feed of a channel an event is a post on that account: ``POST.OCCURRENCE.ACCOUNT@WORKSPACE``. In all other
feeds a post is one event at each of its moments, not one for each channel: five at half past seven would hide each other.
Its identity is that of its first channel, in the order of the post. When a channel gets a time of its own, the event of
the others moves with the first one, and the one that left becomes an event of its own.

**Sequence.** Programs take a change over only if ``SEQUENCE`` rose, so it must never fall, and it must be the same wherever the
site is built. A count of commits falls when history is squashed or the clone is shallow. So it is the time from the making
of the post (its ULID says when) to its last change, in seconds: the newest of its commits, its approvals, and what the
ledger did with it. That only grows, and needs no memory. Without git only ledger and approvals move it. The commit that
deletes a post is the newest of its file, so what is cancelled has a higher number than before, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import Final

from toolkit.messages import _
from toolkit.model import Post, Status
from toolkit.outlook.standing import State, state
from toolkit.pages.entries import Entry
from toolkit.pages.feeds.cancelled import BEHIND, Cancelled, find_cancelled
from toolkit.pages.feeds.ics import Event
from toolkit.pages.paths import campaign_path
from toolkit.pages.view import Site
from toolkit.planning import Slot
from toolkit.settings import Account
from toolkit.source.revisions import group_revisions
from toolkit.values import dataclass
from toolkit.workspace import Campaign

# Feeds reach this far ahead.
AHEAD: Final = timedelta(days=2 * 366)
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
# Of the signs of a ULID the first ten are its milliseconds since 1970, in Crockford's base 32.
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TIME: Final = 10
_ULID: Final = 26
_STATUS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("cancelled", "retracted", "skipped"), "CANCELLED"),
    **dict.fromkeys(("ready", "sending", "sent", "partly", "past", "late", "byhand"), "CONFIRMED"),
}

# Accounts, each with how the post stands there.
_On = tuple[tuple[Account, State], ...]


@dataclass(frozen=True)
class Events:
    """The events of one site, from a quarter of a year back to two years ahead."""

    site: Site

    @cached_property
    def posts(self) -> tuple[tuple[Entry, Event], ...]:
        """Every post at each of its moments, then those of which nothing goes out at a moment any more."""
        there = {(entry.post.path, entry.local) for entry in self._planned}
        gone = [entry for entry in self._cancelled if (entry.post.path, entry.local) not in there]
        return tuple((entry, self._event(entry, entry.state, _each(entry))) for entry in (*self._planned, *gone))

    def _near(self, found: Iterable[Entry]) -> tuple[Entry, ...]:
        first, last = self.site.now - BEHIND, self.site.now + AHEAD
        return tuple(entry for entry in found if first <= entry.local <= last)

    @cached_property
    def _planned(self) -> tuple[Entry, ...]:
        return self._near(self.site.entries)

    @cached_property
    def _cancelled(self) -> tuple[Entry, ...]:
        """What was planned and no longer is; channels of a post at the same moment are one entry, as `entries` has it."""
        groups: dict[tuple[datetime, str], list[Cancelled]] = {}
        for one in self._gone:
            groups.setdefault((one.due, one.post.path), []).append(one)
        off = state("cancelled")
        return self._near(
            Entry(
                post=group[0].post,
                local=due.astimezone(self.site.zone),
                accounts=tuple(one.account for one in group),
                state=off,
                states=(off,) * len(group),
            )
            for (due, _path), group in groups.items()
        )

    @cached_property
    def _gone(self) -> tuple[Cancelled, ...]:
        return find_cancelled(self.site)

    @property
    def campaigns(self) -> list[Campaign]:
        """The campaigns that have a feed: those that have not been over for as long as feeds reach back."""
        since = (self.site.now - BEHIND).date()
        return [one for one in self.site.workspace.campaigns.values() if one.end is None or one.end >= since]

    def on(self, account: Account) -> list[Event]:
        """The posts of one account."""
        return [
            self._event(entry, state, ((account, state),))
            for entry in (*self._planned, *self._cancelled)
            for one, state in _each(entry)
            if one.name == account.name
        ]

    def of_campaign(self, campaign: Campaign) -> list[Event]:
        """The campaign's own days, and its posts."""
        found = [event for entry, event in self.posts if entry.post.campaign == campaign.name]
        first, last = campaign.start or campaign.end, campaign.end or campaign.start
        if first is None or last is None:
            return found
        changed = self._changed_file(campaign.path) or datetime.combine(first, time.min, UTC)
        own = Event(
            uid=f"campaign.{campaign.name}@{self.site.settings.id}",
            start=first,
            last=last,
            title=campaign.title,
            changed=changed,
            sequence=_sequence(_EPOCH, changed),
            url=self._address(campaign_path(campaign)),
        )
        return [own, *found]

    def of_person(self, person: str) -> list[Event]:
        """The posts that somebody writes or answers for, and the days on which their drafts are wanted."""
        found = [event for entry, event in self.posts if person in (entry.post.author, entry.post.owner)]
        return [*self._drafts(person), *found]

    def _drafts(self, person: str) -> Iterator[Event]:
        since = (self.site.now - BEHIND).date()
        for post in self.site.workspace.posts:
            mine = person in (post.author, post.owner)
            if mine and post.due is not None and post.due >= since and post.status is Status.DRAFT:
                changed, sequence = self._version(post)
                yield Event(
                    uid=f"{_identity(post)}.due@{self.site.settings.id}",
                    start=post.due,
                    title=_("Draft wanted: {title}").format(title=post.title or post.path),
                    changed=changed,
                    sequence=sequence,
                    url=self._address(self.site.post_pages[post.path]),
                )

    def _event(self, entry: Entry, state: State, on: _On) -> Event:
        """The post on these accounts. Many programs show a tentative event like any other, so its title says it, too."""
        post, (changed, sequence) = entry.post, self._version(entry.post)
        accounts = [account for account, _state in on]
        lead = next((one for name in post.channels for one in accounts if one.name == name), accounts[0])
        status = _STATUS.get(state.key, "TENTATIVE")
        return Event(
            uid=self._uid(post, lead, entry.local),
            start=entry.local,
            title=entry.title if status == "CONFIRMED" else f"{entry.title} ({state.label})",
            changed=changed,
            sequence=sequence,
            status=status,
            description="\n".join(self._lines(post, on)),
            categories=(*map(_name, accounts), *([self._campaign(post.campaign)] if post.campaign else [])),
            url=self._address(self.site.post_pages.get(post.path, "")),
        )

    def _lines(self, post: Post, on: _On) -> Iterator[str]:
        for account, there in on:
            yield f"{_name(account)}: {there.label}"
        names = dict.fromkeys(self.site.name_of(one) for one in (post.author, post.owner) if one)
        if names:
            yield _("Who: {names}").format(names=", ".join(names))

    def _campaign(self, name: str) -> str:
        found = self.site.workspace.campaigns.get(name)
        return found.title if found else name

    def _uid(self, post: Post, account: Account, local: datetime) -> str:
        occurrence = self._occurrences.get((post.path, account.name, local.astimezone(UTC)), "")
        return f"{'.'.join(filter(None, (_identity(post), occurrence, account.name)))}@{self.site.settings.id}"

    @cached_property
    def _occurrences(self) -> Mapping[tuple[str, str, datetime], str]:
        gone = {_key(one): one.occurrence for one in self._gone if one.occurrence}
        return gone | {_key(slot): slot.occurrence for slot in self.site.slots if slot.occurrence and slot.due}

    def _address(self, page: str) -> str:
        base = self.site.settings.url.rstrip("/")
        return f"{base}/{self.site.address(page)}" if base and page else ""

    def _version(self, post: Post) -> tuple[datetime, int]:
        """When the post last changed, and its sequence; the feed of every channel asks again."""
        known = self._versions.get(post.path)
        if known is None:
            changed = self.changed(post)
            known = self._versions[post.path] = changed, _sequence(made_at(post.uid), changed)
        return known

    @cached_property
    def _versions(self) -> dict[str, tuple[datetime, int]]:
        return {}

    def changed(self, post: Post) -> datetime:
        """When the post last changed: its file, its approvals, or what became of it; to the second, in UTC."""
        given = (*post.approved, *self.site.workspace.approvals.get(post.uid, ()))
        moments = [made_at(post.uid), *(one.at for one in given), *self._moved.get(post.uid, ())]
        committed = self._changed_file(post.path)
        return max([*moments, committed] if committed else moments).astimezone(UTC).replace(microsecond=0)

    def _changed_file(self, path: str) -> datetime | None:
        return self._commits.get(path)

    @cached_property
    def _commits(self) -> Mapping[str, datetime]:
        """Path → its newest commit."""
        history = group_revisions(self.site.given.revisions)
        return {path: max(one.at for one in ones) for path, ones in history.items()}

    @cached_property
    def _moved(self) -> Mapping[str, tuple[datetime, ...]]:
        """Uid → when the ledger last did something with the post."""
        found: dict[str, datetime] = {}
        for row in self.site.given.rows:
            found[row.uid] = max(row.updated_at, found.get(row.uid, row.updated_at))
        return {uid: (at,) for uid, at in found.items()}


def made_at(uid: str) -> datetime:
    """When a ULID was minted; of anything else the beginning of 2020."""
    if len(uid) != _ULID or not set(uid[:_TIME]) <= set(_SIGNS):
        return _EPOCH
    milliseconds = 0
    for sign in uid[:_TIME]:
        milliseconds = milliseconds * 32 + _SIGNS.index(sign)
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError):
        return _EPOCH


def _sequence(made: datetime, changed: datetime) -> int:
    return max(0, int((changed - made).total_seconds()))


def _each(entry: Entry) -> _On:
    return tuple(zip(entry.accounts, entry.states, strict=True))


def _name(account: Account) -> str:
    return account.title or account.name


def _identity(post: Post) -> str:
    """The post's uid; of one that has none yet its path, which is all there is."""
    return post.uid or post.path.removesuffix(".md").replace("/", "-")


def _key(slot: Slot | Cancelled) -> tuple[str, str, datetime]:
    return slot.post.path, slot.account.name, slot.due or _EPOCH
