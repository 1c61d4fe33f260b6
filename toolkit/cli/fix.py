"""`leitstand fix`: mint missing uids and apply safe fixes, changing only the bytes concerned."""

from __future__ import annotations

from difflib import unified_diff
from typing import Annotated

import typer

from toolkit.cli.check import Paths
from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json
from toolkit.cli.findings import printable
from toolkit.cli.places import find_paths, nearest_folder
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.lint.fixing import Fixes, plan_fixes
from toolkit.messages import _, ngettext
from toolkit.model import Severity
from toolkit.source import Edit, write_edits
from toolkit.workspace import Workspace


def run(
    paths: Paths = None,
    *,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change and write nothing.")] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe", help="Apply fixes that need a look afterwards, too.")] = False,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Mint missing uids and apply safe fixes; fails while errors are left."""
    context = open_context(nearest_folder(workspace, paths or []), now)
    loaded = context.load()
    fixes = plan_fixes(loaded, now=context.clock.now(), paths=find_paths(paths or [], loaded), unsafe=unsafe)
    if not diff:
        _write(loaded, fixes)
    if as_json:
        print_json(_record(fixes, written=not diff))
    else:
        _show(loaded, fixes, diff=diff)
    failed = any(problem.severity is Severity.ERROR for problem in fixes.left)
    return EXIT_PROBLEMS if failed else EXIT_CLEAN


def _texts(workspace: Workspace) -> dict[str, str]:
    return {post.path: post.source.text for post in workspace.posts}


def _write(workspace: Workspace, fixes: Fixes) -> None:
    before = _texts(workspace)
    for path, text in fixes.texts.items():
        write_edits(workspace.root / path, before[path], [Edit(0, len(before[path]), text)])


def _show(workspace: Workspace, fixes: Fixes, *, diff: bool) -> None:
    if diff:
        before = _texts(workspace)
        for path, text in fixes.texts.items():
            old, new = before[path].splitlines(keepends=True), text.splitlines(keepends=True)
            for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
                typer.echo(printable(line.rstrip("\r\n")))
    for problem in fixes.refused:
        message = _("not fixed, because it would cause another problem: {problem}").format(problem=problem)
        typer.echo(printable(message), err=True)
    typer.echo(_summary(fixes, diff=diff), err=True)


def _summary(fixes: Fixes, *, diff: bool) -> str:
    what = ngettext("{count} problem", "{count} problems", len(fixes.applied))
    files = ngettext("{count} file", "{count} files", len(fixes.texts))
    said = _("Would fix {what} in {files}") if diff else _("Fixed {what} in {files}")
    text = said.format(what=what, files=files) if fixes.applied else _("Nothing to fix")
    if errors := sum(problem.severity is Severity.ERROR for problem in fixes.left):
        left = ngettext("{count} error is left", "{count} errors are left", errors)
        text += "; " + _("{left}, see leitstand check").format(left=left)
    return text


def _record(fixes: Fixes, *, written: bool) -> dict[str, object]:
    return {
        "written": written,
        "files": sorted(fixes.texts),
        "applied": [str(problem) for problem in fixes.applied],
        "refused": [str(problem) for problem in fixes.refused],
        "left": [str(problem) for problem in fixes.left],
    }
