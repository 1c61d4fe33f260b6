"""The timetable of an account: the handbook's posting slots as moments, without those on which it may not post.

Left out are quiet hours, times outside the account's window, public holidays and school holidays where the block says so,
and wall times that a clock change makes doubtful. What depends on the post is asked of each slot: the pillars it is kept
for, and advertising on a day of mourning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from toolkit.model import Existence, WallTime
from toolkit.planning.openings import is_open
from toolkit.planning.specials import Calendar, SpecialDay, special_days
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import DayKind, PostingSlots, Workspace


@dataclass(frozen=True, slots=True)
class PostingSlot:
    """One time that an account keeps for a post; `block` is None where it goes along with another account.

    `specials` is what is special about its day.
    """

    account: Account
    at: datetime  # UTC
    wall: WallTime  # on the account's own clock
    block: PostingSlots | None = None
    specials: tuple[SpecialDay, ...] = ()

    @property
    def day(self) -> date:
        """Its day on the account's own clock."""
        return self.wall.wall.date()

    @property
    def mourning(self) -> str:
        """The name of the day of mourning it lies on, "" on others: no advertising then."""
        return next((one.name for one in self.specials if one.kind is DayKind.MOURNING), "")

    @property
    def pillars(self) -> frozenset[str]:
        """The content pillars it is kept for; none are any."""
        return frozenset() if self.block is None else self.block.pillars

    def written(self, timezone: str = "") -> str:
        """How a file says it: a wall time of the account, or of the zone that the post names; with an offset in doubt."""
        if not timezone:
            return f"{self.wall.wall:%Y-%m-%d %H:%M}"
        local = self.at.astimezone(ZoneInfo(timezone))
        plain = WallTime(local.replace(tzinfo=None, fold=0), timezone).existence() is Existence.ONCE
        return f"{local:%Y-%m-%d %H:%M}" + ("" if plain else f"{local:%z}")

    def suits(self, pillar: str, *, advertises: bool) -> bool:
        """Whether a post of this pillar may take it."""
        return (not self.pillars or pillar in self.pillars) and not (advertises and self.mourning)


@dataclass(slots=True)
class Timetable:
    """The posting slots of a workspace's accounts; days are computed once."""

    workspace: Workspace
    _years: dict[int, Calendar] = field(default_factory=dict)
    _days: dict[tuple[str, date], list[PostingSlot]] = field(default_factory=dict)

    def keeps(self, account: Account) -> bool:
        """Whether the handbook keeps any slots for the account."""
        return bool(self._blocks(account))

    def slots(self, account: Account, after: datetime, until: datetime) -> Iterator[PostingSlot]:
        """The account's slots later than `after` and up to `until` (both aware), in order; one moment comes once."""
        zone = self.zone(account)
        day, last = after.astimezone(zone).date(), until.astimezone(zone).date()
        while day <= last:
            # A block's own clock may show yesterday or tomorrow: days are a little too many, moments are exact.
            for slot in self._of_day(account, day):
                if after < slot.at <= until:
                    yield slot
            day += timedelta(days=1)

    def zone(self, account: Account) -> ZoneInfo:
        """The account's own clock."""
        return ZoneInfo(account.timezone or self.workspace.settings.timezone)

    def specials(self, day: date) -> tuple[SpecialDay, ...]:
        """What is special about a day in the workspace's region."""
        if day.year not in self._years:
            settings = self.workspace.settings
            occasions = self.workspace.occasions[0]
            self._years[day.year] = special_days(settings.region, (day.year,), settings.interface, occasions)
        return self._years[day.year].get(day, ())

    def _blocks(self, account: Account) -> list[PostingSlots]:
        """The blocks of the account itself, else those of its network."""
        blocks = self.workspace.handbook.slots
        own = [block for block in blocks if account.name in block.channels]
        return own or [block for block in blocks if account.network in block.channels]

    def _of_day(self, account: Account, day: date) -> list[PostingSlot]:
        """The slots on a day of the account's clock; of two blocks with the same moment the first counts."""
        if (account.name, day) not in self._days:
            self._days[account.name, day] = self._find(account, day)
        return self._days[account.name, day]

    def _find(self, account: Account, day: date) -> list[PostingSlot]:
        found: dict[datetime, PostingSlot] = {}
        for block in self._blocks(account):
            for near in (day - timedelta(days=1), day, day + timedelta(days=1)) if block.timezone else (day,):
                for slot in self._of_block(block, account, near):
                    if slot.day == day:
                        found.setdefault(slot.at, slot)
        return [found[at] for at in sorted(found)]

    def _of_block(self, block: PostingSlots, account: Account, day: date) -> Iterator[PostingSlot]:
        specials = self.specials(day)
        kinds = {one.kind for one in specials}
        if (DayKind.PUBLIC in kinds and not block.holidays) or (DayKind.SCHOOL in kinds and not block.school):
            return
        for clock in block.clocks(day):
            said = WallTime(datetime.combine(day, clock), block.timezone or str(self.zone(account)))
            local = said.instant().astimezone(self.zone(account))
            wall = WallTime(local.replace(tzinfo=None, fold=0), str(self.zone(account)))
            plain = said.existence() is Existence.ONCE and wall.existence() is Existence.ONCE
            if plain and is_open(local, account, self.workspace.settings):
                yield PostingSlot(account, said.instant().astimezone(UTC), wall, block, self.specials(wall.wall.date()))
