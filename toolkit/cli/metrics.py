"""`leitstand metrics`: whether the numbers can be trusted, how many there are, and the upkeep of their store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final

from toolkit.cli import make_app
from toolkit.cli.context import (
    HERE,
    AsJson,
    Context,
    Folder,
    Now,
    console,
    open_context,
    print_json,
    print_json_lines,
    table_console,
)
from toolkit.cli.rows import age
from toolkit.collect import find_audiences
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.ledger import open_ledger
from toolkit.messages import _, ngettext
from toolkit.metrics import Doubts, Finding, Overview, check_store, open_store, overview
from toolkit.model import Severity

if TYPE_CHECKING:
    from rich.table import Table

app = make_app()
_MEGA: Final = 1_000_000
_TOLD: Final = 5  # findings of a kind and account on the screen; --json has all


@app.callback()
def _root() -> None:
    """Check, count and tidy the numbers that were measured and imported."""


@app.command()
def check(workspace: Folder = HERE, now: Now = "", *, as_json: AsJson = False) -> int:
    """Look for gaps, falling totals, wrong sums, silent sources and unknown posts; exit 1 when there are errors."""
    context = open_context(workspace, now)
    found = check_store(open_store(context.state), _doubts(context))
    if as_json:
        print_json_lines(_json(one) for one in found)
    else:
        _show(found, context.zone)
    return EXIT_PROBLEMS if any(one.severity is Severity.ERROR for one in found) else EXIT_CLEAN


@app.command()
def status(workspace: Folder = HERE, now: Now = "", *, as_json: AsJson = False) -> int:
    """Show how many observations there are, of which sources, and how old the newest ones are."""
    context = open_context(workspace, now)
    seen = overview(open_store(context.state))
    if as_json:
        print_json(asdict(seen) | {"sources": [_plain(asdict(one)) for one in seen.sources]})
        return EXIT_CLEAN
    for line in _summary(seen):
        console().print(line, markup=False)
    if seen.sources:
        table_console().print(_sources(seen, context), soft_wrap=False)
    return EXIT_CLEAN


@app.command()
def compact(workspace: Folder = HERE) -> int:
    """Merge the files of each month into one; every import can still be taken back alone."""
    merged = open_store(open_context(workspace).state).compact()
    done = ngettext("{count} file merged", "{count} files merged", merged)
    console().print(done if merged else _("nothing to do: each month has one file"), markup=False)
    return EXIT_CLEAN


@app.command()
def rebuild(workspace: Folder = HERE) -> int:
    """Make the tables of newest values and of values at equal age anew from the observations."""
    open_store(open_context(workspace).state).rebuild()
    console().print(_("the tables are made anew"), markup=False)
    return EXIT_CLEAN


def _doubts(context: Context) -> Doubts:
    accounts = context.settings.accounts
    now = context.clock.now()
    with open_ledger(context.ledger, now=now, read_only=True) as ledger:
        sent = {row.uid for row in ledger.rows()}
    return Doubts(
        now=now,
        measured=frozenset(account.name for account in find_audiences(accounts)),
        accounts=frozenset(accounts),
        known=frozenset(sent | {post.uid for post in context.load().posts if post.uid}),
    )


def _show(found: Sequence[Finding], zone: tzinfo) -> None:
    alike: Counter[tuple[str, str]] = Counter()
    for one in found:
        alike[one.kind, one.channel] += 1
        if alike[one.kind, one.channel] > _TOLD:
            continue
        sign = "!" if one.severity is Severity.ERROR else "·"
        where = " ".join(filter(None, (one.channel, one.subject)))
        when = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}" if one.at else ""
        origin = _("(from {source}, import {id})").format(source=one.source, id=one.import_id) if one.import_id else ""
        console().print("  ".join(filter(None, (sign, where, when, one.message, origin))), markup=False)
        console().print(f"    → {one.remedy}", markup=False)
    for (_kind, channel), count in alike.items():
        if count > _TOLD:
            more = ngettext("and {count} more like it", "and {count} more like these", count - _TOLD)
            console().print(_("{channel}: {more}; --json has all").format(channel=channel, more=more), markup=False)
    errors = sum(one.severity is Severity.ERROR for one in found)
    counts = (
        ngettext("{count} error", "{count} errors", errors),
        ngettext("{count} warning", "{count} warnings", len(found) - errors),
    )
    console().print(", ".join(counts) if found else _("Nothing about the numbers is in doubt."), markup=False)


def _json(one: Finding) -> dict[str, object]:
    return _plain({**asdict(one), "severity": one.severity.value})


def _plain(record: dict[str, object]) -> dict[str, object]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in record.items()}


def _summary(seen: Overview) -> list[str]:
    if not seen.rows:
        return [_("There are no observations yet; leitstand measure and leitstand import bring them.")]
    counts = (
        ngettext("{count} observation", "{count} observations", seen.rows),
        ngettext("{count} import", "{count} imports", seen.imports),
        ngettext("{count} month", "{count} months", seen.months),
        ngettext("{count} file", "{count} files", seen.files),
        f"{(seen.size + seen.tables_size) / _MEGA:.1f} MB",
    )
    stale = _("! the tables are out of date; answers are right but slow: leitstand metrics rebuild")
    return [", ".join(counts), *([] if seen.tables_current else [stale])]


def _sources(seen: Overview, context: Context) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, pad_edge=False)
    for title in (_("Account"), _("Source")):
        table.add_column(title, overflow="fold")
    for title in (_("Observations"), _("Posts"), _("Imports")):
        table.add_column(title, justify="right")
    for title in (_("since"), _("newest"), _("age")):
        table.add_column(title, no_wrap=True)
    now = context.clock.now()
    for one in seen.sources:
        counts = (str(one.rows), str(one.posts or ""), str(one.imports))
        times = (
            f"{one.first.astimezone(context.zone):%Y-%m-%d}",
            f"{one.last.astimezone(context.zone):%Y-%m-%d %H:%M}",
        )
        table.add_row(*map(Text, (one.channel, one.source, *counts, *times, age(now - one.last))))
    return table
