"""What every page about a crisis stands on: where and when it is acted in, the people with their names, what is fresh.

Incidents are read from the working folder with each request: what somebody wrote a second ago is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from toolkit.approval import present_person
from toolkit.community.crisis.deadlines import duty_word, next_deadline, say_length
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.situation import Situation
from toolkit.desk.endpoint import Visit
from toolkit.errors import LeitstandError
from toolkit.ledger import Row
from toolkit.messages import _
from toolkit.settings import Settings
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """What is owed next: in words, until when, and how long is left or by how much it is late."""

    what: str
    due: datetime  # on the workspace's clock
    late: bool
    words: str


def situation_of(visit: Visit) -> Situation:
    """Where and when this request acts."""
    house = visit.house
    now = visit.now.astimezone(house.zone).replace(microsecond=0)
    return Situation(house.root, house.settings, house.state, house.environ, now)


def clock_of(incident: Incident, now: datetime) -> Clock | None:
    """The open deadline; None when nothing is owed."""
    owed = next_deadline(incident)
    if owed is None:
        return None
    late = owed.due < now
    left = say_length(max(abs(owed.due - now), timedelta(minutes=1)))
    words = _("{length} too late").format(length=left) if late else _("{length} left").format(length=left)
    return Clock(duty_word(owed.duty), owed.due.astimezone(now.tzinfo), late, words)


def rows_of(situation: Situation) -> tuple[tuple[Row, ...], str]:
    """What the ledger knows, or why nobody can tell: a crisis does not wait for it."""
    try:
        return situation.rows(), ""
    except LeitstandError as error:
        return (), str(error)


def name_of(settings: Settings, person: str) -> str:
    """What people are called."""
    known = settings.people.get(person)
    return known.name if known is not None and known.name else person


def names_of(settings: Settings) -> Mapping[str, str]:
    """Everybody's name."""
    return {key: name_of(settings, key) for key in settings.people}


def there_today(settings: Settings, person: str, now: datetime) -> bool:
    """Whether somebody is not absent on the day of `now`."""
    known = settings.people.get(person)
    return known is not None and present_person(known, settings, now.date()) is known
