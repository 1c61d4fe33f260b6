"""What `leitstand report` does with reports that are there: more formats with --format, mail with --mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer

from toolkit.alerts.addresses import find_addresses
from toolkit.cli.context import Context, print_json
from toolkit.cli.places import path_from_here
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.ledger import notes_of, open_ledger
from toolkit.messages import _
from toolkit.reports.executors import Done
from toolkit.reports.files.adding import add_files
from toolkit.reports.files.mailing import NOTES, Delivery, Fate, find_readers, send_mail, write_mail
from toolkit.reports.making import Report
from toolkit.settings import REPORT_FORMATS, unknown_name


def check_formats(formats: Sequence[str]) -> None:
    """Raise `UsageError` for a format that there is not."""
    for name in formats:
        if name not in REPORT_FORMATS:
            raise UsageError(unknown_name(_("format"), name, dict.fromkeys(REPORT_FORMATS)))


def add_formats(done: Sequence[Done], formats: Sequence[str], *, as_json: bool) -> int:
    """Make files of these formats beside every report; returns the exit code."""
    code = EXIT_CLEAN
    for one, report in _made(done) if formats else ():
        try:
            paths = add_files(report.folder, one.task.workspace, formats)
        except LeitstandError as error:
            typer.echo(str(error), err=True)
            code = EXIT_PROBLEMS
            continue
        for path in () if as_json else paths:
            typer.echo(path_from_here(path))
    return code


def mail_all(done: Sequence[Done], contexts: Sequence[Context], *, again: bool, as_json: bool) -> int:
    """Send every report that is whole to its workspace's readers; returns the exit code."""
    bad = False
    for context in contexts:
        reports = [report for one, report in _made(done) if one.task.workspace == context.root]
        bad |= mail_reports(reports, context, again=again, as_json=as_json) != EXIT_CLEAN
    return EXIT_PROBLEMS if bad else EXIT_CLEAN


def mail_reports(reports: Sequence[Report], context: Context, *, again: bool, as_json: bool) -> int:
    """Send these reports of one workspace to its readers; returns the exit code."""
    bad = False
    for report in reports:
        deliveries = _mail(report, context, again=again)
        bad |= any(one.fate in (Fate.FAILED, Fate.DOUBTFUL) for one in deliveries)
        for one in deliveries:
            _show(one, report, as_json=as_json)
    return EXIT_PROBLEMS if bad else EXIT_CLEAN


def _made(done: Sequence[Done]) -> Iterator[tuple[Done, Report]]:
    yield from ((one, one.report) for one in done if one.report is not None)


def _mail(report: Report, context: Context, *, again: bool) -> list[Delivery]:
    settings, now = context.settings, context.clock.now()
    addresses = find_addresses(settings, context.environ)
    people = find_readers(settings, context.local_now, addresses)
    mail = write_mail(report.folder, context.root, settings)
    with open_ledger(context.ledger, now=now) as ledger:
        return send_mail(mail, people, addresses, notes_of(ledger, NOTES, context.clock.now), now, again=again)


def _show(one: Delivery, report: Report, *, as_json: bool) -> None:
    order = report.order
    if as_json:
        about = {"report": order.name, "month": order.month, "person": one.person}
        print_json({**about, "mail": one.fate.value, "why": one.why})
        return
    said = {
        Fate.SENT: _("{report}: sent to {person}"),
        Fate.BEFORE: _("{report}: {person} has had this stage before"),
        Fate.DOUBTFUL: _(
            "{report}: nobody knows whether {person} got it; ask, and send it once more with --mail-again"
        ),
        Fate.FAILED: _("{report}: {person} did not get it: {why}"),
    }[one.fate]
    text = said.format(report=f"{order.name} {order.month}", person=one.person, why=one.why)
    typer.echo(text, err=one.fate in (Fate.FAILED, Fate.DOUBTFUL))
