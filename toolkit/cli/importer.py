"""`leitstand importer`: which export files are understood, where to get them, and what would become of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json_lines, table_console
from toolkit.cli.imported import passed_json, passed_line
from toolkit.cli.wishes import SHOWN, As, Asked, ForAccount, MappingFile, Observed, Times, make_wishes, need_files
from toolkit.collect.intake import Read, Wishes, read_source
from toolkit.collect.sources import read_sources
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.importers import Importer, all_importers, needed_columns
from toolkit.importers.evidence import Confidence, Evidence, evidence_of
from toolkit.messages import _, ngettext
from toolkit.model import Observation

if TYPE_CHECKING:
    from rich.table import Table

PREVIEW: Final = 8  # observations

app = make_app()


@app.callback()
def _root() -> None:
    """See which export files are understood, and try one."""


@app.command("list", help="List the export files that are understood, and where to get them.")
def list_importers(*, workspace: Folder = HERE, as_json: AsJson = False) -> int:
    """Every importer, installed ones included."""
    open_context(workspace)
    found = all_importers()
    if as_json:
        print_json_lines(_about(name, one) for name, one in found.items())
        return EXIT_CLEAN
    for name, one in found.items():
        typer.echo(f"{name}: {_(one.TITLE)}")
        typer.echo("  " + _("where: {menu}").format(menu=one.MENU.said()))
        headers = needed_columns(one)
        if headers:
            typer.echo("  " + _("recognised by: {columns}").format(columns=", ".join(headers)))
        for line in _grounds(evidence_of(one)):
            typer.echo(f"  {line}")
    return EXIT_CLEAN


def _grounds(evidence: Evidence) -> Iterable[str]:
    """How sure we are, and what the user has to look at."""
    words = {
        Confidence.TESTED: _("tested with real files: {source}"),
        Confidence.SEEN: _("from real files, or descriptions of them: {source}"),
        Confidence.DOCUMENTED: _("as documented: {source}"),
    }
    if evidence.confidence in words:
        yield words[evidence.confidence].format(source=_(evidence.source))
    if evidence.unverified is not None:
        yield _("not verified: {what}").format(what=evidence.unverified.said())


def _about(name: str, one: Importer) -> dict[str, object]:
    evidence = evidence_of(one)
    unverified = evidence.unverified
    return {
        "name": name,
        "title": one.TITLE,
        "network": one.NETWORK,
        "menu": {"en": one.MENU.en, "de": one.MENU.de},
        "recognised_by": list(needed_columns(one)),
        "confidence": evidence.confidence.value,
        "source": evidence.source,
        "unverified": {"en": unverified.en, "de": unverified.de} if unverified else None,
        "documentation": cleandoc(one.__doc__ or ""),
    }


@app.command("test", help="Say what would become of a file; nothing is stored.")
def try_file(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Export files, or folders of them.")],
    *,
    workspace: Folder = HERE,
    account: ForAccount = "",
    importer: As = "",
    mapping: MappingFile = None,
    observed: Observed = "",
    times: Times = "",
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Exit 1 when a file is not recognised or has errors."""
    context = open_context(workspace, now)
    wishes = make_wishes(context, Asked(account, importer, mapping, observed, times))
    dropped = need_files(files)
    reads = [read for path in dropped.files for read in _read(path, wishes)]
    if as_json:
        print_json_lines([*map(_json, reads), *map(passed_json, dropped.passed)])
    else:
        for read in reads:
            _show(read, context.zone)
        if dropped.passed:
            typer.echo(passed_line(dropped.passed))
    return EXIT_CLEAN if all(read.importer and read.extract.clean for read in reads) else EXIT_PROBLEMS


def _read(path: Path, wishes: Wishes) -> Iterable[Read]:
    return (read_source(source, wishes) for source in read_sources(path, wishes.zone))


def _json(read: Read) -> dict[str, object]:
    extract = read.extract
    first, last = _period(extract.observations)
    return {
        "file": read.source.path,
        "passed_over": "",
        "importer": read.importer,
        "nearest": read.nearest.name if read.nearest else "",
        "missing": list(read.nearest.match.missing) if read.nearest else [],
        "rows": extract.rows,
        "observations": len(extract.observations),
        "matched": extract.matched,
        "unmatched": extract.unmatched,
        "channels": sorted({one.channel for one in extract.observations}),
        "metrics": sorted({one.metric for one in extract.observations}),
        "first": first,
        "last": last,
        "used": dict(extract.columns.used),
        "ignored": list(extract.columns.ignored),
        "dropped": list(extract.columns.dropped),
        "problems": [str(problem) for problem in extract.problems],
        "preview": [_plain(one) for one in extract.observations[:PREVIEW]],
    }


def _plain(one: Observation) -> dict[str, object]:
    return {
        "subject": one.subject,
        "channel": one.channel,
        "metric": one.metric,
        "value": one.value,
        "observed_at": one.observed_at.isoformat(),
        "published_at": one.published_at.isoformat() if one.published_at else None,
    }


def _period(observations: Sequence[Observation]) -> tuple[str, str]:
    """First and last day: of publication where there are posts, else of what was counted."""
    moments = [one.published_at or one.observed_at for one in observations]
    return (f"{min(moments):%Y-%m-%d}", f"{max(moments):%Y-%m-%d}") if moments else ("", "")


def _show(read: Read, zone: ZoneInfo) -> None:
    extract = read.extract
    typer.echo(f"{read.source.path}: {_recognised(read)}")
    for line in _facts(read):
        typer.echo(f"  {line}")
    for problem in extract.problems[:SHOWN]:
        typer.echo(f"  {problem}")
    hidden = len(extract.problems) - SHOWN
    if hidden > 0:
        typer.echo("  " + ngettext("and {count} further problem", "and {count} further problems", hidden))
    if extract.observations:
        table_console().print(_table(extract.observations[:PREVIEW], zone), soft_wrap=False)


def _recognised(read: Read) -> str:
    if not read.importer:
        return _("not recognised")
    known = all_importers().get(read.importer)
    return f"{_(known.TITLE)} ({read.importer})" if known else read.importer


def _facts(read: Read) -> Iterable[str]:
    extract = read.extract
    columns = extract.columns
    if columns.used:
        used = ", ".join(f"{theirs} → {ours}" for theirs, ours in columns.used.items())
        yield _("used: {columns}").format(columns=used)
    if columns.ignored:
        yield _("ignored: {columns}").format(columns=", ".join(columns.ignored))
    if columns.dropped:
        yield _("left out because they are about people: {columns}").format(columns=", ".join(columns.dropped))
    if extract.matched or extract.unmatched:
        message = _("posts: {matched} published by Leitstand, {unmatched} by others")
        yield message.format(matched=extract.matched, unmatched=extract.unmatched)
    first, last = _period(extract.observations)
    if first:
        rows = ngettext("{count} row", "{count} rows", extract.rows)
        found = ngettext("{count} observation", "{count} observations", len(extract.observations))
        yield f"{rows}, {found}, " + _("{start} to {end}").format(start=first, end=last)


def _table(observations: Sequence[Observation], zone: ZoneInfo) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(_("Subject"), overflow="fold")
    table.add_column(_("Account"))
    table.add_column(_("Metric"))
    table.add_column(_("Value"), justify="right")
    table.add_column(_("Counted"))
    table.add_column(_("Published"))
    for one in observations:
        counted, published = _wall(one.observed_at, zone), _wall(one.published_at, zone)
        cells = (one.subject, one.channel, one.metric, f"{one.value:.15g}", counted, published)
        table.add_row(*map(Text, cells))
    return table


def _wall(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""
