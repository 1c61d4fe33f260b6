"""Making a report again from its manifest, and saying whether it came out the same, and if not, what changed."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import SetClock
from toolkit.reports.making import Order, make_report
from toolkit.reports.runner import Progress
from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the page came out byte for byte, and what is different from when it was made."""

    same: bool
    differences: tuple[str, ...]


def verify_report(
    folder: Path, workspace: Workspace, state: Path, *, environ: Mapping[str, str], progress: Progress
) -> Verification:
    """Run the report in `folder` again with its own parameters and compare; the report itself is not touched.

    Raises `UsageError` when there is no report.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise UsageError(_("no report in {folder}; make it first").format(folder=folder))
    then = json.loads(path.read_text(encoding="utf-8"))
    asked = then["parameters"]
    with tempfile.TemporaryDirectory(prefix="leitstand-") as again:
        order = Order(
            then["report"],
            asked["month"],
            asked["language"],
            tuple(asked["channels"]),
            tuple(asked["comparison"]),
            Path(again),
        )
        clock = SetClock(datetime.fromisoformat(asked["now"]))
        make_report(workspace, state, order, clock=clock, environ=environ, progress=progress)
        now = json.loads((Path(again) / "manifest.json").read_text(encoding="utf-8"))
    return Verification(then["html"] == now["html"], tuple(_differences(then, now)))


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if then["notebook"] != now["notebook"]:
        yield _("the notebook was changed")
    if then["commit"] != now["commit"]:
        words = _("the workspace is at {now}, it was at {then}")
        yield words.format(now=now["commit"] or _("none"), then=then["commit"] or _("none"))
    for name in sorted({*then["versions"], *now["versions"]}):
        before, after = then["versions"].get(name, _("none")), now["versions"].get(name, _("none"))
        if before != after:
            yield _("{name} is {now}, it was {then}").format(name=name, now=after, then=before)
    new, gone = now["data"].keys() - then["data"].keys(), then["data"].keys() - now["data"].keys()
    changed = [path for path in then["data"].keys() & now["data"].keys() if then["data"][path] != now["data"][path]]
    if new or gone or changed:
        words = _("data files: {new} new, {gone} gone, {changed} changed")
        yield words.format(new=len(new), gone=len(gone), changed=len(changed))
