"""Making a report again as it was made, and saying whether every number comes out the same, and if not, why.

The notebook sees the imports that were known then and no others, at the moment that it had then, and the workspace's
files of then where git has them. What is new since is told, and is no difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.metrics import open_store
from toolkit.model import SetClock
from toolkit.reports.basis import Basis, find_basis, recorded
from toolkit.reports.given import given_then
from toolkit.reports.isolation import Limits
from toolkit.reports.making import Place, make_job
from toolkit.reports.manifest import Manifest, altered, read_manifest
from toolkit.reports.notebook import read_notebook
from toolkit.reports.orders import Order, of_the_verb
from toolkit.reports.past import changed_files, workspace_then
from toolkit.reports.runner import Progress, Runner
from toolkit.reports.shown import Difference, compare
from toolkit.reports.snapshot import frozen_state
from toolkit.reports.traced import trace_imports
from toolkit.source.held import held_temporary
from toolkit.values import dataclass
from toolkit.workspace import find_root, load_workspace


@dataclass(frozen=True, slots=True)
class Verification:
    """What came out differently, the reasons that can be named, and what is new since and plays no part.

    `altered` are the files that are not what they were when the report was made, whatever comes out again.
    """

    differences: tuple[Difference, ...]
    reasons: tuple[str, ...]
    news: tuple[str, ...]
    altered: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        return not self.differences

    @property
    def sound(self) -> bool:
        """Whether what lies there is what was made, and would be made again."""
        return self.same and not self.altered


def verify_report(path: Path, state: Path, runner: Runner, limits: Limits, progress: Progress) -> Verification:
    """Run the report at `path` (its folder, page or manifest) again; the report itself is not touched.

    Raises `UsageError` when there is no report or its notebook is gone, `ReportError` when it cannot be run.
    """
    if not path.exists():
        # A slip of the pen beside a sound report must not be called sound.
        raise UsageError(_("there is no {path}").format(path=path))
    folder = path if path.is_dir() else path.parent
    then = read_manifest(folder)
    executed = f"{then.report}.ipynb"
    if not (folder / executed).is_file():
        raise UsageError(_("{file} is gone; make the report again").format(file=folder / executed))
    root = find_root(Path(str(_parameters(then)["workspace"])))
    with (
        workspace_then(root, then.commit, _files(then)) as files,
        frozen_state(state) as seen,
        held_temporary("verify-") as again,
    ):
        place = Place(load_workspace(files), state, SetClock(datetime.fromisoformat(str(_parameters(then)["now"]))))
        order = _order(then, limits)
        now = find_basis(place.workspace, seen, order, place.clock.now())
        traced = trace_imports(recorded(then), now.imports)
        job = make_job(place, order, now, again, traced.seen)
        failures = runner.run(job, progress).failures
        found = [Difference(_("what failed"), "", text) for text in failures if text not in then.failures]
        found += compare(read_notebook(folder / executed), read_notebook(job.executed))
        reasons = [*traced.gone, *_reasons(then, now, files)]
    news = (*traced.again, *_news(then, traced.ids, root, state))
    return Verification(tuple(found), tuple(reasons), news, altered(folder, then))


def _order(then: Manifest, limits: Limits) -> Order:
    asked = _parameters(then)
    channels, comparison = (tuple(map(str, cast("Sequence[str]", asked[key]))) for key in ("channels", "comparison"))
    before = str(asked.get("before", ""))
    order = Order(then.report, str(asked["month"]), str(asked["language"]), channels, comparison, None, limits, before)
    return replace(order, given=given_then(asked, of_the_verb(order)))


def _reasons(then: Manifest, now: Basis, root: Path) -> Iterator[str]:
    """What is not as it was, although everything was done to have it so."""
    if then.basis["notebook"] != now.notebook:
        yield _("the notebook was changed")
    for path in changed_files(root, _files(then)):
        yield _("{path} was changed").format(path=path)
    versions = cast("Mapping[str, str]", then.basis["versions"])
    for name in sorted({*versions, *now.versions}):
        before, after = versions.get(name, _("none")), now.versions.get(name, _("none"))
        if before != after:
            yield _("{name} is {now}, it was {then}").format(name=name, now=after, then=before)
    if then.basis["program"] != now.program and versions.get("leitstand") == now.versions.get("leitstand"):
        yield _("Leitstand's own code was changed")


def _news(then: Manifest, known: Collection[str], root: Path, state: Path) -> Iterator[str]:
    """What would play a part if the report were made now."""
    month = str(_parameters(then)["month"])
    for one in open_store(state).imports():
        if one.id not in known and month in one.months:
            yield _("new import {name} of {when}").format(name=one.name or one.id, when=f"{one.imported_at:%Y-%m-%d}")
    for path in changed_files(root, _files(then)):
        yield _("{path} was changed").format(path=path)


def _parameters(then: Manifest) -> Mapping[str, object]:
    return cast("Mapping[str, object]", then.basis["parameters"])


def _files(then: Manifest) -> Mapping[str, str]:
    return cast("Mapping[str, str]", then.basis["files"])
