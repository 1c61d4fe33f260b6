"""The seam between a report and what runs its notebook: a `Job` goes in, an `Outcome` comes out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from toolkit.reports.isolation import Isolation, Limits
from toolkit.values import dataclass

Progress = Callable[[int, int], None]  # cells done, cells in all


@dataclass(frozen=True, slots=True)
class Front:
    """What the outputs say around the notebook: which workspace, which report, as of when, in which language."""

    workspace: Path
    name: str
    month: str  # 2026-10
    language: str
    now: datetime  # aware


@dataclass(frozen=True, slots=True)
class Job:
    """A notebook to run with parameters. Its files go into `folder`, complete or not.

    `readable` are the files and folders of workspace and state that are open to it, beside Python's own.
    """

    notebook: Path
    parameters: Mapping[str, object]
    folder: Path
    front: Front
    readable: tuple[Path, ...]
    limits: Limits = field(default_factory=Limits)
    imports: tuple[str, ...] | None = None  # the only ones that the notebook sees of the store; None: all

    @property
    def executed(self) -> Path:
        """The executed notebook."""
        return self.folder / f"{self.front.name}.ipynb"

    def to_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> Job:
        """The job that `to_json` wrote."""
        raw = json.loads(text)
        front = raw["front"]
        moment = datetime.fromisoformat(front["now"])
        return cls(
            notebook=Path(raw["notebook"]),
            parameters=raw["parameters"],
            folder=Path(raw["folder"]),
            front=Front(**{**front, "workspace": Path(front["workspace"]), "now": moment}),
            readable=tuple(map(Path, raw["readable"])),
            limits=Limits(**raw["limits"]),
            imports=tuple(raw["imports"]) if raw["imports"] is not None else None,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run went: what failed besides cells, how the notebook was walled in, processor seconds of both processes."""

    failures: tuple[str, ...] = ()
    isolation: Isolation | None = None
    cpu: float = 0.0

    def to_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Outcome:
        """The outcome that `to_json` wrote."""
        raw = json.loads(text)
        return cls(tuple(raw["failures"]), read_isolation(json.dumps(raw["isolation"])), raw["cpu"])


def read_isolation(line: str | bytes) -> Isolation | None:
    """What a kernel said about its walls; None when it said nothing."""
    raw = json.loads(line or "null")
    return Isolation(**{**raw, "limits": tuple(raw["limits"])}) if raw else None


class Runner(Protocol):
    """What runs jobs, from several threads at once."""

    def run(self, job: Job, progress: Progress) -> Outcome:
        """Run the job to its end; its files are written, unless the report's own process ended before.

        Raises `ReportError` when it could not be run at all.
        """
        ...

    def close(self) -> None:
        """End what runs, with everything that it started."""
        ...
