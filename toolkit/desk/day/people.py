"""Who is on call, and who is on duty: whoever does community work and is there."""

from __future__ import annotations

from datetime import datetime

from toolkit.desk.crisis.calling import on_duty
from toolkit.desk.crisis.ground import name_of
from toolkit.settings import Settings
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Crew:
    """Names; `absent` with who stands in, "" for nobody."""

    on_call: tuple[str, ...]
    on_duty: tuple[str, ...]
    absent: tuple[tuple[str, str], ...]


def find_crew(settings: Settings, now: datetime) -> Crew:
    """The people of today; `now` on the workspace's clock."""
    community = [one for one in settings.people.values() if "community" in one.roles]
    away = [one for one in settings.people.values() if one.absent(now.date())]
    return Crew(
        tuple(name_of(settings, one) for one in on_duty(settings, now)[:2]),
        tuple(name_of(settings, one.key) for one in community if not one.absent(now.date())),
        tuple((name_of(settings, one.key), name_of(settings, one.deputy) if one.deputy else "") for one in away),
    )
