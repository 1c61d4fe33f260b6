"""What the calendar says beside the posts: free slots, silences, posts too close, changed clocks, special days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.messages import _, ngettext
from toolkit.pages.entries import Entry
from toolkit.pages.kept import digest
from toolkit.pages.markup import Html, hidden, join, span
from toolkit.pages.pieces import spaced
from toolkit.pages.span import AHEAD as MONTHS_AHEAD
from toolkit.pages.span import add_months
from toolkit.pages.view import Site
from toolkit.planning import (
    ClockChange,
    Gap,
    PostingSlot,
    Timetable,
    clock_changes,
    collisions,
    free_slots,
    gaps,
    taken_slots,
)
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import DayKind

# How far ahead silences are told: nobody has planned more than a month.
AHEAD: Final = timedelta(weeks=4)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Notes:
    """The notes of one site, each worked out when it is first asked for. People outside see the days' names only."""

    site: Site

    @cached_property
    def by_day(self) -> Mapping[date, tuple[Entry, ...]]:
        """Day on the site's clock → the posts of the day, in order."""
        found: dict[date, list[Entry]] = {}
        for entry in self.site.entries:
            found.setdefault(entry.local.date(), []).append(entry)
        return {day: tuple(ones) for day, ones in found.items()}

    def key(self, first: date, last: date) -> str:
        """What two spans of days share only when a page shows the same of their posts and notes, today among them."""
        days = [first + number * _DAY for number in range((last - first).days + 1)]
        entries = [entry for day in days for entry in self.by_day.get(day, ())]
        free = [[(slot.at, slot.account.name) for slot in self.free.get(day, ())] for day in days]
        said = [(self.special(day), self.clock(day)) for day in days]
        close, now = [self.close(entry) for entry in entries], (self.site.today, f"{self.site.now:%z}")
        handbook = bool(self.site.workspace.handbook.slots)
        return digest(self.site.entries_key(entries), repr((first, last, free, said, close, now, handbook)))

    @cached_property
    def codes(self) -> Mapping[str, Html]:
        """Account → its few letters beside the colour of its network."""
        accounts = self.site.settings.accounts.values()
        return {one.name: span(code_of(one), class_=f"ls-code ls-net-{one.network}") for one in accounts}

    def channels(self, accounts: Sequence[Account]) -> tuple[str, Html]:
        """Their names, and their codes beside each other, with the names for those who hear them."""
        key = tuple([one.name for one in accounts])
        if key not in self._channels:
            names = ", ".join(one.title or one.name for one in accounts)
            codes = span(*spaced(self.codes[name] for name in key), class_="ls-codes", aria_hidden="true")
            self._channels[key] = names, join((codes, hidden(names)))
        return self._channels[key]

    @cached_property
    def _channels(self) -> dict[tuple[str, ...], tuple[str, Html]]:
        return {}

    @cached_property
    def free(self) -> Mapping[date, tuple[PostingSlot, ...]]:
        """Day on the site's clock → the slots that nobody has taken, in order, as far as months are sure to have pages."""
        site = self.site
        if site.given.partner or not site.workspace.handbook.slots:
            return {}
        taken = taken_slots(site.workspace, site.now, site.slots)
        days = (site.today, add_months(site.today, MONTHS_AHEAD + 1) - _DAY)
        found: dict[date, list[PostingSlot]] = {}
        for slot in sorted(free_slots(Timetable(site.workspace), taken, days, site.now), key=_order):
            found.setdefault(slot.at.astimezone(site.zone).date(), []).append(slot)
        return {day: tuple(ones) for day, ones in found.items()}

    @cached_property
    def silences(self) -> tuple[Gap, ...]:
        """Stretches of days on which a regular account says nothing, as `leitstand plan` names them."""
        site = self.site
        return () if site.given.partner else gaps(site.slots, site.today, site.zone, ahead=AHEAD)

    @cached_property
    def _close(self) -> Mapping[tuple[str, datetime], tuple[str, ...]]:
        """Path and moment → what comes too close before it, in words."""
        site, distance = self.site, self.site.settings.policy.distance
        found: dict[tuple[str, datetime], list[str]] = {}
        if site.given.partner:
            return {}
        ahead = [slot for slot in site.slots if slot.due is not None and slot.due >= site.outlook.instant]
        for one in collisions(ahead, distance):
            if one.second.due is not None:
                words = _("{minutes} after the post before on {channel}").format(
                    minutes=ngettext("{count} minute", "{count} minutes", one.minutes),
                    channel=one.second.account.title or one.second.account.name,
                )
                found.setdefault((one.second.post.path, one.second.due), []).append(words)
        return {key: tuple(words) for key, words in found.items()}

    def close(self, entry: Entry) -> str:
        """Why the entry stands too close to another one of its channel, "" where it does not."""
        return "; ".join(self._close.get((entry.post.path, entry.local.astimezone(UTC)), ())) if self._close else ""

    def clock(self, day: date) -> str:
        """That the clocks change on this day, and how; "" on most."""
        change = self._clocks.get(day)
        if change is None:
            return ""
        after = change.at.astimezone(self.site.zone)
        before = after.replace(tzinfo=None) - change.by
        words = _("Clocks go forward: {before} becomes {after}") if change.by > timedelta(0) else ""
        words = words or _("Clocks go back: {before} becomes {after}")
        return words.format(before=f"{before:%H:%M}", after=f"{after:%H:%M}")

    @cached_property
    def _clocks(self) -> Mapping[date, ClockChange]:
        site = self.site
        days = [entry.local.date() for entry in site.entries if entry.local.year < site.today.year + 5]
        first = datetime.combine(min([*days, site.today]) - 31 * _DAY, time.min, site.zone)
        last = datetime.combine(max([*days, site.today]) + 366 * _DAY, time.min, site.zone)
        return {one.at.astimezone(site.zone).date(): one for one in clock_changes(site.zone, first, last)}

    def special(self, day: date) -> str:
        """Holidays, days of mourning and the house's own days; school holidays would fill the page."""
        found = self.site.special_days(day.year).get(day)
        if not found:
            return ""
        return ", ".join(dict.fromkeys(one.name for one in found if one.kind is not DayKind.SCHOOL))


def code_of(account: Account) -> str:
    """A channel in a few letters: two of its network, and its language where it names one."""
    return account.network[:2].capitalize() + (f" {account.language}" if account.language else "")


def elsewhere(entry: Entry) -> str:
    """The hour on the clocks of those channels whose audience lives by another one: ``09:00 New York``."""
    zones = dict.fromkeys(account.timezone for account in entry.accounts if account.timezone)
    if not zones:
        return ""
    moments = {name: entry.local.astimezone(ZoneInfo(name)) for name in zones}
    other = {name: at for name, at in moments.items() if at.utcoffset() != entry.local.utcoffset()}
    return ", ".join(f"{at:%H:%M} {name_zone(name)}" for name, at in other.items())


def name_zone(name: str) -> str:
    """A zone by its city, as people call it: ``New York`` of ``America/New_York``."""
    return name.rpartition("/")[2].replace("_", " ")


def _order(slot: PostingSlot) -> tuple[datetime, str]:
    return slot.at, slot.account.name
