"""Taking export files over: which files, which importer, what is new, and then all of a file or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.errors import LeitstandError
from toolkit.importers import Choice, Document, Extract, Importer, KnownPosts, Match, choose, open_export
from toolkit.importers.archive import is_archive, read_archive
from toolkit.importers.export import Export
from toolkit.importers.mapping import SUFFIX, Mapped, read_mapping
from toolkit.importers.matching import NOTHING_KNOWN
from toolkit.importers.origins import NO_TRACKING, Tracking
from toolkit.importers.problems import file_problem
from toolkit.messages import _
from toolkit.metrics import Import, Store
from toolkit.model import Observation, Problem
from toolkit.settings import Account

SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt", ".json", ".xls", ".xlsx", ".xlsm", ".ods", ".zip"})
MAPPING: Final = "mapping"  # the name of imports by one
HEAD: Final = 100  # rows in which a file is recognised
LARGEST: Final = 512 << 20  # bytes of one file


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


@dataclass(frozen=True, slots=True)
class Source:
    """One file to import; of an archive, one of its members."""

    path: str  # as the user wrote it, for an archive ``archive.zip/member.csv``
    data: bytes
    modified: datetime | None = None
    problems: tuple[Problem, ...] = ()  # why it could not even be opened
    mapping: Mapped | None = None  # the one that lies beside it

    @property
    def name(self) -> str:
        return self.path.replace("\\", "/").rsplit("/", 1)[-1]


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


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files that `paths` name; of folders, with all below them, those that can be exports.

    Raises FileNotFoundError for a name that is wrong, before anything is imported.
    """
    found: list[Path] = []
    for path in paths:
        path.stat()
        found += sorted(_below(path)) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in SUFFIXES and not hidden and path.is_file():
            yield path


def read_sources(path: Path, zone: str) -> list[Source]:
    """The file, or the files of an archive; one that cannot be opened is a problem and leaves the others alone."""
    try:
        return _open_sources(path, zone)
    except OSError as error:
        message = _("the file cannot be opened: {error}").format(error=error.strerror or str(error))
        return [Source(str(path), b"", problems=(file_problem(str(path), message),))]


def _open_sources(path: Path, zone: str) -> list[Source]:
    about = path.stat()
    if not S_ISREG(about.st_mode):
        # A pipe or a device might never end.
        return [Source(str(path), b"", problems=(file_problem(str(path), _("this is no regular file")),))]
    if about.st_size > LARGEST:
        message = _("the file is larger than {size} MB; split it by months")
        return [Source(str(path), b"", problems=(file_problem(str(path), message.format(size=LARGEST >> 20)),))]
    data = path.read_bytes()
    if not is_archive(data):
        mapping, problems = _mapping_beside(path)
        modified = datetime.fromtimestamp(about.st_mtime, UTC)
        return [Source(str(path), data, modified, tuple(problems), mapping)]
    members, problems = read_archive(str(path), data, ZoneInfo(zone))
    sources = [Source(str(path), b"", problems=(problem,)) for problem in problems]
    return sources + [Source(member.path, member.data, member.modified) for member in members]


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
    document = _document(source, export, wishes, mapping.digest if mapping else "")
    return Read(source, choice.importer.extract(document), choice.name, document.import_id)


def _head(source: Source) -> Export:
    """Enough of a file to recognise it: a dropped folder may hold large ones that are nothing for us."""
    return open_export(source.path, source.data, source.modified, most=HEAD)


def _mapped(source: Source, mapping: Mapped) -> Choice:
    return Choice(MAPPING, mapping, mapping.identify(_head(source)))


def read_mapping_file(path: Path) -> Mapped:
    """The mapping of that file. Raises `LeitstandError` with every problem in it, and OSError."""
    mapping, problems = read_mapping(str(path), path.read_bytes())
    if mapping is None:
        raise LeitstandError("\n".join(map(str, problems)))
    return mapping


def _mapping_beside(path: Path) -> tuple[Mapped | None, list[Problem]]:
    beside = path.with_name(path.name + SUFFIX)
    return read_mapping(str(beside), beside.read_bytes()) if beside.is_file() else (None, [])


def store_read(read: Read, store: Store, now: datetime, *, dry_run: bool = False, skip_bad: bool = False) -> Taken:
    """Store what was read, all of it or nothing; the same file again, or only values that are stored, is no new import."""
    extract = read.extract
    known = next((one for one in store.imports() if one.id == read.import_id), None)
    if known is not None or not read.importer or not extract.observations:
        return Taken(read, known=known)
    taken = Taken(read, same=count_same(store, extract.observations))
    if dry_run or taken.repeated or not (extract.clean or skip_bad):
        return taken
    stored = store.append(extract.observations, imported_at=now, name=read.source.name, subjects=extract.subjects)
    return Taken(read, stored, same=taken.same)


def count_same(store: Store, observations: Iterable[Observation]) -> int:
    """How many of the observations are stored already, with the same value for the same moment."""
    new = {_key(one.subject, one.channel, one.metric, one.observed_at): one.value for one in observations}
    if not new or not store.files():
        return 0
    moments = [key[3] for key in new]
    sql = (
        "SELECT subject, channel, metric, observed_at, value FROM observations "
        "WHERE observed_at BETWEEN $first AND $last ORDER BY imported_at"
    )
    rows = store.query(sql, {}, {"first": min(moments), "last": max(moments)}).to_pylist()
    old = {_key(row["subject"], row["channel"], row["metric"], row["observed_at"]): row["value"] for row in rows}
    return sum(old.get(key) == value for key, value in new.items())


def _key(subject: str, channel: str, metric: str, at: datetime) -> tuple[str, str, str, datetime]:
    """Naive UTC, as the store answers."""
    naive = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    return subject, channel, metric, naive


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
    message = _("no importer recognises this file; nearest is {title}, but there is no column {missing}")
    missing = ", ".join(nearest.match.missing)
    said = message.format(title=_(nearest.importer.TITLE), missing=missing)
    return (*export.problems, file_problem(export.path, said))
