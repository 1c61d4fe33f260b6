"""How reports and their progress are shown by `leitstand report`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from toolkit.cli.context import Context, print_json
from toolkit.cli.places import path_from_here
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.messages import _, ngettext
from toolkit.metrics import open_store
from toolkit.reports.batch import Plan
from toolkit.reports.executors import Done, Task
from toolkit.reports.runner import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from toolkit.reports.verifying import Verification


class Bars:
    """One bar per report that runs, and one over all when there are several."""

    def __init__(self, bar: Bar, planned: Plan | None = None) -> None:
        self.bar = bar
        size = len(planned.tasks) if planned else 1
        self.whole = bar.add_task(_("Reports"), total=size) if size > 1 else None

    def __call__(self, task: Task) -> Progress:
        return self.one(_("Report {name} {month}").format(name=task.order.name, month=task.order.month))

    def one(self, title: str) -> Progress:
        """The progress of a report with this title."""
        task = self.bar.add_task(title, total=None)

        def step(done: int, total: int) -> None:
            over = done >= total
            self.bar.update(task, completed=done, total=total, visible=not over)
            if over and self.whole is not None:
                self.bar.advance(self.whole)

        return step


def show_all(done: Sequence[Done], contexts: Sequence[Context], *, as_json: bool) -> int:
    """Say what became of each; returns the exit code."""
    for one in sorted(done, key=lambda one: (one.task.workspace, one.task.order.name, one.task.order.month)):
        if as_json:
            print_json(_row(one))
        else:
            _show(one)
    if not as_json:
        _say_empty(done, contexts)
        _say_whole(done)
    bad = [one for one in done if one.report is None or one.report.failures]
    return EXIT_PROBLEMS if bad else EXIT_CLEAN


def _row(one: Done) -> dict[str, object]:
    report, order = one.report, one.task.order
    about = {"report": order.name, "month": order.month, "workspace": str(one.task.workspace)}
    if report is None:
        return {**about, "error": one.error}
    return {
        **about,
        "html": str(report.html),
        "notebook": str(report.notebook),
        "manifest": str(report.manifest),
        "failures": list(report.failures),
        "seconds": round(report.seconds, 1),
        "unchanged": report.unchanged,
        "kept": str(report.kept) if report.kept is not None else None,
    }


def _show(one: Done) -> None:
    if one.report is None:
        title = f"{one.task.order.name} {one.task.order.month}"
        typer.echo(_("not made: {report}: {error}").format(report=title, error=one.error), err=True)
        return
    for failure in one.report.failures:
        typer.echo(_("incomplete: {failure}").format(failure=failure), err=True)
    if one.report.kept is not None:
        kept = path_from_here(one.report.kept / "index.html")
        typer.echo(_("the report that is there is complete and was kept: {path}").format(path=kept), err=True)
    path = path_from_here(one.report.html)
    typer.echo(_("{path} (unchanged)").format(path=path) if one.report.unchanged else path)


def _say_whole(done: Sequence[Done]) -> None:
    if len(done) < 2:
        return
    unchanged = sum(one.report is not None and one.report.unchanged for one in done)
    missing = sum(one.report is None for one in done)
    partial = sum(one.report is not None and bool(one.report.failures) for one in done)
    text = ngettext("{count} report", "{count} reports", len(done)).format(count=len(done))
    words = _("{reports}: {unchanged} unchanged, {partial} incomplete, {missing} not made")
    typer.echo(words.format(reports=text, unchanged=unchanged, partial=partial, missing=missing), err=True)


def _say_empty(done: Sequence[Done], contexts: Sequence[Context]) -> None:
    for context in contexts:
        known = {month for one in open_store(context.state).imports() for month in one.months}
        for month in sorted({one.task.order.month for one in done if one.task.workspace == context.root} - known):
            message = _("There is no data for {month}. Import exports with: leitstand import FILE")
            typer.echo(message.format(month=month), err=True)


def show_verified(found: Verification, *, as_json: bool) -> int:
    """Say whether a report came out the same; returns the exit code."""
    if as_json:
        rows = [{"place": one.place, "then": one.then, "now": one.now} for one in found.differences]
        told = {name: list(getattr(found, name)) for name in ("altered", "reasons", "news")}
        print_json({"same": found.same, "differences": rows, **told})
        return EXIT_CLEAN if found.sound else EXIT_PROBLEMS
    typer.echo(_("The report comes out the same.") if found.same else _("The report comes out differently."))
    for name in found.altered:
        typer.echo(_("  {name} is not what was made: it was changed or removed afterwards").format(name=name))
    for one in found.differences:
        typer.echo(_("  {place}: {now}, it was {then}").format(place=one.place, now=one.now, then=one.then))
    for reason in found.reasons:
        typer.echo(_("  because: {reason}").format(reason=reason))
    for news in found.news:
        typer.echo(_("  since then: {news}").format(news=news))
    return EXIT_CLEAN if found.sound else EXIT_PROBLEMS
