"""`leitstand check --vale-ini FILE`: texts by a Vale configuration and its styles as they are, without a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from toolkit.cli.context import print_json_lines
from toolkit.cli.findings import printable
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, EXIT_USAGE, UsageError
from toolkit.garbage import without_collection
from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText, Span
from toolkit.source import decode

if TYPE_CHECKING:
    from toolkit.style import Alert, Speller, Styles


def check_by_ini(ini: Path, paths: Sequence[Path], *, as_json: bool) -> int:
    """Print every alert as ``path:line:col:Style.Rule:message``, by path and place; fails when one is an error."""
    from toolkit.style import Level, Styles, read_ini

    styles = Styles(read_ini(ini), _speller())
    failed = False
    for path in _files(paths or [Path()]):
        if not styles.config.format(path.as_posix()):
            continue
        source = _read(path)
        if source is None:
            failed = True
            continue
        with without_collection():
            alerts = styles.check(path.as_posix(), source.text)
        failed |= any(alert.level is Level.ERROR for alert in alerts)
        if as_json:
            print_json_lines(_record(source, alert) for alert in alerts)
        else:
            for alert in alerts:
                typer.echo(printable(_line(source, alert)))
    return _exit(styles, failed=failed)


def _read(path: Path) -> SourceText | None:
    """The text of a file; None, after a word about it, where there is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = _("cannot be read: {error}").format(error=error.strerror or error)
        _complain([Problem(path.as_posix(), Span(), "encoding", Severity.ERROR, message)])
        return None
    source, problems = decode(path.as_posix(), data)
    _complain(problems if source is None else [])
    return source


def _exit(styles: Styles, *, failed: bool) -> int:
    """What is wrong with the configuration is told last, where it is seen; a warning about it changes nothing."""
    styles.rules  # noqa: B018  # read, and complained about, also where there was no text to check
    _complain(styles.problems)
    if any(problem.severity is Severity.ERROR for problem in styles.problems):
        return EXIT_USAGE
    return EXIT_PROBLEMS if failed else EXIT_CLEAN


def _complain(problems: Sequence[Problem]) -> None:
    for problem in problems:
        word = _("warning: ") if problem.severity is Severity.WARNING else ""
        place = f"{problem.path}:{problem.span.line}:{problem.span.col}"
        typer.echo(printable(f"{place}: {word}{problem.message} ({problem.rule})"), err=True)


def _speller() -> Callable[[str], Speller | None]:
    """Spellers by language, English where none is named; those without a dictionary are said once and then left out."""
    from toolkit.language.spelling import SpellingError, open_speller

    missing: set[str] = set()

    def find(language: str) -> Speller | None:
        try:
            return open_speller(language or "en")
        except SpellingError as error:
            if language not in missing:
                missing.add(language)
                typer.echo(_("leitstand: checked without spelling: {error}").format(error=error), err=True)
            return None

    return find


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files, and those below the folders, hidden ones and links left out."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if _is_meant(file, path))
        elif path.is_file():
            yield path
        else:
            raise UsageError(_("there is no file {path}").format(path=path))


def _is_meant(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.is_file() and not file.is_symlink() and not hidden


def _line(source: SourceText, alert: Alert) -> str:
    line, col = source.place(alert.start)
    return f"{source.path}:{line}:{col}:{alert.rule}:{alert.message}".replace("\n", " ")


def _record(source: SourceText, alert: Alert) -> dict[str, object]:
    span = source.span(alert.start, alert.end)
    return {
        "path": source.path,
        "line": span.line,
        "col": span.col,
        "end_line": span.end_line,
        "end_col": span.end_col,
        "rule": alert.rule,
        "level": alert.level.value,
        "match": alert.match,
        "message": alert.message,
        "fix": None if alert.fix is None else alert.fix.text,
        "link": alert.link,
    }
