"""The values that a file holds, kept small: what is the same for all values of a row is kept once.

A file of 200,000 posts has a million and a half of them. As objects they would take more memory than all else together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, TypeAlias, overload

from toolkit.model import Observation
from toolkit.values import dataclass

BATCH: Final = 4096  # sightings
Columns: TypeAlias = dict[str, list[str] | list[float] | list[datetime] | list[datetime | None]]


@dataclass(frozen=True, slots=True)
class Sighting:
    """Whose values a row holds, and when they were counted."""

    subject: str
    channel: str
    observed_at: datetime  # aware
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The values of one sighting, by metric."""

    published_at: datetime | None
    values: dict[str, float]


Place: TypeAlias = tuple[str, str, datetime]  # subject, channel, moment


def place_of(sighting: Sighting) -> Place:
    """What two sightings of the same thing at the same moment have in common."""
    return sighting.subject, sighting.channel, sighting.observed_at


class Observations(Sequence[Observation]):
    """Values as observations, each made when somebody looks at it."""

    def __init__(self, seen: dict[Place, Seen], source: str, import_id: str) -> None:
        self._seen = seen
        self._source = source
        self._import_id = import_id
        self._count = sum(len(one.values) for one in seen.values())

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Observation]:
        for (subject, channel, at), one in self._seen.items():
            for metric, value in one.values.items():
                yield Observation(subject, channel, metric, value, at, one.published_at, self._source, self._import_id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list: it is compared by what it holds

    def __repr__(self) -> str:
        return repr(tuple(self))

    @overload
    def __getitem__(self, at: int) -> Observation: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Observation, ...]: ...
    def __getitem__(self, at: int | slice) -> Observation | tuple[Observation, ...]:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            return tuple(islice(self, start, stop, step)) if step > 0 else tuple(self)[at]
        index = at + len(self) if at < 0 else at
        if not 0 <= index < len(self):
            raise IndexError(at)
        return next(islice(self, index, None))

    def sightings(self) -> Iterator[Sighting]:
        """Whose values there are, and of when; each once, whatever was counted."""
        return (Sighting(*place, one.published_at) for place, one in self._seen.items() if one.values)

    def batches(self) -> Iterator[Columns]:
        """The same as columns, some thousand sightings at a time, by the names of `Observation`."""
        rest = iter(self._seen.items())
        while some := list(islice(rest, BATCH)):
            counts = [(place, one, len(one.values)) for place, one in some]
            rows = sum(count for _place, _one, count in counts)
            yield {
                "subject": [place[0] for place, _one, count in counts for _ in range(count)],
                "channel": [place[1] for place, _one, count in counts for _ in range(count)],
                "metric": [metric for _place, one, _count in counts for metric in one.values],
                "value": [value for _place, one, _count in counts for value in one.values.values()],
                "observed_at": [place[2] for place, _one, count in counts for _ in range(count)],
                "published_at": [one.published_at for _place, one, count in counts for _ in range(count)],
                "source": [self._source] * rows,
                "import_id": [self._import_id] * rows,
            }


def sightings_of(observations: Sequence[Observation]) -> Iterator[Sighting]:
    """Whose values these are; where they are objects, one for each."""
    if isinstance(observations, Observations):
        return observations.sightings()
    return (Sighting(one.subject, one.channel, one.observed_at, one.published_at) for one in observations)


def batches_of(observations: Sequence[Observation]) -> Iterator[Columns]:
    """Observations as columns, some thousand at a time, by the names of `Observation`."""
    if isinstance(observations, Observations):
        yield from observations.batches()
        return
    names = tuple(Observation.__slots__)
    for start in range(0, len(observations), BATCH):
        some = observations[start : start + BATCH]
        yield {name: [getattr(one, name) for one in some] for name in names}
