"""The records of imports and what they say about posts, in the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.metrics.catalogue import Catalogue
from toolkit.metrics.columns import micros_of, moment_of
from toolkit.metrics.record import Import
from toolkit.model import Subject


class DuplicateImportError(LeitstandError):
    """The same bytes were imported before; nothing was stored."""

    def __init__(self, earlier: Import) -> None:
        self.earlier = earlier
        message = _(
            "{name} was imported on {when}; to import it again, take it back first: leitstand import --undo {id}"
        )
        when = f"{earlier.imported_at:%Y-%m-%d %H:%M} UTC"
        super().__init__(message.format(name=earlier.name or earlier.id, when=when, id=earlier.id))


class UnknownImportError(LeitstandError):
    """No import has this id."""

    def __init__(self, import_id: str) -> None:
        message = _("no import has the id {id!r}; list them with: leitstand import --list")
        super().__init__(message.format(id=import_id))


def all_imports(catalogue: Catalogue) -> tuple[Import, ...]:
    """Every import, oldest first."""
    return tuple(_read(catalogue, ""))


def find_import(catalogue: Catalogue, import_id: str) -> Import | None:
    """The import of this id."""
    return next(_read(catalogue, import_id), None)


def require_import(catalogue: Catalogue, import_id: str) -> Import:
    """The import of this id; raises `UnknownImportError`."""
    record = find_import(catalogue, import_id)
    if record is None:
        raise UnknownImportError(import_id)
    return record


def refuse_duplicate(catalogue: Catalogue, import_id: str) -> None:
    """Raise `DuplicateImportError` when the import is stored already."""
    earlier = find_import(catalogue, import_id)
    if earlier is not None:
        raise DuplicateImportError(earlier)


def next_free(catalogue: Catalogue, micros: int) -> int:
    """`micros`, or a microsecond after the last import of that second: which of two is newer is never open."""
    within = "SELECT max(imported_at) FROM imports WHERE imported_at BETWEEN ? AND ?"
    (last,) = catalogue.connection.execute(within, (micros, micros + 1_000_000)).fetchone()
    return micros if last is None else int(last) + 1


def add_import(catalogue: Catalogue, record: Import, subjects: Iterable[Subject]) -> None:
    """Let an import count, with what it says about posts. Its months are those of its files."""
    times = [micros_of(time) for time in (record.imported_at, record.first, record.last)]
    row = (record.id, record.source, record.name, times[0], record.rows, *times[1:])
    catalogue.connection.execute("INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    told = {subject.uid: json.dumps(asdict(subject), ensure_ascii=False) for subject in subjects}
    catalogue.connection.executemany(
        "INSERT INTO subjects VALUES (?, ?, ?)", [(record.id, uid, about) for uid, about in told.items()]
    )


def drop_import(catalogue: Catalogue, import_id: str) -> None:
    """Let an import count no longer."""
    catalogue.connection.execute("DELETE FROM imports WHERE id = ?", (import_id,))


def all_subjects(catalogue: Catalogue) -> dict[str, Subject]:
    """What the imports say about posts, by uid; the newest word wins."""
    rows = catalogue.connection.execute(
        "SELECT uid, about FROM subjects JOIN imports ON imports.id = import_id ORDER BY imported_at"
    )
    known = {field.name for field in fields(Subject)}
    newest: dict[str, str] = dict(rows)
    return {
        uid: Subject(**{key: value for key, value in json.loads(about).items() if key in known})
        for uid, about in newest.items()
    }


def _read(catalogue: Catalogue, import_id: str) -> Iterator[Import]:
    rows = catalogue.connection.execute(
        "SELECT id, source, name, imported_at, rows, first, last, (SELECT group_concat(DISTINCT month)"
        "  FROM contents JOIN files USING (path) WHERE import_id = imports.id) FROM imports"
        " WHERE :id IN ('', id) ORDER BY imported_at",
        {"id": import_id},
    )
    for id_, source, name, imported_at, count, first, last, months in rows:
        yield Import(
            id=id_,
            source=source,
            name=name,
            imported_at=moment_of(imported_at),
            rows=count,
            first=moment_of(first),
            last=moment_of(last),
            months=tuple(sorted((months or "").split(","))),
        )
