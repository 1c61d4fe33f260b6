"""The table ``[oncall]``: who is called when something cannot wait until somebody looks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.settings.wording import unknown_name
from toolkit.values import dataclass

TABLE: Final = "oncall"
KEYS: Final[Mapping[str, str]] = {
    "rota": "People who are called by turns, in their order; deputies for the absent. Default: whoever has the role community.",
    "start": "The day on which the first of them begins, such as 2026-11-23.",
    "turn": "Days of a turn. Default: 7.",
    "handover": "The time of day at which a turn begins, in the workspace's zone. Default: 09:00.",
    "swaps": "List of {person, from, to}: turns that somebody else takes, both days inclusive.",
    "night": "Smallest risk class that somebody is called for outside of service hours, 1 to 3. Default: 3.",
    "day": "Smallest risk class that somebody is called for within service hours, 1 to 3. Default: 3.",
    "within": "Minutes after which the next person is called, until somebody says that they take it. Default: 15.",
}
_CLASSES: Final = (1, 3)
_MINUTES: Final = (1, 10_000)
_DAYS: Final = (1, 366)


@dataclass(frozen=True, slots=True)
class Swap:
    """Somebody takes these turns, from the handover of the first day to that after the last."""

    person: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class OncallPolicy:
    """Who is called when, and for what."""

    rota: tuple[str, ...] = ()
    start: date = date(2024, 1, 1)  # a Monday
    turn: int = 7
    handover: time = time(9)
    swaps: tuple[Swap, ...] = ()
    night: int = 3
    day: int = 3
    within: timedelta = timedelta(minutes=15)

    def order(self, moment: datetime) -> tuple[str, ...]:
        """Who is called one after the other at a wall time of the workspace: whoever is on duty, then who comes next."""
        duty = moment.date() if moment.time() >= self.handover else moment.date() - timedelta(days=1)
        swapped = next((swap.person for swap in self.swaps if swap.first <= duty <= swap.last), "")
        if not self.rota:
            return (swapped,) if swapped else ()
        at = (duty - self.start).days // self.turn % len(self.rota)
        usual = (*self.rota[at:], *self.rota[:at])
        # Who has swapped is away: asked last.
        return tuple(dict.fromkeys((swapped, *usual[1:], usual[0]) if swapped else usual))


def read_oncall(reader: Reader, raw: Mapping[str, object], people: Collection[str]) -> OncallPolicy | None:
    """The policy of the table; None without it: then nobody is called."""
    if TABLE not in raw:
        return None
    table, usual = reader.table(reader.sub(raw, TABLE), TABLE, KEYS), OncallPolicy()
    rota = reader.words(table, TABLE, "rota", ())
    for name in rota:
        if name not in people:
            reader.error(TABLE, "rota", unknown_name(_("person"), name, dict.fromkeys(people)))
    start = reader.value(table, TABLE, "start", date, usual.start)
    if len(rota) > 1 and "start" not in table:
        reader.error(TABLE, "start", _("{key} is missing, such as {example}").format(key="start", example="2026-11-23"))
    return OncallPolicy(
        rota,
        start.date() if isinstance(start, datetime) else start,
        _number(reader, table, "turn", usual.turn, _DAYS),
        _handover(reader, table, usual.handover),
        _swaps(reader, table, people),
        _number(reader, table, "night", usual.night, _CLASSES),
        _number(reader, table, "day", usual.day, _CLASSES),
        timedelta(minutes=_number(reader, table, "within", 15, _MINUTES)),
    )


def _number(reader: Reader, table: Mapping[str, object], key: str, usual: int, span: tuple[int, int]) -> int:
    value, (least, most) = reader.value(table, TABLE, key, int, usual), span
    if least <= value <= most:
        return value
    message = _("{key} must be between {least} and {most}")
    reader.error(TABLE, key, message.format(key=key, least=least, most=most))
    return usual


def _handover(reader: Reader, table: Mapping[str, object], usual: time) -> time:
    said = table.get("handover", usual)
    if isinstance(said, str):
        try:
            said = time.fromisoformat(said)
        except ValueError:
            said = None
    if isinstance(said, time) and said.tzinfo is None:
        return said
    reader.error(
        TABLE, "handover", _("{key} must be a time such as {example}").format(key="handover", example='"09:00"')
    )
    return usual


def _swaps(reader: Reader, table: Mapping[str, object], people: Collection[str]) -> tuple[Swap, ...]:
    found = []
    entries = table.get("swaps", [])
    for entry in entries if isinstance(entries, list) else [entries]:
        values = entry if isinstance(entry, dict) else {}
        person, first, last = values.get("person"), values.get("from"), values.get("to")
        if isinstance(person, str) and isinstance(first, date) and isinstance(last, date) and first <= last:
            if person not in people:
                reader.error(TABLE, "swaps", unknown_name(_("person"), person, dict.fromkeys(people)))
            found.append(Swap(person, first, last))
        else:
            shape = "{person = 'mai', from = 2026-12-21, to = 2026-12-27}"
            reader.error(TABLE, "swaps", _("an entry of {key} looks like: {shape}").format(key="swaps", shape=shape))
    return tuple(found)
