"""`leitstand check`: every problem of the workspace, or of some files of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json_lines
from toolkit.cli.findings import Findings, Format
from toolkit.cli.places import find_paths, nearest_folder
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LedgerError
from toolkit.lint import LedgerRow, check_workspace
from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.workspace import Workspace

Paths = Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]...", help="Files or folders; default: all.")]


def run(
    paths: Paths = None,
    *,
    form: Annotated[Format, typer.Option("--format", help="How problems are printed.")] = Format.FULL,
    statistics: Annotated[bool, typer.Option("--statistics", help="Only count the problems per rule.")] = False,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Check posts against the rules; only errors make it fail."""
    context = open_context(nearest_folder(workspace, paths or []), now)
    loaded = context.load()
    asked = find_paths(paths or [], loaded)
    problems = check(context, loaded, asked)
    findings = Findings(loaded, problems, Path.cwd())
    _show(findings, Format.JSON if as_json else form, statistics=statistics)
    if not as_json and form in {Format.FULL, Format.CONCISE}:
        posts = sum(not asked or post.path in asked for post in loaded.posts)
        typer.echo(findings.summary(posts), err=True)
        if asked and not posts:
            typer.echo(_("none of these files is a post; posts lie in content/posts and end in .md"), err=True)
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return EXIT_PROBLEMS if failed else EXIT_CLEAN


def check(context: Context, workspace: Workspace, paths: Collection[str]) -> list[Problem]:
    """The problems of `paths`, with what the ledger knows when there is one."""
    now = context.clock.now()
    return check_workspace(workspace, now=now, paths=paths, ledger_rows=_ledger_rows(context, now))


def _ledger_rows(context: Context, now: datetime) -> Collection[LedgerRow]:
    if not context.state.is_dir():  # before the import, which an editor would wait for
        return ()
    from toolkit.ledger import open_ledger

    path = context.ledger
    if not path.exists():
        return ()
    try:
        with open_ledger(path, now=now, read_only=True) as ledger:
            return ledger.rows()
    except LedgerError as error:
        # Texts can be checked without it; whoever publishes is told in full.
        typer.echo(_("leitstand: checked without the ledger: {error}").format(error=error), err=True)
        return ()


def _show(findings: Findings, form: Format, *, statistics: bool) -> None:
    if statistics and form is Format.JSON:
        print_json_lines(
            {"count": n, "severity": severity, "rule": rule} for n, severity, rule in findings.statistics()
        )
    elif statistics:
        for count, severity, rule in findings.statistics():
            typer.echo(f"{count:>6}  {severity:<7}  {rule}")
    elif form is Format.JSON:
        print_json_lines(findings.records())
    else:
        for line in findings.lines(form):
            typer.echo(line)
