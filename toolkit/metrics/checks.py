"""Looking the whole store over before anybody trusts a number of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.messages import _
from toolkit.metrics.catalogue import reading
from toolkit.metrics.complete import find_gaps, find_silent, find_unknown
from toolkit.metrics.finding import Doubts, Finding
from toolkit.metrics.parquet import is_whole
from toolkit.metrics.plausible import find_drops, find_impossible, find_sums
from toolkit.metrics.store import Store
from toolkit.metrics.tables import are_current
from toolkit.model import Severity

_WORST_FIRST: Final = (Severity.ERROR, Severity.WARNING)


def check_store(store: Store, doubts: Doubts) -> tuple[Finding, ...]:
    """Every finding, errors first. A damaged store is told and not looked at any further."""
    damaged = tuple(_find_damaged(store))
    if any(one.kind == "damaged" for one in damaged):
        return damaged
    subjects = store.subjects()
    with store.reading() as reader:
        found = [
            *damaged,
            *find_impossible(reader, doubts),
            *find_drops(reader),
            *find_sums(reader),
            *find_gaps(reader),
            *find_silent(reader, doubts),
            *find_unknown(reader, doubts, subjects),
        ]
    return tuple(sorted(found, key=lambda one: _WORST_FIRST.index(one.severity)))


def _find_damaged(store: Store) -> Iterator[Finding]:
    with reading(store.folder) as catalogue:
        if catalogue is None:
            return
        names = {record.id: record.name or record.id for record in store.imports()}
        for file in catalogue.files():
            if is_whole(store.folder, file):
                continue
            inside = catalogue.contents(file.path)
            said = _("{file} is missing or damaged; in it lie {count} rows of {names}")
            message = said.format(file=file.path, count=file.rows, names=", ".join(names[one] for one in inside))
            remedy = _("restore it from a backup, or take these imports back and import them again: {ids}")
            yield Finding("damaged", Severity.ERROR, message, remedy.format(ids=", ".join(inside)))
        if catalogue.files() and not are_current(catalogue):
            message = _("the tables of newest values are out of date; answers are right but slow")
            yield Finding("stale-tables", Severity.WARNING, message, "leitstand metrics rebuild")
