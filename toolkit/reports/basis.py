"""Everything that a report's content depends on, as hashes. The same basis gives the same report.

A report whose manifest has the key of what would be made now need not be made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from toolkit.experiments.experiment import EXPERIMENTS
from toolkit.metrics import Import, Store, open_store
from toolkit.reports.commentary import commentary_path
from toolkit.reports.given import plain
from toolkit.reports.manifest import Manifest, file_hash, versions
from toolkit.reports.notebook import FOLDER, find_notebook, read_notebook
from toolkit.reports.orders import Order, parameters
from toolkit.reports.periods import read_month, shift
from toolkit.reports.reading import used_freely
from toolkit.reports.window import Window, digests, month_window
from toolkit.settings import FILE_NAME
from toolkit.tokens import TOKENS
from toolkit.values import dataclass
from toolkit.workspace import CAMPAIGNS, STRATEGY, Workspace, drafts

_PACKAGE = Path(__file__).parents[1]
# Id, name, when it was made, and a hash of its rows that are seen; "" where every row may be.
Recorded = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Basis:
    """What one report is made from."""

    report: str
    notebook: str  # hash of its file
    parameters: Mapping[str, object]
    now: str  # "" when time alone changes nothing any more
    rows: str  # of the store, as a hash
    imports: tuple[Recorded, ...]  # those that have rows in it
    store: str  # hash of the whole store's imports and of the window; while it is the same the rows need not be read
    files: Mapping[str, str]  # of the workspace, with their hashes
    versions: Mapping[str, str]
    program: str  # hash of our own code

    @property
    def key(self) -> str:
        """One hash of it all. Where workspace and store lie plays no part."""
        said = {**asdict(self), "store": "", "parameters": {**self.parameters, "workspace": "", "state": "", "now": ""}}
        return _hash(json.dumps(said, sort_keys=True).encode())


def find_basis(
    workspace: Workspace, state: Path, order: Order, now: datetime, earlier: Manifest | None = None
) -> Basis:
    """What the report would be made from now. Raises `UsageError` for an unknown report.

    With the manifest of an `earlier` one the rows are only read when the store has changed since, and a report of other
    rows is told about it, so that it can say what has changed.
    """
    path = find_notebook(workspace.root, order.name)
    free = _used(path)
    zone, first = ZoneInfo(workspace.settings.timezone), read_month(order.month)
    window = month_window(first, zone, now, workspace.campaigns.values(), order.age_hours)
    store = open_store(state)
    every = store.imports()
    mark = _mark(every, window, whole="state" in free)
    rows, imports = _known(earlier, mark) or _look(store, every, window, whole="state" in free)
    return Basis(
        report=order.name,
        notebook=file_hash(path),
        parameters=parameters(
            replace(order, before=order.before or _before(earlier, order, rows)), workspace, state, now
        ),
        now="" if window.settled and "now" not in free else now.isoformat(),
        rows=rows,
        imports=imports,
        store=mark,
        files=_hashes(workspace, _all(workspace) if "workspace" in free else _read(workspace, order, window.end)),
        versions=dict(versions()),
        program=_program(),
    )


def _before(earlier: Manifest | None, order: Order, rows: str) -> str:
    """As of when the last report of other rows was made; one of the same rows knows."""
    said = cast("Mapping[str, object]", earlier.basis["parameters"]) if earlier is not None else {}
    own = {"month": order.month, "channels": list(order.channels), **plain(order.given)}
    if earlier is None or any(said.get(name) != value for name, value in own.items()):
        return ""
    return str(said.get("before", "") if earlier.basis["rows"] == rows else said["now"])


@cache
def _used(path: Path) -> frozenset[str]:
    return used_freely(read_notebook(path))


def _mark(every: Sequence[Import], window: Window, *, whole: bool) -> str:
    """A hash that changes when other rows may be seen; "" where observations from the future make it unsafe."""
    if not window.settled or any(one.last > window.until for one in every):
        return ""
    said = [[one.id, one.imported_at.isoformat(), one.rows] for one in every]
    return _hash(json.dumps([said, window.start.isoformat(), window.end.isoformat(), whole]).encode())


def _known(earlier: Manifest | None, mark: str) -> tuple[str, tuple[Recorded, ...]] | None:
    if earlier is None or not mark or earlier.basis.get("store") != mark:
        return None
    return str(earlier.basis["rows"]), recorded(earlier)


def recorded(manifest: Manifest) -> tuple[Recorded, ...]:
    """The imports that a report was made from; those of before hashes were kept have "" for theirs."""
    listed = cast("list[Sequence[str]]", manifest.basis["imports"])
    return tuple((one, name, when, rest[0] if rest else "") for one, name, when, *rest in listed)


def _look(store: Store, every: Sequence[Import], window: Window, *, whole: bool) -> tuple[str, tuple[Recorded, ...]]:
    """The hash of the rows that are seen, and the imports they come from."""
    seen = {one.id: "" for one in every} if whole else digests(store, window)
    found = [one for one in every if one.id in seen]
    said = {one.id: f"{one.imported_at.isoformat()} {seen[one.id] or one.rows}" for one in found}
    imports = tuple((one.id, one.name, one.imported_at.isoformat(), seen[one.id]) for one in found)
    return _hash(json.dumps(said, sort_keys=True).encode()), imports


def _read(workspace: Workspace, order: Order, end: datetime) -> Iterator[str]:
    """The files that `open_report` looks into for a month: a post that is due later plays no part."""
    yield from (FILE_NAME, TOKENS, STRATEGY)
    yield from workspace.tree.paths(CAMPAIGNS, ".md")
    yield from workspace.tree.paths(EXPERIMENTS, ".md")
    months = (order.month, f"{shift(read_month(order.month), -1):%Y-%m}")
    yield from (commentary_path(order.name, month) for month in months)
    for post in workspace.posts:
        moments = [draft.publish.instant() if draft.publish else None for draft in drafts(post, workspace.settings)]
        if not moments or any(moment is None or moment < end for moment in moments):
            yield post.path


def _all(workspace: Workspace) -> Iterator[str]:
    yield FILE_NAME
    for folder in ("content", "guidelines", FOLDER):
        yield from workspace.tree.paths(folder)


def _hashes(workspace: Workspace, paths: Iterator[str]) -> dict[str, str]:
    tree = workspace.tree
    return {path: _hash(tree.read(path)) for path in sorted({*paths}) if tree.exists(path)}


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


@cache
def _program() -> str:
    """Our own code decides about the numbers too, and in a checkout its version stands still while it changes."""
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in {".py", ".mo", ".j2", ".css"} and path.is_file():
            digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return f"sha256:{digest.hexdigest()}"
