"""What is known of one incident: the head of its file, and its timeline."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from toolkit.values import dataclass


class Deed(StrEnum):
    """What a line of the timeline is, as files and programs name it."""

    DECLARED = "declared"
    LEVEL = "level"
    NOTE = "note"
    DECISION = "decision"
    PUBLIC = "public"  # something was said in public
    DONE = "done"  # a box of the list was ticked
    UNDONE = "undone"  # and opened again
    CLOSED = "closed"


# What tells that it goes on; the end of it is counted from the last of these.
NEWS = frozenset({Deed.DECLARED, Deed.LEVEL, Deed.NOTE})
BOXES = frozenset({Deed.DONE, Deed.UNDONE})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline; `at` is aware."""

    at: datetime
    by: str
    deed: Deed
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """One box of the list of what is done by hand."""

    text: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A holding statement of this incident: the post that waits, and the uid under which it goes out, once."""

    post: str
    uid: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One file of content/incidents. Durations None where the playbook wants nothing."""

    id: str
    path: str
    playbook: str
    title: str
    level: int
    declared: datetime
    declared_by: str
    reason: str
    owner: str = ""
    backup: str = ""
    first_due: datetime | None = None
    update_every: timedelta | None = None
    closed: datetime | None = None
    paused: tuple[str, ...] = ()
    holding: tuple[Prepared, ...] = ()
    entries: tuple[Entry, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def spoken(self) -> tuple[datetime, ...]:
        """When something was said in public, in order."""
        return tuple(sorted(entry.at for entry in self.entries if entry.deed is Deed.PUBLIC))

    def ticked(self, task: Task) -> Entry | None:
        """Who ticked a box and when; None when it is open, or when somebody did it in the file itself."""
        found = [one for one in self.entries if one.deed in BOXES and one.text == task.text]
        return found[-1] if task.done and found and found[-1].deed is Deed.DONE else None
