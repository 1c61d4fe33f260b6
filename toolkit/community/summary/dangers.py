"""The handbook's dangers in a week: how many messages told of each, and the incidents that somebody declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from toolkit.community.crisis.incident import Incident
from toolkit.community.summary.spoken import Spoken
from toolkit.community.summary.week import Week
from toolkit.community.triage.phrasing import tells
from toolkit.values import dataclass
from toolkit.workspace import Risk


@dataclass(frozen=True, slots=True)
class Danger:
    """One of the handbook's dangers, its class, and how many messages told of it, in the week and in the one before."""

    name: str
    level: int
    count: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Declared:
    """An incident that was declared or still open in the week; its title is the team's."""

    id: str
    title: str
    level: int
    open: bool


def count_dangers(week: Week, weeks: Mapping[Week, Sequence[Spoken]], risks: Iterable[Risk]) -> list[Danger]:
    """Those that any message told of, the gravest first."""
    earlier = weeks.get(week.shift(-1))
    found = [
        Danger(one.name, one.level, _count(one, weeks.get(week, ())), None if earlier is None else _count(one, earlier))
        for one in risks
    ]
    return sorted((one for one in found if one.count), key=lambda one: (-one.level, -one.count, one.name))


def find_declared(incidents: Iterable[Incident], span: tuple[datetime, datetime]) -> Iterator[Declared]:
    """The incidents that touch a span of time, as they stand at its end."""
    since, until = span
    for one in incidents:
        if one.declared < until and (one.closed is None or one.closed >= since):
            still = one.closed is None or one.closed >= until
            yield Declared(one.id, one.title, one.level, still)


def _count(risk: Risk, spoken: Sequence[Spoken]) -> int:
    wording = risk.wording
    about = (one for one in spoken if one.text and _is_about(risk, one))
    return sum(tells(wording.words, wording.patterns, one.text) is True for one in about)


def _is_about(risk: Risk, one: Spoken) -> bool:
    channels, languages = risk.wording.channels, risk.wording.languages
    return (not channels or one.channel in channels) and (
        not languages or not one.language or one.language in languages
    )
