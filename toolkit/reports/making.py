"""Making one report: see whether it would be another one than is there, run the notebook, put its files in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path

from toolkit.errors import UsageError
from toolkit.model import Clock
from toolkit.reports.basis import Basis, find_basis
from toolkit.reports.isolation.places import OF_STATE, OF_WORKSPACE
from toolkit.reports.manifest import Manifest, altered, file_hash, find_commit, read_manifest, write_manifest
from toolkit.reports.notebook import find_notebook, read_notebook
from toolkit.reports.orders import Order, check_order
from toolkit.reports.page import find_failures
from toolkit.reports.placing import aside, clear, put, put_new, staged
from toolkit.reports.runner import Front, Job, Outcome, Progress, Runner
from toolkit.reports.snapshot import frozen_state
from toolkit.values import dataclass
from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Report:
    """A report's files, and which of its cells failed. `unchanged` when it was there already and nothing was run.

    `kept` is the folder of the whole report that an incomplete one did not take the place of.
    """

    order: Order
    folder: Path
    failures: tuple[str, ...]
    seconds: float
    unchanged: bool = False
    kept: Path | None = None

    @property
    def html(self) -> Path:
        return self.folder / "index.html"

    @property
    def notebook(self) -> Path:
        return self.folder / f"{self.order.name}.ipynb"

    @property
    def manifest(self) -> Path:
        return self.folder / "manifest.json"


@dataclass(frozen=True, slots=True)
class Place:
    """Where reports are made: a workspace, its state, and the time."""

    workspace: Workspace
    state: Path
    clock: Clock


def make_report(place: Place, order: Order, runner: Runner, progress: Progress) -> Report:
    """Make the report, whether it is there or not. A failing cell gives a partial report, see `Report.failures`.

    Where a whole one is there, a partial one is put aside and replaces nothing.

    Raises `UsageError` for an unknown report, a month that has not begun and an unknown channel, `ReportError` when
    the notebook cannot be run.
    """
    began = place.clock.elapsed()
    check_order(order, place.workspace, place.clock.now())
    need_packages()
    target = order.folder(place.state)
    earlier = _earlier(target)
    with frozen_state(place.state) as seen, staged(target) as folder:
        basis = find_basis(place.workspace, seen, order, place.clock.now(), earlier)
        job = make_job(place, order, basis, folder)
        outcome = runner.run(job, progress)
        basis = replace(basis, parameters={**basis.parameters, "state": str(place.state)})
        manifest = _manifest(place, basis, job, outcome, place.clock.elapsed() - began)
        write_manifest(folder, manifest)
        if manifest.failures and earlier is not None and not earlier.failures:
            put_new(folder, aside(target))
            return Report(order, aside(target), manifest.failures, manifest.seconds, kept=target)
        put(folder, target)
    clear(aside(target))
    return Report(order, target, manifest.failures, manifest.seconds)


def made_already(place: Place, order: Order) -> Report | None:
    """The report, when it is there, whole, complete and what would come out now. Raises as `make_report` does."""
    check_order(order, place.workspace, place.clock.now())
    folder = order.folder(place.state)
    manifest = _earlier(folder)
    if manifest is None or manifest.failures or altered(folder, manifest):
        return None
    same = find_basis(place.workspace, place.state, order, place.clock.now(), manifest).key == manifest.key
    return Report(order, folder, (), 0.0, unchanged=True) if same else None


def _earlier(folder: Path) -> Manifest | None:
    """The manifest of the report that is there."""
    try:
        return read_manifest(folder)
    except UsageError:
        return None


def make_job(place: Place, order: Order, basis: Basis, folder: Path, imports: Sequence[str] | None = None) -> Job:
    """The job that makes the report's files in `folder`; of the store it sees `imports` alone, if they are named."""
    root, seen = place.workspace.root, Path(str(basis.parameters["state"]))
    # Where a file system has no hard links, the data themselves must be open too.
    readable = [seen, *(root / name for name in OF_WORKSPACE), *(place.state / name for name in OF_STATE)]
    language = str(basis.parameters["language"])
    return Job(
        notebook=find_notebook(root, order.name),
        parameters=basis.parameters,
        folder=folder,
        front=Front(root, order.name, order.month, language, place.clock.now()),
        readable=tuple(readable),
        limits=order.limits,
        imports=tuple(imports) if imports is not None else None,
    )


def need_packages() -> None:
    """Raise what names the missing extra here: the notebook's own process could only fail."""
    for name in ("papermill", "nbconvert", "duckdb", "seaborn"):
        if find_spec(name) is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def _manifest(place: Place, basis: Basis, job: Job, outcome: Outcome, seconds: float) -> Manifest:
    return Manifest(
        report=basis.report,
        key=basis.key,
        basis=asdict(basis),
        commit=find_commit(place.workspace.root),
        made_at=place.clock.now().isoformat(),
        seconds=round(seconds, 1),
        cpu_seconds=outcome.cpu,
        isolation=asdict(outcome.isolation) if outcome.isolation else None,
        failures=_failures(job, outcome),
        outputs={path.name: file_hash(path) for path in sorted(job.folder.iterdir())},
    )


def _failures(job: Job, outcome: Outcome) -> tuple[str, ...]:
    """Cells first."""
    return (*find_failures(read_notebook(job.executed)), *outcome.failures)
