"""The imports of a report that is made again: which are still there, and which stand for ones that were taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from toolkit.messages import _
from toolkit.reports.basis import Recorded
from toolkit.reports.window import Same
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Traced:
    """`seen` is what the notebook may see (see `window.know_only`); sentences say what is gone and what came again."""

    seen: tuple[str, ...]
    ids: frozenset[str]
    gone: tuple[str, ...]
    again: tuple[str, ...]


def trace_imports(then: Sequence[Recorded], now: Sequence[Recorded]) -> Traced:
    """Find each import of then: itself, else one that has exactly its rows, under whichever id."""
    there = {one: (one, name, when, rows) for one, name, when, rows in now}
    seen, gone, again, taken = [], [], [], {one for one, *_rest in then}
    for import_id, name, when, rows in then:
        found = _find(there, taken, (import_id, name, when, rows))
        said = {"name": name or import_id, "when": when[:10]}
        if found is None:
            seen.append(import_id)
            gone.append(_gone(there.get(import_id), said))
            continue
        later, _name, made, _rows = found
        taken.add(later)
        same = Same(later, import_id, datetime.fromisoformat(when))
        seen.append(import_id if made == when and later == import_id else str(same))
        if made != when:
            words = _("the import {name} of {when} was taken back and made again on {again}; its rows are the same")
            again.append(words.format(**said, again=made[:10]))
    return Traced(tuple(seen), frozenset(taken), tuple(gone), tuple(again))


def _find(there: Mapping[str, Recorded], taken: set[str], wanted: Recorded) -> Recorded | None:
    import_id, _name, when, rows = wanted
    own = there.get(import_id)
    if own is not None and (own[2] == when or (rows and own[3] == rows)):
        return own
    return next((one for one in there.values() if rows and one[3] == rows and one[0] not in taken), None)


def _gone(own: Recorded | None, said: Mapping[str, str]) -> str:
    if own is None:
        return _("the import {name} of {when} is gone").format(**said)
    words = _("the import {name} of {when} was taken back and made again on {again} with other rows")
    return words.format(**said, again=own[2][:10])
