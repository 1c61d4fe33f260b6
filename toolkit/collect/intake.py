"""Taking export files over: which files, which importer, what is new, and then all of a file or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Final

from toolkit.collect.sources import Source
from toolkit.importers import Choice, Document, Extract, Importer, KnownPosts, Match, choose, open_export
from toolkit.importers.export import Export
from toolkit.importers.found import batches_of
from toolkit.importers.mapping import Mapped
from toolkit.importers.matching import NOTHING_KNOWN
from toolkit.importers.origins import NO_TRACKING, Tracking
from toolkit.importers.problems import file_problem, missing_columns
from toolkit.messages import _
from toolkit.metrics import DuplicateImportError, Import, Store
from toolkit.metrics.columns import Rows, table_of_columns
from toolkit.model import Problem
from toolkit.settings import Account
from toolkit.values import dataclass

MAPPING: Final = "mapping"  # the name of imports by one
HEAD: Final = 100  # rows in which a file is recognised
# Of several snapshots of one moment the one that was imported last counts.
_SAME: Final = """
    SELECT count(*) AS same FROM fresh JOIN (
        SELECT subject, channel, metric, observed_at, max_by({'value': value, 'out': published_at}, imported_at) AS last
        FROM observations SEMI JOIN fresh USING (subject, channel, metric, observed_at) GROUP BY ALL
    ) USING (subject, channel, metric, observed_at)
    WHERE last.value = fresh.value AND last.out IS NOT DISTINCT FROM fresh.published_at"""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user said about all files of one call, and what is known beforehand."""

    zone: str
    now: datetime  # aware
    accounts: Mapping[str, Account] = field(default_factory=dict)
    known: KnownPosts = NOTHING_KNOWN
    account: str = ""
    importer: Importer | None = None  # use it, whatever the file looks like
    importer_name: str = ""
    mapping: Mapped | None = None  # use it for all files
    observed: datetime | None = None
    tracking: Tracking = NO_TRACKING
    times: str = ""  # the IANA zone of times of day in the files that name none; "": nobody said


@dataclass(frozen=True, slots=True)
class Read:
    """What a file is and holds. `importer` is "" when none recognises it."""

    source: Source
    extract: Extract
    importer: str = ""
    import_id: str = ""
    nearest: Choice | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file. `known` is the same import of earlier, `same` counts values that were stored before."""

    read: Read
    stored: int = 0
    known: Import | None = None
    same: int = 0

    @property
    def repeated(self) -> bool:
        """Whether the file holds nothing that is not stored already."""
        return self.known is not None or 0 < self.same == len(self.read.extract.observations)

    @property
    def good(self) -> bool:
        """Whether nothing is left to do: what is stored already need not be stored again."""
        return self.repeated or self.stored > 0 or (bool(self.read.importer) and self.read.extract.clean)


def read_source(source: Source, wishes: Wishes) -> Read:
    """Recognise and read one file; nothing is stored."""
    if source.problems:
        return Read(source, Extract((), source.problems))
    mapping = wishes.mapping or source.mapping
    if mapping is not None:
        choice: Choice | None = _mapped(source, mapping)
    elif wishes.importer is not None:
        choice = Choice(wishes.importer_name, wishes.importer, Match(found=("",)))
    else:
        choice = choose(_head(source))
    if choice is None or not choice.fits:
        return Read(source, Extract((), _unrecognised(_head(source), choice)), nearest=choice)
    export = open_export(source.path, source.data, source.modified)
    document = _document(source, export, wishes, (mapping.digest if mapping else "") + wishes.times)
    return Read(source, choice.importer.extract(document), choice.name, document.import_id)


def _head(source: Source) -> Export:
    """Enough of a file to recognise it: a dropped folder may hold large ones that are nothing for us."""
    return open_export(source.path, source.data, source.modified, most=HEAD)


def _mapped(source: Source, mapping: Mapped) -> Choice:
    return Choice(MAPPING, mapping, mapping.identify(_head(source)))


def store_read(read: Read, store: Store, now: datetime, *, dry_run: bool = False, skip_bad: bool = False) -> Taken:
    """Store what was read, all of it or nothing; the same file again, or only values that are stored, is no new import."""
    extract = read.extract
    known = next((one for one in store.imports() if one.id == read.import_id), None)
    if known is not None or not read.importer or not extract.observations:
        return Taken(read, known=known)
    rows = table_of_columns(batches_of(extract.observations))
    taken = Taken(read, same=count_same(store, rows))
    if dry_run or taken.repeated or not (extract.clean or skip_bad):
        return taken
    try:
        stored = store.append_table(rows, imported_at=now, name=read.source.name, subjects=extract.subjects)
    except DuplicateImportError as error:  # somebody else imported the same file meanwhile
        return Taken(read, known=error.earlier)
    return Taken(read, stored, same=taken.same)


def count_same(store: Store, rows: Rows) -> int:
    """How many of the rows are stored already, with the same value and publication for the same moment."""
    if not store.files():
        return 0
    found = store.query(_SAME, {"fresh": rows}).to_pylist()
    return int(found[0]["same"])


def _document(source: Source, export: Export, wishes: Wishes, salt: str = "") -> Document:
    return Document(
        source.path,
        source.data,
        wishes.zone,
        wishes.now,
        wishes.account,
        wishes.accounts,
        wishes.known,
        wishes.observed,
        salt,
        export,
        wishes.tracking,
        wishes.times,
    )


def _unrecognised(export: Export, nearest: Choice | None) -> tuple[Problem, ...]:
    """Why a file cannot be told: it cannot be opened, or it lacks a column, or it is something else."""
    if not export.sheets and export.problems:
        return export.problems
    if nearest is None:
        message = _(
            "no importer recognises this file; leitstand importer list shows which are, and --mapping takes any table"
        )
        return (*export.problems, file_problem(export.path, message))
    message = _("no importer recognises this file; nearest is {title}, but {missing}")
    said = message.format(title=_(nearest.importer.TITLE), missing=missing_columns(nearest.match.missing))
    return (*export.problems, file_problem(export.path, said))
