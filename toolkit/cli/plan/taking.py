"""`leitstand plan import`: a table that was edited, back into the posts' files; first as a diff, written with --write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json
from toolkit.cli.findings import printable
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _, ngettext
from toolkit.model import Problem, Severity
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.planning.tables import Merge


def take(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A table of plan export: CSV, XLSX or ODS.")],
    *,
    write: Annotated[bool, typer.Option("--write", help="Write what else would only be shown.")] = False,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show as a diff what the table changes, and write it with --write; exit 1 when it cannot be written."""
    from toolkit.planning.tables import merge_table, read_table, write_merge
    from toolkit.workspace.naming import mint_uid

    if not source.is_file():
        raise UsageError(_("{file} is no file").format(file=source))
    context = open_context(folder, now)
    workspace = context.load()
    table = read_table(str(source), source.read_bytes(), workspace.settings)
    merge = merge_table(workspace, table, lambda: mint_uid(context.clock.now()))
    found = list(_check(context, workspace, merge)) if merge.possible else []
    out = _published(context, merge)
    if write and merge.possible:
        write_merge(workspace.root, merge)
    if as_json:
        print_json(_record(merge, found, out, written=write and merge.possible))
    else:
        _show(merge, found, out, written=write)
    return EXIT_CLEAN if merge.possible else EXIT_PROBLEMS


def _check(context: Context, workspace: Workspace, merge: Merge) -> Iterator[Problem]:
    """Errors that the rules would find afterwards and do not find now: told, and nobody's way is barred."""
    from toolkit.lint import check_workspace
    from toolkit.source import OverlayTree
    from toolkit.workspace.rereading import reread

    files = {changed.post.path: changed.text.encode() for changed in merge.changed}
    files |= {fresh.path: fresh.text.encode() for fresh in merge.fresh}
    if not files:
        return
    after = reread(workspace, OverlayTree(workspace.tree, files), tuple(files))
    now = context.clock.now()
    found = [one for one in check_workspace(after, now=now, paths=tuple(files)) if one.severity is Severity.ERROR]
    if not found:
        return
    known = set(map(_name, check_workspace(workspace, now=now, paths={one.path for one in found})))
    yield from (problem for problem in found if _name(problem) not in known)


def _published(context: Context, merge: Merge) -> Mapping[str, list[str]]:
    """Path of a changed post → accounts on which it is out: the file changes, what people read does not."""
    from toolkit.ledger import State, open_ledger

    paths = {one.post.uid: one.post.path for one in merge.changed if one.post.uid}
    if not paths or not context.ledger.exists():
        return {}
    with open_ledger(context.ledger, now=context.clock.now(), read_only=True) as ledger:
        rows = ledger.rows(states=(State.CONFIRMED, State.IMPORTED, State.SENDING))
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.uid in paths and row.action == "post" and row.account not in found.get(paths[row.uid], ()):
            found.setdefault(paths[row.uid], []).append(row.account)
    return found


def _name(problem: Problem) -> tuple[str, str, str]:
    return problem.path, problem.rule, problem.message


def _show(merge: Merge, found: Iterable[Problem], out: Mapping[str, list[str]], *, written: bool) -> None:
    for changed in merge.changed:
        _print_diff(changed.post.source.text, changed.text, f"a/{changed.post.path}", f"b/{changed.post.path}")
    for fresh in merge.fresh:
        _print_diff("", fresh.text, "/dev/null", f"b/{fresh.path}")
    for path, column in merge.newer:
        message = _("{path}: {column} changed there since the export, and stays")
        typer.echo(message.format(path=path, column=column), err=True)
    for path, accounts in out.items():
        message = _("{path} is out on {accounts}: the file changes, what people read does not; see leitstand correct")
        typer.echo(message.format(path=path, accounts=", ".join(accounts)), err=True)
    for problem in merge.problems:
        typer.echo(printable(str(problem)), err=True)
    for problem in found:
        message = _("then leitstand check finds: {problem}").format(problem=problem)
        typer.echo(printable(message), err=True)
    if merge.unlisted:
        message = ngettext(
            "{count} post has no row in the table and stays as it is; who wants it gone deletes its file",
            "{count} posts have no row in the table and stay as they are; who wants one gone deletes its file",
            merge.unlisted,
        )
        typer.echo(message, err=True)
    typer.echo(_summary(merge, written=written), err=True)


def _print_diff(before: str, after: str, old: str, new: str) -> None:
    for line in unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), old, new):
        typer.echo(printable(line.rstrip("\r\n")))


def _summary(merge: Merge, *, written: bool) -> str:
    same = ngettext("{count} post as it is", "{count} posts as they are", merge.same)
    if not merge.possible:
        return _("Nothing was written: mend the cells above in the table, or export it again")
    if not merge.changed and not merge.fresh:
        return _("Nothing to write: {same}").format(same=same)
    changed = ngettext("{count} post changed", "{count} posts changed", len(merge.changed))
    fresh = ngettext("{count} new", "{count} new", len(merge.fresh))
    text = _("{changed}, {fresh}, {same}").format(changed=changed, fresh=fresh, same=same)
    void = sum(bool(one.post.approved) for one in merge.changed)
    if void:
        text += "; " + ngettext(
            "{count} of them was approved as it was, look again",
            "{count} of them were approved as they were, look again",
            void,
        )
    return text if written else text + "; " + _("to write it, say --write")


def _record(
    merge: Merge, found: Iterable[Problem], out: Mapping[str, list[str]], *, written: bool
) -> dict[str, object]:
    return {
        "written": written,
        "changed": [
            {
                "path": one.post.path,
                "uid": one.post.uid,
                "cells": [{"column": d.column, "before": d.before, "after": d.after} for d in one.differences],
            }
            for one in merge.changed
        ],
        "new": [{"path": fresh.path, "uid": fresh.uid, "title": fresh.title} for fresh in merge.fresh],
        "same": merge.same,
        "unlisted": merge.unlisted,
        "newer": [{"path": path, "column": column} for path, column in merge.newer],
        "problems": [str(problem) for problem in merge.problems],
        "out": [{"path": path, "accounts": accounts} for path, accounts in out.items()],
        "check": [str(problem) for problem in found],
    }
