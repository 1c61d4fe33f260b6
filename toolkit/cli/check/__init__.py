"""`leitstand check`: every problem of the workspace, or of some files of it."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.check.answering import find_answer
from toolkit.cli.check.formats import Format, show_findings
from toolkit.cli.check.sieve import Sieve
from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json, print_json_lines
from toolkit.cli.findings import Findings, one_line, sound
from toolkit.cli.places import find_paths, nearest_folder, path_from_here
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.messages import _, ngettext
from toolkit.model import Severity

if TYPE_CHECKING:
    from toolkit.lint.ignoring import Waiver

Paths = Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]...", help="Files or folders; default: all.")]


def run(
    paths: Paths = None,
    *,
    form: Annotated[Format, typer.Option("--format", help="How problems are printed.")] = Format.FULL,
    statistics: Annotated[bool, typer.Option("--statistics", help="Only count the problems per rule.")] = False,
    waivers: Annotated[bool, typer.Option("--waivers", help="List what the posts ignore, why and until when.")] = False,
    diff_only: Annotated[
        str, typer.Option("--diff-only", metavar="REV", help="Only problems in lines changed since a git revision.")
    ] = "",
    baseline: Annotated[
        str,
        typer.Option(
            "--baseline",
            metavar="FILE",
            help="Leave out the known problems in FILE; default: .leitstand-baseline.json, if there.",
        ),
    ] = "",
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help="Leave nothing out.")] = False,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Take all problems of now as known, and print none.")
    ] = False,
    vale_ini: Annotated[
        Path | None,
        typer.Option(
            "--vale-ini",
            metavar="FILE",
            help="Check by a Vale configuration and its styles instead; no workspace is needed.",
        ),
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Look at everything anew.")] = False,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Check posts against the rules; only errors make it fail."""
    if vale_ini is not None:
        from toolkit.cli.check.vale import check_by_ini

        return check_by_ini(vale_ini, paths or [], as_json=as_json or form is Format.JSON)
    context = open_context(nearest_folder(workspace, paths or []), now)
    asked = find_paths(paths or [], context)
    if waivers:
        _show_waivers(context, asked, as_json=as_json)
        return EXIT_CLEAN
    sieve = Sieve(context, asked, diff_only, baseline, no_baseline)
    answer = find_answer(context, asked, remember=not no_cache)
    findings = Findings(context, answer.problems, answer.posts, Path.cwd())
    if write_baseline:
        _say_written(*sieve.write(findings), as_json=as_json)
        return EXIT_CLEAN
    findings.problems = sieve.sift(findings)
    _show(findings, Format.JSON if as_json else form, statistics=statistics)
    if not as_json and form.for_people:
        _sum_up(findings, nothing=bool(asked) and not answer.posts and not any(map(_is_handbook, asked)))
    failed = any(problem.severity is Severity.ERROR for problem in findings.problems)
    return EXIT_PROBLEMS if failed else EXIT_CLEAN


def _show(findings: Findings, form: Format, *, statistics: bool) -> None:
    if statistics and form is Format.JSON:
        print_json_lines({"count": n, "severity": severity, "rule": rule} for n, severity, rule in findings.by_rule())
        print_json_lines({"count": n, "severity": severity} for n, severity in findings.by_severity())
    elif statistics:
        for count, severity, rule in findings.by_rule():
            typer.echo(f"{count:>6}  {Severity(severity).said():<7}  {rule}")
    else:
        sys.stdout.writelines(show_findings(findings, form))


def _is_handbook(path: str) -> bool:
    """Whether a file is checked though it is no post."""
    return path.startswith("guidelines/")


def _sum_up(findings: Findings, *, nothing: bool) -> None:
    typer.echo(findings.summary(), err=True)
    if nothing:
        typer.echo(_("none of these files is a post; posts lie in content/posts and end in .md"), err=True)


def _say_written(file: Path, count: int, *, as_json: bool) -> None:
    if as_json:
        print_json({"written": str(file), "count": count})
        return
    problems = ngettext("{count} known problem", "{count} known problems", count)
    typer.echo(_("{path}: {problems}").format(path=path_from_here(file), problems=problems), err=True)


def _show_waivers(context: Context, asked: Collection[str], *, as_json: bool) -> None:
    from toolkit.lint import View
    from toolkit.lint.ignoring import find_waivers

    found = find_waivers(View(context.load(), context.clock.now(), asked))
    if as_json:
        print_json_lines(_waiver_record(one) for one in found)
        return
    for one in found:
        until = one.until.isoformat() if one.until else _("for ever")
        over = _(" (over)") if one.expired else ""
        typer.echo(one_line(f"{until}{over}  {one.rule}  {one.path}:{one.span.line}  {one.reason}"))
    typer.echo(ngettext("{count} exception", "{count} exceptions", len(found)), err=True)


def _waiver_record(waiver: Waiver) -> dict[str, object]:
    return {
        "path": sound(waiver.path),
        "line": waiver.span.line,
        "rule": waiver.rule,
        "reason": waiver.reason,
        "until": waiver.until and waiver.until.isoformat(),
        "expired": waiver.expired,
    }
