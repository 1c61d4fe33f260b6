"""What could be suggested, by channel, and among it what weighs alike: of five thousand ideas few differ on a scale.

What counts on the scale is everything but a candidate's name and text. So only one of each kind is weighed, the oldest, and
taking one out costs no walk over the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from toolkit.planning.candidates import Candidate
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Alike:
    """Candidates of one kind: the oldest of them, its place among all, and how many there are."""

    oldest: Candidate
    place: int
    count: int


class Pool:
    """Candidates in their order, the oldest first. Shrinks while they are given away."""

    def __init__(self, everything: Iterable[Candidate]) -> None:
        found = tuple(everything)
        self._places = {one.path: place for place, one in enumerate(found)}
        self._occasions = {one.path: one for one in found if one.occasion}
        self._kinds: defaultdict[str, dict[Candidate, dict[str, Candidate]]] = defaultdict(dict)
        for one in found:
            kind = _kind(one)
            for channel in one.channels:
                self._kinds[channel].setdefault(kind, {})[one.path] = one

    def of_channel(self, channel: str) -> Iterator[Alike]:
        """What could go out on an account."""
        for alike in self._kinds[channel].values():
            oldest = next(iter(alike.values()))
            yield Alike(oldest, self._places[oldest.path], len(alike))

    def occasions(self) -> tuple[Candidate, ...]:
        """What is made for a day."""
        return tuple(self._occasions.values())

    def take(self, one: Candidate) -> None:
        """Take it out: it has its place."""
        kind = _kind(one)
        self._occasions.pop(one.path, None)
        for channel in one.channels:
            del self._kinds[channel][kind][one.path]
            if not self._kinds[channel][kind]:
                del self._kinds[channel][kind]


def _kind(one: Candidate) -> Candidate:
    return replace(one, key="", path="", title="", channels=())
