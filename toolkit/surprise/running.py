"""The detector of a daemon: one count after another, and a memory that survives a restart.

It remembers counts and not sums: 14 days of five minutes are about 4,000 small numbers, some 12 kB as JSON. Each count
is judged by the same functions as a whole file, over what is remembered, so the two cannot drift apart.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, TypedDict

from toolkit.surprise.alarms import Alarm
from toolkit.surprise.grid import Bin, Count, Grid, Placed, extend
from toolkit.surprise.judging import Reading, judge_placed, tell
from toolkit.surprise.tuning import Level, Tuning
from toolkit.values import dataclass

FORMAT: Final = 1


class Memory(TypedDict):
    """What `Detector.memory` gives: plain JSON. `totals` are the last bins, oldest first, null where unseen."""

    format: int
    step: float
    begins: str | None
    totals: list[int | None]
    told_at: str | None
    told_level: str | None


class ForgottenError(ValueError):
    """A memory that cannot be used, because it is damaged or of another step; start with an empty one."""


@dataclass(slots=True)
class Detector:
    """Judges the counts of one series as they come. `begins` is when the last bin of `totals` began."""

    tuning: Tuning
    totals: list[int | None]
    begins: datetime | None = None
    told: Alarm | None = None

    @classmethod
    def empty(cls, tuning: Tuning) -> Detector:
        """A detector that has seen nothing."""
        return cls(tuning, [])

    @classmethod
    def recall(cls, memory: Memory, tuning: Tuning) -> Detector:
        """Go on from a memory. Windows, history and thresholds may have changed since, the step may not.

        Raises `ForgottenError`.
        """
        try:
            if memory["format"] != FORMAT or memory["step"] != tuning.step.total_seconds():
                raise ForgottenError("a memory of another format or another step")
            begins = _moment(memory["begins"])
            totals = [None if total is None else min(int(total), tuning.greatest) for total in memory["totals"]]
            told_at, level = _moment(memory["told_at"]), memory["told_level"]
            told = Alarm(told_at, Level(level)) if told_at is not None and level is not None else None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ForgottenError(f"an unusable memory: {error}") from error
        if (begins is None) != (not totals) or any(total is not None and total < 0 for total in totals):
            raise ForgottenError("an unusable memory: bins without their time, or less than nothing in one")
        return cls(tuning, totals[-tuning.remembered :], begins, told)

    def memory(self) -> Memory:
        """What `recall` needs, as plain JSON."""
        return Memory(
            format=FORMAT,
            step=self.tuning.step.total_seconds(),
            begins=None if self.begins is None else self.begins.isoformat(),
            totals=list(self.totals),
            told_at=None if self.told is None else self.told.at.isoformat(),
            told_level=None if self.told is None else self.told.level.value,
        )

    def append(self, count: Count) -> Reading:
        """Take the next count and judge it; one that falls into the last bin is added to it.

        Raises `ValueError` for a count before the last bin, and takes nothing then.
        """
        last = None if self.begins is None else Bin(self.begins, self.totals[-1])
        ahead, now = Grid.of(self.tuning).place(last, count)
        extend(self.totals, ahead, now.total)
        del self.totals[: -self.tuning.remembered]
        self.begins = now.begins
        placed = Placed(tuple(self.totals), (len(self.totals) - 1,), (now.total or 0,))
        [judged] = judge_placed([count], placed, self.tuning)
        reading = tell(judged, self.told, self.tuning)
        self.told = reading.alarm or self.told
        return reading


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC)
