"""One round of telling: who is new to what, one message for each person, and what became of it.

`begin` and `finish` are quick and use the ledger; between them messages travel, in a thread that holds up nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from toolkit.alerts.alert import Alert
from toolkit.alerts.finding import find_alerts
from toolkit.alerts.letter import Letter, write_letter
from toolkit.alerts.memory import Memory
from toolkit.alerts.oncall import CALLS, follow_calls, taken_alerts
from toolkit.alerts.record import Record, read_record
from toolkit.alerts.scene import Scene
from toolkit.alerts.stopping import follow_stops
from toolkit.messages import _
from toolkit.values import dataclass

# Under this name the room keeps its notes in the ledger; accounts are called ``network:id``.
NOTES: Final = "alerts"
STOPS: Final = "pauses"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message to one person that this round alone may send, until its lease is over."""

    person: str
    letter: Letter
    keys: tuple[str, ...]
    record: Record
    note: str  # as it stands in the memory


def begin(scene: Scene, memory: Memory) -> list[Envelope]:
    """Find what is new and claim a message for each person who is to be told."""
    stops, calls = remember(STOPS, follow_stops, scene, memory), remember(CALLS, follow_calls, scene, memory)
    # That somebody has taken it needs nobody, so that it is no entry of the list that `find_alerts` makes.
    return claim(scene, [*find_alerts(scene, stops, calls), *taken_alerts(calls, scene)], memory)


def remember(name: str, follow: Callable[[str, Scene], str], scene: Scene, memory: Memory) -> str:
    """What was seen up to now, with what is seen now: pauses, or what somebody is called for."""
    before = memory.read(name)
    after = follow(before, scene)
    if after == before or memory.swap(name, before, after):
        return after
    return memory.read(name)


def claim(scene: Scene, alerts: Sequence[Alert], memory: Memory) -> list[Envelope]:
    """One envelope for each person with news, unless another dispatcher is at it or they have to wait."""
    found = []
    for person in dict.fromkeys(name for alert in alerts for name in alert.to):
        note = memory.read(_name(person))
        record = read_record(note)
        news = [alert.said_to(person) for alert in record.news(one for one in alerts if person in one.to)]
        if not news or not record.may_send(scene.now, scene.workspace.settings.alerts.hourly):
            continue
        leased = record.leased(scene.now)
        if memory.swap(_name(person), note, leased.to_text()):
            letter = write_letter(scene.workspace.settings.name, news)
            keys = tuple(alert.key for alert in news)
            found.append(Envelope(person, letter, keys, leased, leased.to_text()))
    return found


def finish(envelopes: Iterable[Envelope], outcomes: Mapping[str, str], memory: Memory, now: datetime) -> list[str]:
    """Record who was told (person → "" or why not); returns a line for the log about everybody who was not."""
    lines = []
    for envelope in envelopes:
        why = outcomes.get(envelope.person, "")
        record = envelope.record.failed(envelope.keys, now) if why else envelope.record.arrived(envelope.keys, now)
        memory.swap(_name(envelope.person), envelope.note, record.to_text())
        if why:
            lines.append(_say_failure(envelope, record, why))
    return lines


def told_of(person: str, memory: Memory) -> Record:
    """What one person has been told."""
    return read_record(memory.read(_name(person)))


def _say_failure(envelope: Envelope, record: Record, why: str) -> str:
    given_up = [key for key in envelope.keys if key in record.told]
    if given_up:
        message = _("{person} could not be told for a day, it is not tried any more: {why}")
    else:
        message = _("{person} could not be told, it is tried again: {why}")
    return message.format(person=envelope.person, why=why)


def _name(person: str) -> str:
    return f"told {person}"
