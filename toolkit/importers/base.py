"""What an importer is to the rest of Leitstand: it recognises a file and turns it into observations and problems."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from toolkit.model import Observation, Problem, Severity, Subject

RULE = "import"


@dataclass(frozen=True, slots=True)
class Document:
    """A file to import and what its reader has to know.

    `account` is the channel of rows that name none, `zone` the IANA zone of times without an offset, and `channels`
    the accounts of the workspace (empty: unknown, nothing is compared).
    """

    path: str  # as the user wrote it; shown in problems
    data: bytes
    zone: str
    now: datetime  # aware; nothing can have been observed later
    account: str = ""
    channels: Collection[str] = ()

    @property
    def import_id(self) -> str:
        """The same for the same bytes and account, so that an import is recognised the second time; hashes all bytes."""
        return hashlib.sha256(self.account.encode() + b"\0" + self.data).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file holds: the good rows, and a problem for every other one."""

    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...] = ()
    subjects: tuple[Subject, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether no row is in error."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


class Importer(Protocol):
    """One kind of export file. A module with these three names is an importer."""

    TITLE: str

    def identify(self, head: bytes) -> bool:
        """Whether a file that begins with `head` (4 KiB) is of this kind."""

    def extract(self, document: Document) -> Extract:
        """Everything in the file; never raises for what stands in it."""
