"""Posting slots: the times that the handbook keeps for posts. Blocks of the handbook's pages.

They stand in the page that explains them, as a fence with the word ``slots`` behind it and YAML in it. A post with
`publish: next` takes the next one that is free; see `toolkit.planning.timetable`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Final

from toolkit.messages import _
from toolkit.settings.windows import read_clock, read_days
from toolkit.source import Fields, FrontMatter
from toolkit.values import dataclass
from toolkit.workspace.hours import tell_missing

SLOTS: Final = "slots"
SLOT_KEYS: Final[Mapping[str, str]] = {
    "channels": "Accounts and networks whose posts may take them; what names an account goes before what names its network.",
    "times": "When, such as [tue 08:00, mon-fri 17:30]; 2tue 09:00 is the second Tuesday of the month, -1fri the last Friday.",
    "pillars": "Content pillars they are kept for; default: any.",
    "timezone": "The zone of these times; default: the account's, then the workspace's.",
    "holidays": "Whether they hold on the region's public holidays, too; default: false.",
    "school": "Whether they hold in the region's school holidays, too; default: true.",
    "from": "First day on which they hold; default: always.",
    "until": "Last day on which they hold; default: for ever.",
    "note": "What they are for, in a few words; stands beside what is suggested.",
}
EXAMPLE: Final = "tue 08:00"
_TIME: Final = re.compile(
    r"(?:(?P<nth>-?[1-5])?(?P<days>[a-z]+(?:-[a-z]+)?(?:,[a-z]+(?:-[a-z]+)?)*)\s+)?(?P<clock>\d\d:\d\d)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class PostingTime:
    """A time of day on some days of the week (0 is Monday); with `nth` only on the nth of each in a month, from its end if negative."""

    days: frozenset[int]
    clock: time
    nth: int = 0

    def holds(self, day: date) -> bool:
        """Whether it comes on that day."""
        if day.weekday() not in self.days:
            return False
        if self.nth < 0:
            return (_last_of_month(day) - day.day) // 7 + 1 == -self.nth
        return self.nth in (0, (day.day - 1) // 7 + 1)


@dataclass(frozen=True, slots=True)
class PostingSlots:
    """One block: times that accounts keep for posts."""

    places: FrontMatter
    channels: tuple[str, ...]
    times: tuple[PostingTime, ...]
    pillars: frozenset[str] = frozenset()
    timezone: str = ""
    holidays: bool = False
    school: bool = True
    first: date | None = None
    last: date | None = None
    note: str = ""

    @property
    def path(self) -> str:
        """The page it stands in."""
        return self.places.source.path

    def clocks(self, day: date) -> Iterator[time]:
        """Its times on a day, whatever that day is."""
        if (self.first is None or self.first <= day) and (self.last is None or day <= self.last):
            yield from sorted({one.clock for one in self.times if one.holds(day)})


def read_posting_slots(fields: Fields) -> PostingSlots | None:
    """The times of a ``slots`` block; None, with a problem, when they cannot be used."""
    fields.refuse_unknown(SLOT_KEYS)
    before = len(fields.problems)
    for key, example in (("channels", "[mastodon]"), ("times", f"[{EXAMPLE}]")):
        if not fields.has(key):
            tell_missing(fields, key, _("{key} is missing, such as {example}").format(key=key, example=example))
    school, first, last = fields.flag("school"), fields.day("from"), fields.day("until")
    if first and last and last < first:
        fields.problem("until", _("{last} is before {first}").format(last=last, first=first))
    found = PostingSlots(
        fields.front,
        fields.words("channels"),
        tuple(_times(fields)),
        frozenset(fields.words("pillars")),
        fields.zone("timezone", ""),
        fields.flag("holidays") or False,
        school is not False,
        first,
        last,
        fields.text("note"),
    )
    return found if len(fields.problems) == before else None


def _times(fields: Fields) -> Iterator[PostingTime]:
    for said in fields.words("times"):
        found = read_posting_time(said)
        if found is None:
            message = _("a posting time is written like {example} or {other}, not {value!r}")
            fields.problem("times", message.format(example=EXAMPLE, other="2tue 09:00", value=said))
        else:
            yield found


def read_posting_time(said: str) -> PostingTime | None:
    """``tue 08:00``, ``mon-fri 17:30``, ``2tue 09:00`` or ``12:00``; None for anything else."""
    match = _TIME.fullmatch(said.strip().lower())
    if match is None:
        return None
    days, clock = read_days(match["days"]), read_clock(match["clock"])
    return None if days is None or clock is None else PostingTime(days, clock, int(match["nth"] or 0))


def _last_of_month(day: date) -> int:
    from calendar import monthrange

    return monthrange(day.year, day.month)[1]
