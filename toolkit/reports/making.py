"""Making a report: run the notebook, make the page, write the manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.errors import ReportError, UsageError
from toolkit.messages import _
from toolkit.metrics import open_store
from toolkit.model import Clock
from toolkit.reports.manifest import data_hashes, file_hash, find_commit, versions
from toolkit.reports.notebook import find_notebook, read_notebook
from toolkit.reports.page import TEMPLATES, Page, find_contents, find_failures, make_page
from toolkit.reports.periods import month_period, read_month
from toolkit.reports.runner import Job, Progress, run_notebook
from toolkit.reports.wording import Wording
from toolkit.settings import unknown_name
from toolkit.source.writing import replace_file
from toolkit.tokens import brand_css, open_brand
from toolkit.workspace import Workspace

COMPARISON: Final = ("previous", "year", "goal")


@dataclass(frozen=True, slots=True)
class Order:
    """A report to make. `output` is the folder of its files, "" lets the state directory decide."""

    name: str
    month: str  # 2026-10
    language: str = ""
    channels: tuple[str, ...] = ()
    comparison: tuple[str, ...] = COMPARISON
    output: Path | None = None
    timeout: float = 600.0


@dataclass(frozen=True, slots=True)
class Report:
    """A report's files, and which of its cells failed."""

    html: Path
    notebook: Path
    manifest: Path
    failures: tuple[str, ...]
    seconds: float


def make_report(
    workspace: Workspace, state: Path, order: Order, *, clock: Clock, environ: Mapping[str, str], progress: Progress
) -> Report:
    """Make the report of a month. A failing cell gives a partial report, see `Report.failures`.

    Raises `UsageError` for an unknown report, a month that has not begun and an unknown channel, `ReportError` when
    the notebook cannot be run.
    """
    began, now = clock.elapsed(), clock.now()
    notebook = find_notebook(workspace.root, order.name)
    _refuse(workspace, order, now)
    _need_packages()
    folder = report_folder(state, order)
    folder.mkdir(parents=True, exist_ok=True)
    language = order.language or workspace.settings.interface
    parameters: dict[str, object] = {
        "month": order.month,
        "channels": list(order.channels),
        "comparison": list(order.comparison),
        "workspace": str(workspace.root),
        "state": str(state),
        "language": language,
        "now": now.isoformat(),
    }
    executed = folder / f"{order.name}.ipynb"
    job = Job(notebook, folder / f".{order.name}.ipynb", parameters, state / "cache", order.timeout)
    in_time = _execute(job, executed, environ, progress)
    failures = _page(workspace, order, executed, language, now, in_time=in_time)
    manifest = {
        "report": order.name,
        "parameters": parameters,
        "notebook": file_hash(notebook),
        "data": data_hashes(open_store(state)),
        "commit": find_commit(workspace.root),
        "versions": dict(versions()),
        "made_at": now.isoformat(),
        "seconds": round(clock.elapsed() - began, 1),
        "failures": list(failures),
        "html": file_hash(folder / "index.html"),
    }
    target = folder / "manifest.json"
    _write(target, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    return Report(folder / "index.html", executed, target, failures, clock.elapsed() - began)


def _execute(job: Job, executed: Path, environ: Mapping[str, str], progress: Progress) -> bool:
    """Run the job beside what an earlier run left, which an interrupted one must not take away."""
    try:
        in_time = run_notebook(job, environ, progress)
        if not job.output.is_file():
            raise ReportError(_("the time was over after {seconds} seconds").format(seconds=f"{job.timeout:g}"))
        job.output.replace(executed)
    finally:
        job.output.unlink(missing_ok=True)
    return in_time


def report_folder(state: Path, order: Order) -> Path:
    """Where the report's files are."""
    return order.output or state / "reports" / order.name / order.month


def _need_packages() -> None:
    """Raise what names the missing extra here: the notebook's own process could only fail."""
    for name in ("papermill", "nbconvert", "duckdb", "seaborn"):
        if find_spec(name) is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def _refuse(workspace: Workspace, order: Order, now: datetime) -> None:
    zone = ZoneInfo(workspace.settings.timezone)
    if month_period(read_month(order.month), zone, now).start > now:
        message = _("{month} has not begun; the latest month to report is {latest}")
        raise UsageError(message.format(month=order.month, latest=f"{now.astimezone(zone):%Y-%m}"))
    for channel in order.channels:
        if channel not in workspace.settings.accounts:
            raise UsageError(unknown_name(_("channel"), channel, workspace.settings.accounts))


def _page(
    workspace: Workspace, order: Order, executed: Path, language: str, now: datetime, *, in_time: bool
) -> tuple[str, ...]:
    """Write the HTML beside the executed notebook; returns what failed."""
    notebook = read_notebook(executed)
    failures = find_failures(notebook)
    if not in_time:
        failures = (*failures, _("the time was over after {seconds} seconds").format(seconds=f"{order.timeout:g}"))
    words, first = Wording(language), read_month(order.month)
    heading = _("Monthly report {month}").format(month=words.month(first))
    if order.name != "monthly":
        heading = f"{order.name}, {words.month(first)}"
    brand, local = workspace.settings.name, now.astimezone(ZoneInfo(workspace.settings.timezone))
    page = Page(
        language=language,
        title=f"{heading} – {brand}",  # noqa: RUF001  # a dash, as titles have it
        brand=brand,
        heading=heading,
        made=_("As of {moment}").format(moment=words.moment(local)),
        footer=_("Made by Leitstand from {notebook}. What it was made from stands in manifest.json beside it.").format(
            notebook=f"{order.name}.ipynb"
        ),
        css=f"{brand_css(open_brand(workspace.tree))}\n{(TEMPLATES / 'template' / 'report.css').read_text(encoding='utf-8')}",
        failures=failures,
        contents=find_contents(notebook),
    )
    _write(executed.parent / "index.html", make_page(notebook, page))
    return failures


def _write(path: Path, text: str) -> None:
    """Put the text there in one step, readable for whoever may read the folder."""
    path.touch()
    replace_file(path, text.encode())
