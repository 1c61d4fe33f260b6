"""Whether somebody is there to answer when a post goes out: the handbook's roster, absences and deputies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.networks import find_network
from toolkit.networks.base import Capability
from toolkit.planning.timetable import Timetable
from toolkit.settings import Account, Settings
from toolkit.values import dataclass
from toolkit.workspace import DayKind, DutyRoster, Turn, Workspace

_STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Cover:
    """Who is there, "" for nobody; `reason` is why not, in a few words, "" when somebody is or nobody need be."""

    person: str = ""
    reason: str = ""

    @property
    def missing(self) -> bool:
        """Whether somebody should be there and nobody is."""
        return bool(self.reason)


@dataclass(frozen=True, slots=True)
class Duty:
    """The duty of a workspace. Without a roster nobody need be there."""

    settings: Settings
    roster: DutyRoster | None
    timetable: Timetable
    closed: tuple[tuple[date, date], ...] = ()  # days on which nobody answers anybody, both included

    def cover(self, moment: datetime, account: Account) -> Cover:
        """Who answers what goes out on the account at an aware moment, within the time that the roster gives."""
        roster = self.roster
        if roster is None or not is_answered(account):
            return Cover()
        local = moment.astimezone(ZoneInfo(self.settings.timezone))
        if any(span.contains(local) for span in roster.unattended):
            return Cover()
        turns = list(self._turns(roster, local))
        present = next((name for turn in turns if (name := self._present(turn.person, local))), "")
        return Cover(present) if present else Cover(reason=self._why(turns, local))

    def turns_on(self, day: date) -> tuple[Turn, ...]:
        """The turns of a day; of the usual week some begin on others."""
        if self.roster is None:
            return ()
        return self.roster.days.get(day, () if self._is_off(day, self.roster) else self.roster.turns)

    def _turns(self, roster: DutyRoster, local: datetime) -> Iterator[Turn]:
        """The turns that begin to count soon enough after `local`."""
        for step in range(-(-roster.within // _STEP) + 1):
            at = local + min(step * _STEP, roster.within)
            for turn in self.turns_on(at.date()):
                if any(span.contains(at) for span in turn.hours):
                    yield turn

    def _is_off(self, day: date, roster: DutyRoster) -> bool:
        """Whether the usual week does not hold."""
        if any(first <= day <= last for first, last in self.closed):
            return True
        return not roster.holidays and any(one.kind is DayKind.PUBLIC for one in self.timetable.specials(day))

    def _present(self, name: str, local: datetime) -> str:
        """The person, else their deputy, if one of them is not away."""
        person = self.settings.people.get(name)
        if person is None:
            return ""
        if not person.absent(local.date()):
            return name
        deputy = self.settings.people.get(person.deputy)
        return person.deputy if deputy is not None and not deputy.absent(local.date()) else ""

    def _why(self, turns: list[Turn], local: datetime) -> str:
        if turns:
            people = self.settings.people
            names = dict.fromkeys(people[turn.person].name for turn in turns if turn.person in people)
            return _("{names} is away, and so is the deputy").format(names=", ".join(names))
        holiday = next((one.name for one in self.timetable.specials(local.date()) if one.kind is DayKind.PUBLIC), "")
        return _("nobody is on duty on {day}").format(day=holiday) if holiday else _("nobody is on duty then")


def is_answered(account: Account) -> bool:
    """Whether people can write back there: not below a feed, a file or a mail to thousands."""
    try:
        network = find_network(account.network)
    except UsageError:
        return True
    return Capability.ANSWER in network.capabilities or not network.silence


def duty_of(workspace: Workspace, timetable: Timetable | None = None) -> Duty:
    """The duty that the handbook says, without the days that its service hours call closed.

    Of several rosters the first counts, and the rule `duty` tells of the others.
    """
    handbook = workspace.handbook
    closed = tuple(span for block in handbook.hours if not block.channels for span in block.closed)
    return Duty(workspace.settings, next(iter(handbook.duty), None), timetable or Timetable(workspace), closed)
