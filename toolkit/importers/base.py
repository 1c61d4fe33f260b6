"""What an importer is to the rest of Leitstand: it recognises a file and turns it into observations and problems."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from functools import cached_property
from typing import Protocol

from toolkit.importers.export import Export, open_export
from toolkit.importers.found import Sighting, sightings_of
from toolkit.importers.matching import NOTHING_KNOWN, KnownPosts
from toolkit.importers.origins import NO_TRACKING, Tracking
from toolkit.importers.problems import RULE
from toolkit.messages import spoken
from toolkit.model import Observation, Problem, Severity, Subject
from toolkit.settings import Account
from toolkit.values import dataclass

__all__ = ["RULE", "Columns", "Document", "Extract", "Importer", "Match", "Menu"]


@dataclass(frozen=True)
class Document:
    """A file to import and what its reader has to know.

    `account` is the channel of rows that name none, `zone` the IANA zone of times without an offset, and `accounts`
    those of the workspace (empty: unknown, nothing is compared).
    """

    path: str  # as the user wrote it; shown in problems
    data: bytes
    zone: str
    now: datetime  # aware; nothing can have been observed later
    account: str = ""
    accounts: Mapping[str, Account] = field(default_factory=dict)
    known: KnownPosts = NOTHING_KNOWN  # what the ledger knows about posts that are out
    observed: datetime | None = None  # aware; when the user says that the file was exported
    salt: str = ""  # what else decides what the file says, such as a mapping
    opened: Export | None = None  # the file as it was opened to recognise it
    tracking: Tracking = NO_TRACKING  # how the workspace's links are tagged
    times: str = ""  # the IANA zone of times of day that name none, where the user said it

    @cached_property
    def export(self) -> Export:
        """The file, opened."""
        return self.opened or open_export(self.path, self.data)

    @cached_property
    def import_id(self) -> str:
        """The same for the same bytes and account, so that an import is recognised the second time; hashes all bytes."""
        said = f"{self.account}\0{self.salt}" if self.salt else self.account
        return hashlib.sha256(said.encode() + b"\0" + self.data).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Columns:
    """What became of a file's columns, by the names that they have in it."""

    used: Mapping[str, str] = field(default_factory=dict)  # its name → ours
    ignored: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()  # because they hold personal data


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file holds: the good rows, and a problem for every other one."""

    observations: Sequence[Observation]
    problems: tuple[Problem, ...] = ()
    subjects: tuple[Subject, ...] = ()
    columns: Columns = Columns()
    rows: int = 0  # rows of data, also those that yield nothing
    matched: int = 0  # posts that the ledger knows
    unmatched: int = 0  # posts that somebody else published

    @property
    def sightings(self) -> Iterator[Sighting]:
        """Whose values there are, and of when."""
        return sightings_of(self.observations)

    @property
    def clean(self) -> bool:
        """Whether no row is in error."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Match:
    """How well a file fits an importer: it is recognised when nothing needed is missing."""

    found: tuple[str, ...] = ()  # columns of the file that the importer knows
    missing: tuple[str, ...] = ()  # needed columns that it has not, by their best-known names

    @property
    def fits(self) -> bool:
        return bool(self.found) and not self.missing

    @property
    def nearness(self) -> float:
        """Among importers that do not fit, the largest is the nearest."""
        known = len(self.found) + len(self.missing)
        return len(self.found) / known if known else 0.0


@dataclass(frozen=True, slots=True)
class Menu:
    """Where people find the export in their network's menus, as these are called in both languages."""

    en: str
    de: str

    def said(self) -> str:
        """In the spoken language."""
        return self.de if spoken() == "de" else self.en


class Importer(Protocol):
    """One kind of export file. A module with these names is an importer; its docstring is its documentation."""

    TITLE: str
    NETWORK: str  # whose accounts it is about; "" for files of any
    MENU: Menu

    def identify(self, export: Export) -> Match:
        """What of a file of this kind is there, and what is missing."""

    def extract(self, document: Document) -> Extract:
        """Everything in the file; never raises for what stands in it."""
