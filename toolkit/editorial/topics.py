"""No-go topics: the ``no-go`` blocks of the handbook, asked by what they are about and by the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from toolkit.model import Problem
from toolkit.workspace import Topic, Workspace
from toolkit.workspace.statements import Place


def read_topics(workspace: Workspace) -> tuple[tuple[Topic, ...], tuple[Problem, ...]]:
    """Every no-go topic of the handbook, and the blocks that cannot be used."""
    handbook = workspace.handbook
    return handbook.topics, tuple(problem for problem in handbook.problems if problem.rule == "no-go")


def closed(topics: Iterable[Topic], place: Place, day: date) -> Iterator[Topic]:
    """The topics that nobody touches there on that day."""
    return (one for one in topics if one.holds(day) and one.concerns(place))
