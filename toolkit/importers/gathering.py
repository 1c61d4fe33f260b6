"""What is found in a file, row by row: observations, posts, problems; and each thing once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Final

from toolkit.importers.base import Columns, Document, Extract
from toolkit.importers.found import Observations, Place, Seen, Sighting, place_of
from toolkit.importers.problems import file_problem
from toolkit.importers.rows import Cell
from toolkit.importers.sheet import Sheet
from toolkit.messages import _, ngettext
from toolkit.model import Problem, Severity, Subject
from toolkit.values import dataclass

__all__ = ["SIGNED", "Gathering", "Sighting"]

SIGNED: Final = frozenset({"revenue", "follows"})  # refunds and unfollows can outweigh a day; nothing else is negative


@dataclass
class Gathering:
    """Grows while a file is read; `extract` is what came of it."""

    document: Document
    source: str  # the importer's name
    problems: list[Problem] = field(default_factory=list)
    found: dict[Place, Seen] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    rows: int = 0
    matched: set[str] = field(default_factory=set)
    unmatched: set[str] = field(default_factory=set)
    zones: set[str] = field(default_factory=set)  # of times of day, that posts of ours prove
    repeated: int = 0
    _import_id: str = ""

    def __post_init__(self) -> None:
        self._import_id = self.document.import_id
        self.problems.extend(self.document.export.problems)

    def problem(self, sheet: Sheet, cell: Cell, message: str, severity: Severity = Severity.ERROR) -> None:
        """Note a problem at a cell."""
        self.problems.append(sheet.problem(cell, message, severity))

    def remark(self, message: str, severity: Severity = Severity.HINT) -> None:
        """Note something about the whole file."""
        self.problems.append(file_problem(self.document.path, message, severity))

    def observe_row(
        self, sheet: Sheet, where: Callable[[str], Cell], sighting: Sighting, values: dict[str, float]
    ) -> None:
        """Take a row's values over, by metric; `where` is asked for the cell of one only if there is something to say."""
        place = place_of(sighting)
        if place not in self.found and min(values.values(), default=0) >= 0:
            self.found[place] = Seen(sighting.published_at, values)
            return
        for metric, value in values.items():
            self.observe(sheet, where(metric), sighting, metric, value)

    def observe(self, sheet: Sheet, cell: Cell, sighting: Sighting, metric: str, value: float) -> None:
        """Take one value over; the same again counts once, and two values for one moment are a problem."""
        if value < 0 and metric not in SIGNED:
            self.problem(sheet, cell, _("{metric} cannot be negative").format(metric=metric))
            return
        values = self._values(sighting)
        before = len(values)
        earlier = values.setdefault(metric, value)
        if earlier != value:
            message = _("another row says {value:g} for the same {metric} at the same moment")
            self.problem(sheet, cell, message.format(value=earlier, metric=metric))
        elif before == len(values):
            self.repeated += 1

    def count(self, value: float, sighting: Sighting, metric: str) -> None:
        """Add to the amount of a day, as where a shop has a row for each order."""
        values = self._values(sighting)
        values[metric] = value + values.get(metric, 0)

    def has(self, sighting: Sighting, metric: str) -> bool:
        """Whether there is a value already."""
        seen = self.found.get(place_of(sighting))
        return seen is not None and metric in seen.values

    def _values(self, sighting: Sighting) -> dict[str, float]:
        return self.found.setdefault(place_of(sighting), Seen(sighting.published_at, {})).values

    def forget(self, subject: str) -> None:
        """Leave out everything about a subject."""
        self.found = {place: one for place, one in self.found.items() if place[0] != subject}

    def describe(self, subject: Subject) -> None:
        """What the file says about a post that has no file here; the first word wins."""
        self.subjects.setdefault(subject.uid, subject)

    def extract(self, columns: Iterable[Columns] = ()) -> Extract:
        """Everything that was gathered."""
        self._say_repeated()
        together = _join(columns)
        return Extract(
            observations=Observations(self.found, self.source, self._import_id),
            problems=tuple(self.problems),
            subjects=tuple(self.subjects.values()),
            columns=together,
            rows=self.rows,
            matched=len(self.matched),
            unmatched=len(self.unmatched),
        )

    def _say_repeated(self) -> None:
        if self.repeated:
            message = ngettext(
                "{count} value stands in the file twice and counts once",
                "{count} values stand in the file twice and count once",
                self.repeated,
            )
            self.remark(message, Severity.WARNING)


def _join(columns: Iterable[Columns]) -> Columns:
    used: dict[str, str] = {}
    ignored: dict[str, None] = {}
    dropped: dict[str, None] = {}
    for one in columns:
        used |= one.used
        ignored |= dict.fromkeys(one.ignored)
        dropped |= dict.fromkeys(one.dropped)
    return Columns(used, tuple(ignored), tuple(dropped))
